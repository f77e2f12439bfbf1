import type { LimitOptions } from "../config/load-config.ts";
import { readWholeNumber } from "./whole-number.ts";

/** Options of the commands that run revisions. */
export interface LimitFlags {
  readonly tableLockTimeout: string | undefined;
  readonly tableLockTries: string | undefined;
  readonly statementTimeout: string | undefined;
}

/**
 * How long a command lets its statements wait and take, where it was told.
 *
 * @throws UsageError when that is no whole number
 */
export function timeLimits(command: string, flags: LimitFlags): { readonly limits: LimitOptions } {
  const { tableLockTimeout, tableLockTries, statementTimeout } = flags;
  const read = (flag: string, value: string): number => readWholeNumber(command, flag, value);
  return {
    limits: {
      ...(tableLockTimeout !== undefined && { tableLockTimeout: read("--table-lock-timeout", tableLockTimeout) }),
      // A run tries once at least.
      ...(tableLockTries !== undefined && {
        tableLockTries: Math.max(1, read("--table-lock-tries", tableLockTries)),
      }),
      ...(statementTimeout !== undefined && { statementTimeout: read("--statement-timeout", statementTimeout) }),
    },
  };
}
