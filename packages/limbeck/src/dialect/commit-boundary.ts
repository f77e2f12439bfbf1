/** What statements make that other statements can use only once it is committed, as the values that are added to an enum of PostgreSQL. */
export interface CommitBoundary {
  /** What it is, for people, in the plural: "the new values of an enum". */
  readonly subject: string;
  /** Whether a statement may make any of it. */
  readonly begins: (sql: string) => boolean;
  /** Whether a statement was refused because it uses some of it before the commit. */
  readonly isMissed: (error: unknown) => boolean;
  /** Statements that mark a place in the transaction, forget the mark, and go back to it after a refusal. */
  readonly mark: string;
  readonly forget: string;
  readonly goBack: string;
}
