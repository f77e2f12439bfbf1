import type { SqlValue } from "../ops/operation.ts";

/** One SQL statement, ready for one engine. */
export interface Statement {
  /** A single statement without the final semicolon. */
  readonly sql: string;
  /** Values for the placeholders, in order. */
  readonly parameters?: readonly SqlValue[];
  /**
   * Makes the statement a guard: a query that must return no row, and what it means in the user's words when it does.
   * A guard that fires stops the revision, which is rolled back.
   */
  readonly guard?: string;
}
