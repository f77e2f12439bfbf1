import { ExecutionError, ROWS_FIRST } from "./execution-errors.ts";
import type { LimbeckError } from "./limbeck-error.ts";
import { offerEdit } from "./source-location.ts";

/**
 * The error of a statement that was refused, with what is known of it besides: it keeps everything else.
 *
 * @param advice `hint` is a sentence; `areRowsInTheWay` says that a step is missing before the line
 */
export function adviseOnRefusal(
  error: LimbeckError,
  { hint, areRowsInTheWay }: { readonly hint?: string | undefined; readonly areRowsInTheWay: boolean },
): ExecutionError {
  const { code, reason, title, why, fix, retypings, exitCode, context } = error;
  const { location } = context;
  const plain = typeof location === "string" ? offerEdit(location) : "";
  return new ExecutionError(
    {
      code,
      reason,
      title,
      why: hint === undefined ? why : `${hint}\n${why}`,
      fix: fix.map((line) => (areRowsInTheWay && line === plain ? `${plain}   # ${ROWS_FIRST}` : line)),
      retypings,
      exitCode,
      context,
    },
    error,
  );
}
