import { expect, it } from "vitest";
import { renderRandomPairs } from "../tools/cases/random/random-pairs.ts";
import { runRandomPairs } from "../tools/cases/sqlite/run-random-pairs.ts";

const IS_LONG = process.env["LIMBECK_LONG"] === "1";

/** How often each kind of object and of change has to come up at full size. */
const LEAST = 20;

it(
  "random pairs of schemas with rows go up, find nothing left, and go down again",
  async () => {
    const report = await runRandomPairs({ shrink: false, ...(IS_LONG ? { count: 1000 } : { count: 50, seed: 1 }) });
    // Rows may forbid a change, and odd values often do; in a third of the pairs at least they come along.
    expect(report.refused).toBeLessThan((report.differing * 2) / 3);
    expect(report.rows).toBeGreaterThan(2 * report.differing);
    if (!IS_LONG) return;
    console.log(renderRandomPairs(report));
    const rare = [...report.objects, ...report.changes].filter(([, count]) => count < LEAST);
    expect(rare).toEqual([]);
  },
  IS_LONG ? 3_600_000 : 60_000,
);
