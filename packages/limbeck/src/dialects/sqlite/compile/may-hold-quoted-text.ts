import type { Table } from "../../../schema/model/table.ts";
import { tokenize } from "../parse/tokenize.ts";

const holdsText = (sql: string | undefined): boolean =>
  sql !== undefined && tokenize(sql).some(({ kind }) => kind === "string");

/**
 * Whether the table may be from a time when SQLite took double quotes for text. A rename reads the table's own words again and fails over them; the
 * schema has them in single quotes already, so any text in an expression counts.
 * https://www.sqlite.org/quirks.html#double_quoted_string_literals_are_accepted
 */
export function mayHoldQuotedText({ columns, constraints, indexes }: Table): boolean {
  return (
    constraints.some((constraint) => constraint.kind === "check" && holdsText(constraint.expression)) ||
    columns.some(({ generated }) => holdsText(generated?.expression)) ||
    indexes.some(({ parts, where }) => holdsText(where) || parts.some(({ expression }) => holdsText(expression)))
  );
}
