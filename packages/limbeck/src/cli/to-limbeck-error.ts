import { bugErrors } from "../kernel/errors/bug-errors.ts";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";

/** Where an error was thrown, without its message, which is shown apart. */
const framesOf = (stack = ""): string =>
  stack
    .split("\n")
    .filter((line) => /^ +at /.test(line))
    .join("\n");

const describe = (error: unknown): { readonly message: string; readonly stack: string } =>
  error instanceof Error
    ? { message: error.message, stack: framesOf(error.stack) }
    : { message: String(error), stack: "" };

/** A failure of a command as an error that can be shown; what is not a Limbeck error is a bug. */
export function toLimbeckError(error: unknown): LimbeckError {
  return error instanceof LimbeckError ? error : bugErrors.unforeseen(describe(error), error);
}

/** A failure that belongs to no command as an error that can be shown. */
export function toStrayError(error: unknown): LimbeckError {
  return error instanceof LimbeckError ? error : bugErrors.stray(describe(error), error);
}
