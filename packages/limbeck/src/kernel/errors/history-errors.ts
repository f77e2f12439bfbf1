import { EXIT_CODES } from "../exit-code.ts";
import { defineErrors, type CatalogueEntry, type ErrorFamily } from "./define-errors.ts";
import { LimbeckError } from "./limbeck-error.ts";
import { mergeErrors, type MergeErrorContexts } from "./merge-errors.ts";
import { rebaseErrors, type RebaseErrorContexts } from "./rebase-errors.ts";
import { squashErrors, type SquashErrorContexts } from "./squash-errors.ts";

/** Revisions cannot be brought together as asked; nothing was written. */
export class HistoryError extends LimbeckError {
  override readonly name: string = "HistoryError";
}

type HistoryErrorContexts = MergeErrorContexts & RebaseErrorContexts & SquashErrorContexts;

const family = defineErrors<HistoryErrorContexts>(HistoryError, EXIT_CODES.usage, {
  ...mergeErrors,
  ...rebaseErrors,
  ...squashErrors,
});

/** The error of a revision that failed on a scratch database, where the configured one is still to run it. */
export function sayPending(error: HistoryError): HistoryError {
  const { code, reason, title, why, fix, retypings, exitCode, context } = error;
  const waiting = "It is pending: an upgrade of this database may stop there as well.";
  return new HistoryError(
    { code, reason, title, why: `${why}\n${waiting}`, fix, retypings, exitCode, context },
    error.cause,
  );
}

/** Builds the errors of `merge`, `rebase` and `squash`. */
export const historyErrors: ErrorFamily<HistoryErrorContexts>["create"] = family.create;

/** The part of the error catalogue about `merge`, `rebase` and `squash`. */
export const historyErrorEntries: readonly CatalogueEntry[] = family.entries;
