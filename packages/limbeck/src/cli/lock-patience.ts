import { readWholeNumber } from "./whole-number.ts";

/** Option of the commands that work alone on a database. */
export interface LockFlags {
  readonly lockTimeout: string | undefined;
}

/**
 * How long a command waits for another run, in seconds, where it was told.
 *
 * @throws UsageError when that is no whole number
 */
export function lockPatience(command: string, { lockTimeout }: LockFlags): { readonly lockTimeout?: number } {
  if (lockTimeout === undefined) return {};
  return { lockTimeout: readWholeNumber(command, "--lock-timeout", lockTimeout) };
}
