import { assert, asyncProperty, pre } from "fast-check";
import {
  RandomPairsTally,
  type PairOutcome,
  type RandomPairsOptions,
  type RandomPairsReport,
} from "../../random/random-pairs.ts";
import { drawPairs } from "./arbitrary-pair.ts";
import type { RandomEngine } from "./random-engine.ts";
import { ImpossibleChange, runRandomPair } from "./run-pair.ts";

/** How random pairs are run on a server. */
export interface ServerPairsOptions extends RandomPairsOptions {
  /** After so many milliseconds no more pairs are drawn. Default: all are. */
  readonly timeLimit?: number;
}

/**
 * Runs random pairs of schemas with rows through the operations between them, on two databases of a server. Pairs that the server cannot hold, or knows no way
 * between, are drawn anew.
 *
 * @throws Error with a pair that comes out wrong, and the seed that gives it again
 */
export async function runServerPairs(
  engine: RandomEngine,
  { count, seed, shrink = true, timeLimit }: ServerPairsOptions,
): Promise<RandomPairsReport> {
  const tally = new RandomPairsTally(engine.kinds);
  const databases = await engine.openDatabases();
  const tryPair = async (pair: Parameters<typeof runRandomPair>[2]): Promise<PairOutcome | undefined> => {
    try {
      return await runRandomPair(engine, databases, pair);
    } catch (error) {
      if (error instanceof ImpossibleChange) return undefined;
      throw error;
    }
  };
  try {
    await assert(
      asyncProperty(drawPairs(engine), async (pair) => {
        const outcome = await tryPair(pair);
        pre(outcome !== undefined);
        if (outcome) tally.add(outcome);
      }),
      {
        numRuns: count,
        maxSkipsPerRun: 50,
        endOnFailure: !shrink,
        ...(seed !== undefined && { seed }),
        ...(timeLimit !== undefined && { interruptAfterTimeLimit: timeLimit }),
      },
    );
    return tally.report();
  } finally {
    await databases.close();
  }
}
