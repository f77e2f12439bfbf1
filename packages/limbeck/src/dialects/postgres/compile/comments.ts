import type { Statement } from "../../../dialect/statement.ts";
import type { Table } from "../../../schema/model/table.ts";
import { quoteName } from "../names.ts";
import { quoteIdentifier, quoteText } from "../quote.ts";

/** COMMENT ON COLUMN; an empty note is none. */
export function commentOnColumn(table: string, column: string, comment: string | undefined): Statement {
  const text = comment === undefined || comment === "" ? "NULL" : quoteText(comment);
  return { sql: `COMMENT ON COLUMN ${quoteName(table)}.${quoteIdentifier(column)} IS ${text}` };
}

/** COMMENT ON TABLE. */
export function commentOnTable(table: string, comment: string | null | undefined): Statement {
  const text = comment === undefined || comment === null || comment === "" ? "NULL" : quoteText(comment);
  return { sql: `COMMENT ON TABLE ${quoteName(table)} IS ${text}` };
}

/** The notes on a new table. */
export function listComments({ name, columns, comment }: Table): readonly Statement[] {
  return [
    ...(comment === undefined || comment === "" ? [] : [commentOnTable(name, comment)]),
    ...columns.flatMap((column) =>
      column.comment === undefined || column.comment === "" ? [] : [commentOnColumn(name, column.name, column.comment)],
    ),
  ];
}
