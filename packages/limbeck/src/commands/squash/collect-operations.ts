import { isDeepStrictEqual } from "node:util";
import { historyErrors } from "../../kernel/errors/history-errors.ts";
import type { Operation } from "../../ops/operation.ts";
import type { OriginalRun, RecordedRun } from "./run-originals.ts";

/** What a squashed revision does. */
export interface CollectedOperations {
  readonly upgrade: readonly Operation[];
  /** The way back, or why there is none. */
  readonly downgrade: readonly Operation[] | { readonly irreversible: string };
}

/** The ends of what is left of a range below and above one of its revisions. */
function splitAround(range: readonly string[], revision: string): Record<"before" | "after", readonly string[]> {
  const position = range.indexOf(revision);
  const ends = (part: readonly string[]): readonly string[] => [part.at(0) ?? [], part.at(-1) ?? []].flat();
  return { before: ends(range.slice(0, position)), after: ends(range.slice(position + 1)) };
}

/** @throws HistoryError when a run did not do the same as the other one */
function requireSteady(run: RecordedRun, other: RecordedRun | undefined): void {
  const { revision, direction } = run;
  if (!isDeepStrictEqual(run.operations, other?.operations))
    throw historyErrors.squashUnsteady({ revision, direction });
}

/**
 * The operations of a range, one revision after the other.
 *
 * @param runs two runs from the same start
 * @param range the revisions in the order in which they run
 * @param irreversible the first revision that has no way back
 * @throws HistoryError when a revision reads rows, or does not do the same at every run
 */
export function collectOperations(
  [first, second]: readonly [OriginalRun, OriginalRun],
  range: readonly string[],
  irreversible: string | undefined,
): CollectedOperations {
  for (const [index, run] of first.recorded.entries()) {
    const { revision, direction, hasRead } = run;
    if (hasRead) throw historyErrors.squashReads({ revision, direction, ...splitAround(range, revision) });
    requireSteady(run, second.recorded[index]);
  }
  const list = (direction: RecordedRun["direction"]): readonly Operation[] =>
    first.recorded.filter((run) => run.direction === direction).flatMap(({ operations }) => operations);
  return {
    upgrade: list("upgrade"),
    downgrade:
      irreversible === undefined
        ? list("downgrade")
        : { irreversible: `${irreversible}, which it replaces, has none.` },
  };
}
