import type { LimitOptions } from "../config/load-config.ts";
import { readWholeNumber } from "./whole-number.ts";

/** Options of the commands that run revisions. */
export interface LimitFlags {
  readonly tableLockTimeout: string | undefined;
  readonly tableLockTries: string | undefined;
  readonly statementTimeout: string | undefined;
}

/** Option of `upgrade` alone. */
export interface ReplicaFlags {
  readonly maxReplicaLag: string | undefined;
}

/**
 * How long a command lets its statements wait and take, where it was told.
 *
 * @throws UsageError when that is no whole number
 */
export function timeLimits(
  command: string,
  flags: LimitFlags & Partial<ReplicaFlags>,
): { readonly limits: LimitOptions } {
  const { tableLockTimeout, tableLockTries, statementTimeout, maxReplicaLag } = flags;
  const read = (flag: string, value: string): number => readWholeNumber(command, flag, value);
  return {
    limits: {
      ...(tableLockTimeout !== undefined && { tableLockTimeout: read("--table-lock-timeout", tableLockTimeout) }),
      // A run tries once at least.
      ...(tableLockTries !== undefined && {
        tableLockTries: Math.max(1, read("--table-lock-tries", tableLockTries)),
      }),
      ...(statementTimeout !== undefined && { statementTimeout: read("--statement-timeout", statementTimeout) }),
      // What no replica ever keeps would be waited for without end.
      ...(maxReplicaLag !== undefined && { maxReplicaLag: Math.max(1, read("--max-replica-lag", maxReplicaLag)) }),
    },
  };
}
