import type { CompileContext } from "../../../dialect/dialect.ts";
import { insertRows, type InsertedRow } from "../../../dialect/insert-rows.ts";
import type { Statement } from "../../../dialect/statement.ts";
import type { OperationMap } from "../../../ops/operation.ts";
import type { ColumnType } from "../../../schema/model/column-type.ts";
import type { Schema } from "../../../schema/model/schema.ts";
import { encodeForType } from "../encode-for-type.ts";
import { foldName } from "../../../kernel/fold-name.ts";
import { quoteIdentifier } from "../quote.ts";

/** How many values one statement may bind, since 3.32. https://www.sqlite.org/limits.html#max_variable_number */
const MOST_VARIABLES = 32_766;

/** The types of a table's columns by their names in lower case; empty for a table that the schema does not hold. */
function findTypes({ tables }: Schema, name: string): ReadonlyMap<string, ColumnType> {
  const folded = foldName(name);
  const columns = tables.find((table) => foldName(table.name) === folded)?.columns ?? [];
  return new Map(columns.map((column) => [foldName(column.name), column.type]));
}

/** The row as it is bound; undefined leaves a column out. */
function encodeRow(row: InsertedRow, types: ReadonlyMap<string, ColumnType>): InsertedRow {
  const given = Object.entries(row).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([column, value]) => {
      const type = types.get(foldName(column));
      return [column, type ? encodeForType(value, type) : value];
    }),
  );
}

/** Many rows with few statements; columns that a row leaves out get their default. */
export function compileBulkInsert(
  { table, rows }: OperationMap["bulkInsert"],
  { before }: CompileContext,
): readonly Statement[] {
  const types = findTypes(before, table);
  return insertRows(
    table,
    rows.map((row) => encodeRow(row, types)),
    { quoteIdentifier, placeholder: () => "?", mostVariables: MOST_VARIABLES },
  );
}
