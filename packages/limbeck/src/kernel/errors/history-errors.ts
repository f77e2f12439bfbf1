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

/** Builds the errors of `merge`, `rebase` and `squash`. */
export const historyErrors: ErrorFamily<HistoryErrorContexts>["create"] = family.create;

/** The part of the error catalogue about `merge`, `rebase` and `squash`. */
export const historyErrorEntries: readonly CatalogueEntry[] = family.entries;
