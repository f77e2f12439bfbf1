import type { CompileContext } from "../../../dialect/dialect.ts";
import { insertRows, type InsertedRow } from "../../../dialect/insert-rows.ts";
import type { Statement } from "../../../dialect/statement.ts";
import type { OperationMap } from "../../../ops/operation.ts";
import type { ColumnType } from "../../../schema/model/column-type.ts";
import { findTable } from "../../../schema/model/schema.ts";
import { encodeForType } from "../encode-for-type.ts";
import { quoteIdentifier } from "../quote.ts";

/** Values stand in the text of a statement, which a server takes up to 16 MiB of unless it is told otherwise. https://mariadb.com/kb/en/server-system-variables/#max_allowed_packet */
const MOST_VARIABLES = 2000;

/** The row as it is bound; undefined leaves a column out. */
function encodeRow(row: InsertedRow, types: ReadonlyMap<string, ColumnType>): InsertedRow {
  const given = Object.entries(row).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([column, value]) => {
      const type = types.get(column);
      return [column, type ? encodeForType(value, type) : value];
    }),
  );
}

/** Many rows with few statements; columns that a row leaves out get their default. */
export function compileBulkInsert(
  { table, rows }: OperationMap["bulkInsert"],
  { before }: CompileContext,
): readonly Statement[] {
  const columns = findTable(before, table)?.columns ?? [];
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  return insertRows(
    table,
    rows.map((row) => encodeRow(row, types)),
    { quoteIdentifier, placeholder: () => "?", mostVariables: MOST_VARIABLES, noColumns: "() VALUES ()" },
  );
}
