import type { OperationMap, SqlValue } from "../ops/operation.ts";
import type { ColumnType } from "../schema/model/column-type.ts";
import type { Schema } from "../schema/model/schema.ts";
import type { CompileContext } from "./dialect.ts";
import { insertRows, type InsertedRow, type InsertWords } from "./insert-rows.ts";
import type { Statement } from "./statement.ts";

/** The statements of a bulkInsert: many rows with few of them. */
export type CompileBulkInsert = (
  operation: OperationMap["bulkInsert"],
  context: CompileContext,
) => readonly Statement[];

/** How an engine takes rows. */
interface BulkInsertWords extends InsertWords {
  /** A value as it is bound for a column of a type. */
  readonly encodeForType: (value: SqlValue, type: ColumnType) => SqlValue;
  /** Makes one of names that the engine takes for the same. Default: a name is only itself. */
  readonly foldName?: (name: string) => string;
}

/** The types of a table's columns by their names; empty for a table that the schema does not hold. */
function findTypes({ tables }: Schema, name: string, fold: (name: string) => string): ReadonlyMap<string, ColumnType> {
  const found = tables.find((table) => table.name === name) ?? tables.find((table) => fold(table.name) === fold(name));
  const columns = found?.columns ?? [];
  return new Map(columns.map((column) => [fold(column.name), column.type]));
}

/** Makes the compiler of bulkInsert of an engine; columns that a row leaves out, or gives as undefined, get their default. */
export function createBulkInsert({
  encodeForType,
  foldName = (name) => name,
  ...words
}: BulkInsertWords): CompileBulkInsert {
  return ({ table, rows }, { before }) => {
    const types = findTypes(before, table, foldName);
    const encodeRow = (row: InsertedRow): InsertedRow => {
      const given = Object.entries(row).filter(([, value]) => value !== undefined);
      return Object.fromEntries(
        given.map(([column, value]) => {
          const type = types.get(foldName(column));
          return [column, type ? encodeForType(value, type) : value];
        }),
      );
    };
    return insertRows(table, rows.map(encodeRow), words);
  };
}
