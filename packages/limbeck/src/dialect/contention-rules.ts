import type { LockHolder } from "../kernel/lock-holder.ts";
import type { LockFailure } from "../kernel/lock-retry.ts";
import type { Connection } from "./connection.ts";

/** How long the statements of a run may take, in milliseconds. */
export interface Limits {
  /** How long one waits for what another session holds; 0 for as long as the server lets it. */
  readonly lockTimeout: number;
  /** Whether nobody asked for that: then a shorter one of the server stays. */
  readonly isUsual: boolean;
  /** How long one may take at all; 0 for as long as the server lets it. */
  readonly statementTimeout: number;
}

/** What is sensible where nothing else is said. */
export interface UsualPatience {
  /** Milliseconds. */
  readonly lockTimeout: number;
  /** How often a statement is tried, or what was rolled back with it. */
  readonly tries: number;
}

/** How sessions of an engine get in each other's way. */
export interface ContentionRules {
  /**
   * Limits all later statements of a session.
   *
   * @returns the number of the session with the server
   */
  readonly limit: (connection: Connection, limits: Limits) => Promise<string>;
  /** Why a statement failed, if it is for another session or for a limit of {@link ContentionRules.limit}. */
  readonly classify: (error: unknown) => LockFailure | "statementTimeout" | undefined;
  /** Whether a statement that did not get its lock can be sent again, because it commits what came before, and took no effect itself. */
  readonly repeatsAlone: (sql: string) => boolean;
  /** Whether a statement that runs outside of transactions may take effect in part, which stays when it fails. */
  readonly mayStayInPart: (sql: string) => boolean;
  /**
   * Runs a statement that waits for others and keeps nobody waiting, without the limit of its wait. Absent where there are none.
   *
   * @returns undefined where the statement is none of those, and was not run
   */
  readonly waitAside?: <Result>(
    connection: Connection,
    sql: string,
    run: () => Promise<Result>,
  ) => Promise<{ readonly result: Result } | undefined>;
  /**
   * Who keeps a session waiting.
   *
   * @param observer another session with the same server
   * @param session what {@link ContentionRules.limit} gave
   */
  readonly findHolders: (observer: Connection, session: string) => Promise<readonly LockHolder[]>;
}
