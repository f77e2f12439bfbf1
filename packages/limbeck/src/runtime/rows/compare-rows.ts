import type { RowSnapshot, TableRows } from "./read-rows.ts";

/** What became of rows on a way there and back. */
export interface RowChange {
  readonly table: string;
  /** The column whose values differ; null where whole rows are gone, or are new. */
  readonly column: string | null;
  readonly kind: "lost" | "changed" | "added";
  /** How many rows it is about. */
  readonly rows: number;
  /** How many rows the table had. */
  readonly of: number;
}

type TextRow = readonly string[];

const NO_ROWS: TableRows = { columns: [], key: undefined, rows: [] };

const keyOf = (row: TextRow, key: readonly number[]): string => JSON.stringify(key.map((place) => row[place]));

/** Rows by their key; undefined where it does not tell them apart, as NULL in a key does not. */
function indexRows({ rows }: TableRows, key: readonly number[]): ReadonlyMap<string, TextRow> | undefined {
  const byKey = new Map(rows.map((row) => [keyOf(row, key), row]));
  return byKey.size === rows.length ? byKey : undefined;
}

/** What was, beside what became of it; undefined for a row that is gone. */
type Pairs = { readonly pairs: readonly (readonly [TextRow, TextRow | undefined])[]; readonly added: number };

function pairByKey(before: TableRows, after: TableRows): Pairs | undefined {
  if (!before.key) return undefined;
  const now = indexRows(after, before.key);
  if (!now || !indexRows(before, before.key)) return undefined;
  const { key } = before;
  const pairs = before.rows.map((row) => [row, now.get(keyOf(row, key))] as const);
  return { pairs, added: after.rows.length - pairs.filter(([, row]) => row).length };
}

/** Without a key, rows are told by their place, as long as there are as many; copying a table keeps the order. */
function pairByPlace(before: TableRows, after: TableRows): Pairs | undefined {
  if (before.rows.length !== after.rows.length) return undefined;
  return { pairs: before.rows.map((row, index) => [row, after.rows[index]] as const), added: 0 };
}

/** Otherwise a row is the same one only if all of it is the same. */
function pairByContent(before: TableRows, after: TableRows): Pairs {
  const left = new Map<string, number>();
  for (const row of after.rows) left.set(JSON.stringify(row), (left.get(JSON.stringify(row)) ?? 0) + 1);
  const pairs = before.rows.map((row) => {
    const text = JSON.stringify(row);
    const count = left.get(text) ?? 0;
    left.set(text, count - 1);
    return [row, count > 0 ? row : undefined] as const;
  });
  return { pairs, added: after.rows.length - pairs.filter(([, row]) => row).length };
}

/** The columns of the one list in the order of the other. */
function alignColumns(table: TableRows, columns: readonly string[]): TableRows {
  const places = columns.map((column) => table.columns.indexOf(column));
  return { ...table, columns, rows: table.rows.map((row) => places.map((place) => row[place] ?? "null")) };
}

function compareTable(table: string, before: TableRows, found: TableRows): readonly RowChange[] {
  const after = alignColumns(found, before.columns);
  const { pairs, added } = pairByKey(before, after) ?? pairByPlace(before, after) ?? pairByContent(before, after);
  const of = before.rows.length;
  const lost = pairs.filter(([, now]) => !now).length;
  const changes = before.columns.map((column, place): RowChange => {
    const rows = pairs.filter(([then, now]) => now && then[place] !== now[place]).length;
    return { table, column, kind: "changed", rows, of };
  });
  const all: readonly RowChange[] = [
    { table, column: null, kind: "lost", rows: lost, of },
    ...changes,
    { table, column: null, kind: "added", rows: added, of },
  ];
  return all.filter(({ rows }) => rows > 0);
}

/** What differs between the rows of two moments, table by table; empty when nothing does. */
export function compareRows(before: RowSnapshot, after: RowSnapshot): readonly RowChange[] {
  return Array.from(before).flatMap(([table, rows]) => compareTable(table, rows, after.get(table) ?? NO_ROWS));
}
