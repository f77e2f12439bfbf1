import type { Connection } from "./connection.ts";

/** What became of a statement whose end nobody saw. */
export type Verdict = "applied" | "notApplied" | "unknown";

/** What a statement did that the server answered with an error: `again` where it may have done something, and to run it does that as well. */
export type Refused = "nothing" | "again" | "unknown";

/** One statement for two, so that both take one trip to the server. */
export interface JoinedWriting {
  /**
   * A statement that writes entries, carries out the other one, and tells how many rows that one changed.
   *
   * @param entries the INSERT that writes them
   */
  readonly join: (entries: string, statement: string) => string;
  /** Whether a table may be written to by such a statement, asked in place of `hasTable`; undefined where there is no such table. */
  readonly findFit: (connection: Connection, table: string) => Promise<boolean | undefined>;
}

/** An object of a schema, as the engine keeps it. */
export interface ObjectDefinition {
  /** `table todos`. */
  readonly words: string;
  /** The table or view that it is, or belongs to. */
  readonly owner: string;
  readonly text: string;
}

/** What the journal of a database has to know about its engine. */
export interface JournalRules {
  /** An expression: the database's clock, as a value of the type `timestamp` with a time zone; another moment in every statement. */
  readonly now: string;
  /** An expression: who is connected, as text. */
  readonly user: string;
  /** An expression: the number of the session with the server, as text. */
  readonly session: string;
  /** How entries are written along with another statement. Absent where the engine has no such statement, or nothing is far away. */
  readonly writeAlong?: JoinedWriting;
  /**
   * Whether a statement may take effect although the transaction around it is never committed: so it is noted before it runs, and looked for when nobody saw its end.
   */
  readonly takesEffectAlone: (sql: string) => boolean;
  /** Whether all that a statement changes ends with its session, so that it is run again where another session goes on. */
  readonly staysInSession: (sql: string) => boolean;
  /** Whether the engine refuses the statement inside a transaction. */
  readonly refusesTransaction: (sql: string) => boolean;
  /** What the statement is going to change, as it is now: text to be compared, and nothing else. Empty where that cannot be told. */
  readonly capture: (connection: Connection, sql: string) => Promise<string>;
  /** Whether a statement may have changed something although {@link JournalRules.capture} gives the same before it and after it. */
  readonly mayLeaveNoTrace: (sql: string) => boolean;
  /**
   * Finds out whether a statement took effect, and clears away what is left of one that did not get to its end.
   *
   * @param before what {@link JournalRules.capture} gave before it ran
   */
  readonly settle: (connection: Connection, sql: string, before: string) => Promise<Verdict>;
  /**
   * What a statement did that the server answered with an error. Absent where {@link JournalRules.settle} knows that as well.
   *
   * @param before what {@link JournalRules.capture} gave before it ran
   */
  readonly judgeRefused?: (connection: Connection, sql: string, before: string) => Promise<Refused>;
  /**
   * Everything that the database holds, in the text by which the engine keeps it; an object may come in several. Absent where tables are not kept as text: there the
   * schema is read.
   */
  readonly readDefinitions?: (connection: Connection) => Promise<readonly ObjectDefinition[]>;
}
