import type { Operation } from "../../../packages/limbeck/src/ops/operation.ts";
import type { Schema } from "../../../packages/limbeck/src/schema/model/schema.ts";
import {
  countKinds,
  listChanges,
  listObjects,
  renderHistogram,
  type ChangeKind,
  type Histogram,
  type HistogramKinds,
  type ObjectKind,
} from "./histogram.ts";

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
  /** How many pairs there were. */
  readonly pairs: number;
  /** Pairs in which there was something to do. */
  readonly differing: number;
  /** Rows of all databases together. */
  readonly rows: number;
  /** Pairs in which rows forbade a way, so that it was gone without them too. */
  readonly refused: number;
}

/** What came up in one pair. */
export interface PairOutcome {
  readonly schemas: readonly Schema[];
  readonly operations: readonly Operation[];
  readonly rows: number;
  /** How often rows forbade a way. */
  readonly refusals: number;
}

/** Counts what comes up, pair by pair. */
export class RandomPairsTally {
  readonly #kinds: HistogramKinds;
  readonly #objects: ObjectKind[] = [];
  readonly #changes: ChangeKind[] = [];
  readonly #counts = { pairs: 0, differing: 0, rows: 0, refused: 0 };

  constructor(kinds: HistogramKinds) {
    this.#kinds = kinds;
  }

  add({ schemas, operations, rows, refusals }: PairOutcome): void {
    for (const schema of schemas) this.#objects.push(...listObjects(schema));
    this.#changes.push(...listChanges(operations));
    this.#counts.pairs += 1;
    this.#counts.rows += rows;
    if (operations.length > 0) this.#counts.differing += 1;
    if (refusals > 0) this.#counts.refused += 1;
  }

  report(): RandomPairsReport {
    return {
      ...this.#counts,
      objects: countKinds(this.#kinds.objects, this.#objects),
      changes: countKinds(this.#kinds.changes, this.#changes),
    };
  }
}

/** The report as text: both histograms, and below them what else came up. */
export function renderRandomPairs({ objects, changes, pairs, differing, rows, refused }: RandomPairsReport): string {
  return [
    "Objects:",
    renderHistogram(objects),
    "Changes:",
    renderHistogram(changes),
    `${differing} of ${pairs} pairs differed; ${rows} rows; in ${refused} pairs rows forbade a way, which was then gone without them.`,
  ].join("\n");
}
