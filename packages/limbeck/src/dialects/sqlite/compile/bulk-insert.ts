import type { CompileContext } from "../../../dialect/dialect.ts";
import type { Statement } from "../../../dialect/statement.ts";
import type { OperationMap, SqlValue } from "../../../ops/operation.ts";
import type { ColumnType } from "../../../schema/model/column-type.ts";
import type { Schema } from "../../../schema/model/schema.ts";
import { encodeForType } from "../encode-for-type.ts";
import { foldName } from "../parse/fold-name.ts";
import { quoteIdentifier } from "../quote.ts";
import { quoteList } from "./render-clauses.ts";

/** How many values one statement may bind, since 3.32. https://www.sqlite.org/limits.html#max_variable_number */
const MOST_VARIABLES = 32_766;

type InsertedRow = Readonly<Record<string, SqlValue>>;

/** Rows one after the other that have the same keys; rows keep their order, because counters and triggers see it. */
function groupByColumns(rows: readonly InsertedRow[]): readonly (readonly InsertedRow[])[] {
  const groups: InsertedRow[][] = [];
  let signature: string | undefined;
  for (const row of rows) {
    const own = JSON.stringify(Object.keys(row).toSorted());
    if (own === signature) groups.at(-1)?.push(row);
    else groups.push([row]);
    signature = own;
  }
  return groups;
}

function insertRows(table: string, rows: readonly InsertedRow[]): Statement {
  const columns = Object.keys(rows[0] ?? {});
  const placeholders = `(${columns.map(() => "?").join(", ")})`;
  return {
    sql: `INSERT INTO ${quoteIdentifier(table)} (${quoteList(columns)}) VALUES ${rows.map(() => placeholders).join(", ")}`,
    parameters: rows.flatMap((row) => columns.map((column) => row[column] ?? null)),
  };
}

function insertGroup(table: string, rows: readonly InsertedRow[]): readonly Statement[] {
  const width = Object.keys(rows[0] ?? {}).length;
  if (width === 0) return rows.map(() => ({ sql: `INSERT INTO ${quoteIdentifier(table)} DEFAULT VALUES` }));
  const size = Math.max(1, Math.floor(MOST_VARIABLES / width));
  const chunks = Array.from({ length: Math.ceil(rows.length / size) }, (_, at) =>
    rows.slice(at * size, (at + 1) * size),
  );
  return chunks.map((chunk) => insertRows(table, chunk));
}

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
  return groupByColumns(rows.map((row) => encodeRow(row, types))).flatMap((group) => insertGroup(table, group));
}
