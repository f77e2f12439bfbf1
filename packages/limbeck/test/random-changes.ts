import { describe, expect, it, type TestContext } from "vitest";
import { renderRandomPairs } from "../../../tools/cases/random/random-pairs.ts";
import type { RandomEngine } from "../../../tools/cases/server/random/random-engine.ts";
import { runServerPairs } from "../../../tools/cases/server/random/run-random-pairs.ts";

const isLong = process.env["LIMBECK_LONG"] === "1";

/** How often each kind of object and of change has to come up at full size. */
const LEAST = 20;

/** @param check skips the test where there is no server */
export function testRandomChanges(name: string, engine: RandomEngine, check: (context: TestContext) => void): void {
  describe(`random changes on ${name}`, () => {
    it("lead from any schema with rows to any other one and back", { timeout: 7_200_000 }, async (context) => {
      check(context);
      // Every step of a search for a smaller example would build databases.
      const options = isLong ? { count: 1000 } : { count: 8, seed: 20_260_221, timeLimit: 40_000 };
      const report = await runServerPairs(engine, { ...options, shrink: false });
      expect(report.pairs).toBeGreaterThan(0);
      if (!isLong) return;
      console.log(renderRandomPairs(report));
      // Rows may forbid a change, but mostly they come along.
      expect(report.rows).toBeGreaterThan(report.differing);
      const rare = [...report.objects, ...report.changes].filter(([, count]) => count < LEAST);
      expect(rare).toEqual([]);
    });
  });
}
