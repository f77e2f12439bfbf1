import { historyErrors } from "../../kernel/errors/history-errors.ts";
import type { RowChoice } from "../../runtime/trial/try-round-trip.ts";
import type { ErrorReport } from "../trial/trial-result.ts";

/** A revision that fails by itself: it is broken, or it stops at the rows that were made. */
export interface Refusal {
  readonly revision: string;
  readonly error: ErrorReport;
}

/** What came of an attempt with rows of one kind. */
export type RowAttempt<Result> = { readonly result: Result } | { readonly refusal: Refusal };

/** An attempt, and what a person should know about the rows that it had. */
type NotedAttempt<Result> = RowAttempt<Result> & { readonly notes?: readonly string[] };

const CHOICES: readonly RowChoice[] = ["any", "plain", "complete", "none"];

function describeRefusal(refusal: Refusal | undefined, rows: RowChoice): readonly string[] {
  if (!refusal) return [];
  const { revision, error } = refusal;
  const used = rows === "none" ? "without rows" : "with rows in which every value is given";
  return [`${revision} stops at some rows, so this was tried ${used}: ${error.title}`];
}

/**
 * Tries something with rows of all kinds; where a revision stops at some, with such in which everything is given, and then without any.
 *
 * @returns what came of the first attempt at which nothing stopped, and what a person should know about it
 * @throws HistoryError when a revision fails without rows as well
 */
export async function tryPoorerRows<Result>(
  attempt: (rows: RowChoice) => Promise<NotedAttempt<Result>>,
): Promise<{ readonly result: Result; readonly notes: readonly string[] }> {
  const refusals = new Map<RowChoice, Refusal>();
  for (const rows of CHOICES) {
    const attempted = await attempt(rows);
    if ("refusal" in attempted) refusals.set(rows, attempted.refusal);
    // To stop at values that have no business in a column is what a revision ought to do; and what stops at poorer rows still says less.
    else
      return {
        result: attempted.result,
        notes: [...describeRefusal(refusals.get("plain"), rows), ...(attempted.notes ?? [])],
      };
  }
  throw historyErrors.revisionFails(refusals.get("none") ?? { revision: "", error: { code: "", title: "", why: "" } });
}
