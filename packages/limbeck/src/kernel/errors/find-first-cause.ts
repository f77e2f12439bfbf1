import { LimbeckError } from "./limbeck-error.ts";

/** What an error of ours comes from in the end: the driver's own error, or itself. */
export function findFirstCause(error: unknown): unknown {
  let first = error;
  while (first instanceof LimbeckError && first.cause !== undefined) first = first.cause;
  return first;
}
