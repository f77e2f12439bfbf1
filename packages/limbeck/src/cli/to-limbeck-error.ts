import { bugErrors } from "../kernel/errors/bug-errors.ts";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";

/** Where an error was thrown, without its message, which is shown apart. */
const framesOf = (stack: string): string =>
  stack
    .split("\n")
    .filter((line) => /^ +at /.test(line))
    .join("\n");

/** Any failure as an error that can be shown; what is not a Limbeck error is a bug. */
export function toLimbeckError(error: unknown): LimbeckError {
  if (error instanceof LimbeckError) return error;
  const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  return bugErrors.unforeseen({ message, stack: framesOf(stack) }, error);
}
