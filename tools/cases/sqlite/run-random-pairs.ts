import { assert, asyncProperty, boolean } from "fast-check";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { RandomPairsTally, type RandomPairsOptions, type RandomPairsReport } from "../random/random-pairs.ts";
import { arbitraryPair } from "./arbitrary-pair.ts";
import { SQLITE_KINDS } from "./histogram-kinds.ts";
import { runPair } from "./run-pair.ts";

/** A folder in memory, where there is one: a thousand databases are written to disk many times each. */
const findFastFolder = (): string => (existsSync("/dev/shm") ? "/dev/shm" : tmpdir());

/**
 * Runs random pairs of schemas with rows through the tool, judged like the public ones.
 *
 * @throws Error with a pair that comes out wrong, and the seed that gives it again
 */
export async function runRandomPairs({ count, seed, shrink = true }: RandomPairsOptions): Promise<RandomPairsReport> {
  const tally = new RandomPairsTally(SQLITE_KINDS);
  const parent = findFastFolder();
  await assert(
    asyncProperty(arbitraryPair, boolean(), async (pair, hasHazards) => {
      const report = await runPair(pair, { parent, mayRefuse: true, hasHazards });
      if (report.problems.length > 0) {
        throw new Error([...report.problems, "-- from", pair.from, "-- to", pair.to].join("\n"));
      }
      tally.add({ ...report, schemas: pair.schemas });
    }),
    { numRuns: count, endOnFailure: !shrink, ...(seed !== undefined && { seed }) },
  );
  return tally.report();
}
