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
  /** Serves another statement, or guards against what hardly ever is: left out where statements are shown to people. */
  readonly isAuxiliary?: true;
  /** What is told of it in the place of its text: a part of it serves this tool. */
  readonly toldAs?: string;
  /** One of many that are alike but for their values: told once where statements are listed. */
  readonly isRepeated?: true;
}

/** One statement of a script that somebody wrote, or that a tool of the vendor dumped. */
export interface ScriptStatement {
  /** As written, comments inside included, without the final semicolon. */
  readonly sql: string;
  /** Line of the script in which it begins, from 1. */
  readonly line: number;
  /**
   * What it is about: `schema` for what creates, alters or drops objects of the database; `ignored` for lines of the vendor's own dumps
   * that the engine takes care of itself and would refuse; `transaction` for what begins or ends one; `other` for rows and settings.
   */
  readonly purpose: "schema" | "ignored" | "transaction" | "other";
  /** Why it cannot be sent as it is written, a placeholder without a value for example; absent when it can. */
  readonly problem?: string;
}
