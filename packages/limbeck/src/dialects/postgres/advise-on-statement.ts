import { findSqlState, SQL_STATES } from "./database-errors.ts";
import { tokenize } from "./parse/tokenize.ts";

/** A question mark may be an operator; beside numbered placeholders it is none of another engine. */
export function adviseOnStatement(error: unknown, sql: string): string | undefined {
  if (findSqlState(error) !== SQL_STATES.syntaxError) return undefined;
  const tokens = tokenize(sql);
  const isForeign = tokens.some(({ text }) => text === "?") && !tokens.some(({ kind }) => kind === "parameter");
  return isForeign ? "PostgreSQL wants $1, $2 for values, not ?." : undefined;
}
