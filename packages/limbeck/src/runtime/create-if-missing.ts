import type { Statement } from "../dialect/statement.ts";

/** The statements that create a table, for a script that may meet one. */
export function createIfMissing(statements: readonly Statement[]): readonly Statement[] {
  // The same words in every engine, and no operation of a revision has a use for them.
  return statements.map((statement) => ({
    ...statement,
    sql: statement.sql.replace(/^CREATE TABLE /, "CREATE TABLE IF NOT EXISTS "),
  }));
}
