import { EXIT_CODES } from "../exit-code.ts";
import type { ErrorClass } from "./define-errors.ts";
import type { LimbeckError } from "./limbeck-error.ts";

/**
 * The error of an operation where no revision has run: nothing was rolled back, because nothing was changed.
 *
 * @param fix what repairs it there
 */
export function asPrecondition(error: LimbeckError, fix: readonly string[] = error.fix): LimbeckError {
  // The classes of errors differ in nothing but their names.
  const ErrorType = error.constructor as ErrorClass;
  const { code, reason, title, why, retypings, context, cause } = error;
  return new ErrorType({ code, reason, title, why, fix, retypings, exitCode: EXIT_CODES.usage, context }, cause);
}
