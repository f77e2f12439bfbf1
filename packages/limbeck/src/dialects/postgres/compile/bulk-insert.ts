import type { CompileContext } from "../../../dialect/dialect.ts";
import { insertRows, type InsertedRow } from "../../../dialect/insert-rows.ts";
import type { Statement } from "../../../dialect/statement.ts";
import type { OperationMap } from "../../../ops/operation.ts";
import type { ColumnType } from "../../../schema/model/column-type.ts";
import { findTable } from "../../../schema/model/schema.ts";
import { encodeForType } from "../encode-for-type.ts";
import { renderPlaceholder } from "../placeholder.ts";
import { quoteName } from "../names.ts";
import { quoteIdentifier } from "../quote.ts";

/** The protocol counts them in 16 bits. https://www.postgresql.org/docs/current/protocol-message-formats.html */
const MOST_VARIABLES = 65_535;

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
    { quoteIdentifier, quoteName, placeholder: renderPlaceholder, mostVariables: MOST_VARIABLES },
  );
}
