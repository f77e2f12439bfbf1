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

const CHOICES: readonly RowChoice[] = ["any", "complete", "none"];

function describeRefusal({ revision, error }: Refusal, rows: RowChoice): string {
  const used = rows === "none" ? "without rows" : "with rows in which every value is given";
  return `${revision} stops at some rows, so this was tried ${used}: ${error.title}`;
}

/**
 * Tries something with rows of all kinds; where a revision stops at some, with such in which everything is given, and then without any.
 *
 * @returns what came of the first attempt at which nothing stopped, and what a person should know about it
 * @throws HistoryError when a revision fails without rows as well
 */
export async function tryPoorerRows<Result>(
  attempt: (rows: RowChoice) => Promise<RowAttempt<Result>>,
): Promise<{ readonly result: Result; readonly notes: readonly string[] }> {
  const refusals: Refusal[] = [];
  for (const rows of CHOICES) {
    const attempted = await attempt(rows);
    if ("refusal" in attempted) refusals.push(attempted.refusal);
    // What stopped later stopped at poorer rows, so the first one says most.
    else return { ...attempted, notes: refusals.slice(0, 1).map((refusal) => describeRefusal(refusal, rows)) };
  }
  const [last] = refusals.slice(-1);
  throw historyErrors.revisionFails(last ?? { revision: "", error: { code: "", title: "", why: "" } });
}
