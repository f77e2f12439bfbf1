import type { LockHolder } from "../../kernel/lock-holder.ts";
import type { LockFailure, LockRetry } from "../../kernel/lock-retry.ts";

/** Why a statement failed that another session, or a limit, was in the way of. */
export interface Contention {
  readonly reason: LockFailure | "statementTimeout";
  readonly sql: string;
  /** Milliseconds. */
  readonly waited: number;
  readonly holders: readonly LockHolder[];
  /** How often the statement was tried by itself; 0 where it cannot be. */
  readonly attempts: number;
}

/** A retry, but for what only the run knows. */
export type StatementRetry = Omit<LockRetry, "revision" | "direction">;
