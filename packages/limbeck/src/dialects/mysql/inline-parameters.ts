import { connectionErrors } from "../../kernel/errors/connection-errors.ts";
import type { SqlValue } from "../../ops/operation.ts";
import { tokenize } from "./parse/tokenize.ts";
import { quoteLiteral } from "./quote.ts";

/**
 * Writes values into a statement, in place of its question marks: what a session runs is what a script says.
 *
 * @throws ConnectionError (parametersMismatch, unsupportedValue)
 */
export function inlineParameters(sql: string, parameters: readonly SqlValue[]): string {
  // Without values a question mark is whatever the statement makes of it.
  if (parameters.length === 0) return sql;
  const placeholders = tokenize(sql).filter(({ kind }) => kind === "parameter");
  if (placeholders.length !== parameters.length) {
    throw connectionErrors.parametersMismatch({ sql, placeholders: placeholders.length, values: parameters.length });
  }
  let position = 0;
  const pieces = placeholders.flatMap(({ start, end }, index) => {
    const before = sql.slice(position, start);
    position = end;
    return [before, quoteLiteral(parameters[index] ?? null)];
  });
  return [...pieces, sql.slice(position)].join("");
}
