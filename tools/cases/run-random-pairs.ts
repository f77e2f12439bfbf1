import { assert, asyncProperty, boolean } from "fast-check";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { arbitraryPair } from "./sqlite/arbitrary-pair.ts";
import {
  CHANGE_KINDS,
  countKinds,
  listChanges,
  listObjects,
  OBJECT_KINDS,
  renderHistogram,
  type Histogram,
} from "./sqlite/histogram.ts";
import { runPair } from "./sqlite/run-pair.ts";

/** What random pairs are drawn. */
export interface RandomPairsOptions {
  readonly count: number;
  /** The same seed gives the same pairs. Default: another one each time. */
  readonly seed?: number;
  /** Whether a pair that comes out wrong is made as small as it goes, which takes minutes. Default true. */
  readonly shrink?: boolean;
}

/** What came up in the pairs that were drawn. */
export interface RandomPairsReport {
  readonly objects: Histogram;
  readonly changes: Histogram;
  /** Pairs in which there was something to do. */
  readonly differing: number;
  /** Rows of all databases together. */
  readonly rows: number;
  /** Pairs in which rows forbade a way, so that it was gone without them too. */
  readonly refused: number;
}

/** A folder in memory, where there is one: a thousand databases are written to disk many times each. */
const findFastFolder = (): string => (existsSync("/dev/shm") ? "/dev/shm" : tmpdir());

/**
 * Runs random pairs of schemas with rows through the tool, judged like the public ones.
 *
 * @throws Error with a pair that comes out wrong, and the seed that gives it again
 */
export async function runRandomPairs({ count, seed, shrink = true }: RandomPairsOptions): Promise<RandomPairsReport> {
  const objects: string[] = [];
  const changes: string[] = [];
  let [differing, rows, refused] = [0, 0, 0];
  const parent = findFastFolder();
  await assert(
    asyncProperty(arbitraryPair, boolean(), async (pair, hasHazards) => {
      const report = await runPair(pair, { parent, mayRefuse: true, hasHazards });
      if (report.problems.length > 0) {
        throw new Error([...report.problems, "-- from", pair.from, "-- to", pair.to].join("\n"));
      }
      for (const schema of pair.schemas) objects.push(...listObjects(schema));
      changes.push(...listChanges(report.operations));
      if (report.operations.length > 0) differing += 1;
      if (report.refusals > 0) refused += 1;
      rows += report.rows;
    }),
    { numRuns: count, endOnFailure: !shrink, ...(seed !== undefined && { seed }) },
  );
  return {
    objects: countKinds(OBJECT_KINDS, objects),
    changes: countKinds(CHANGE_KINDS, changes),
    differing,
    rows,
    refused,
  };
}

/** The report as text: both histograms, and below them what else came up. */
export function renderRandomPairs({ objects, changes, differing, rows, refused }: RandomPairsReport): string {
  return [
    "Objects:",
    renderHistogram(objects),
    "Changes:",
    renderHistogram(changes),
    `${differing} pairs differed; ${rows} rows; in ${refused} pairs rows forbade a way, which was then gone without them.`,
  ].join("\n");
}
