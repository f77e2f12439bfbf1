import type { SqlValue } from "../ops/operation.ts";
import type { Dialect } from "./dialect.ts";
import type { Statement } from "./statement.ts";

/** A row as it is bound; what it leaves out gets its default. */
export type InsertedRow = Readonly<Record<string, SqlValue>>;

/** How an engine writes an INSERT. */
export interface InsertWords extends Pick<Dialect, "quoteIdentifier" | "placeholder"> {
  /** How many values one statement may bind. */
  readonly mostVariables: number;
  /** What follows the table where a row leaves out everything. Default `DEFAULT VALUES`. */
  readonly noColumns?: string;
}

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

function insertChunk(
  table: string,
  rows: readonly InsertedRow[],
  { quoteIdentifier, placeholder }: InsertWords,
): Statement {
  const columns = Object.keys(rows[0] ?? {});
  const tuples = rows.map((_, row) => {
    const places = columns.map((_column, index) => placeholder(row * columns.length + index + 1));
    return `(${places.join(", ")})`;
  });
  const names = columns.map((column) => quoteIdentifier(column)).join(", ");
  return {
    sql: `INSERT INTO ${quoteIdentifier(table)} (${names}) VALUES ${tuples.join(", ")}`,
    parameters: rows.flatMap((row) => columns.map((column) => row[column] ?? null)),
  };
}

function insertGroup(table: string, rows: readonly InsertedRow[], words: InsertWords): readonly Statement[] {
  const width = Object.keys(rows[0] ?? {}).length;
  const { quoteIdentifier, noColumns = "DEFAULT VALUES" } = words;
  if (width === 0) return rows.map(() => ({ sql: `INSERT INTO ${quoteIdentifier(table)} ${noColumns}` }));
  const size = Math.max(1, Math.floor(words.mostVariables / width));
  const chunks = Array.from({ length: Math.ceil(rows.length / size) }, (_, at) =>
    rows.slice(at * size, (at + 1) * size),
  );
  return chunks.map((chunk) => insertChunk(table, chunk, words));
}

/** Many rows with few statements, in their order. */
export function insertRows(table: string, rows: readonly InsertedRow[], words: InsertWords): readonly Statement[] {
  return groupByColumns(rows).flatMap((group) => insertGroup(table, group, words));
}
