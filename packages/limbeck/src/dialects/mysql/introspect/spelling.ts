import { readName } from "../parse/read-name.ts";
import { tokenize } from "../parse/tokenize.ts";

/** Turns the server's spelling of an expression or a query into one that means the same in any database. */
export type Spell = (sql: string) => string;

/**
 * Makes what takes the name of the database out of expressions: the server writes it in front of every table, and a scratch database has another one.
 *
 * @example
 * createSpelling("app")("select `app`.`todos`.`id` from `app`.`todos`"); // select `todos`.`id` from `todos`
 */
export function createSpelling(database: string): Spell {
  return (sql) => {
    if (!sql.includes(database)) return sql;
    const tokens = tokenize(sql);
    let position = 0;
    let text = "";
    for (const [index, token] of tokens.entries()) {
      const next = tokens[index + 1];
      if (token.kind !== "quotedName" || next?.text !== "." || readName(token) !== database) continue;
      // The last part of a longer name is a column that happens to be called so.
      if (tokens[index - 1]?.text === ".") continue;
      text += sql.slice(position, token.start);
      position = next.end;
    }
    return text + sql.slice(position);
  };
}

/** Takes away one pair of parentheses around all of an expression. */
export function stripParentheses(sql: string): string {
  const text = sql.trim();
  if (!text.startsWith("(") || !text.endsWith(")")) return text;
  let depth = 0;
  for (const { text: piece, end } of tokenize(text)) {
    if (piece === "(") depth += 1;
    if (piece === ")") depth -= 1;
    if (depth === 0) return end === text.length ? stripParentheses(text.slice(1, -1)) : text;
  }
  return text;
}
