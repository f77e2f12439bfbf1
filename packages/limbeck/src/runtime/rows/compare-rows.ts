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

const NO_ROWS: TableRows = { columns: [], rows: [], keys: undefined };

/** Rows by their key; undefined where it does not tell them apart, as NULL in a key does not. */
function indexRows({ rows, keys }: TableRows): ReadonlyMap<string, string> | undefined {
  if (!keys) return undefined;
  const byKey = new Map(keys.map((key, index) => [key, rows[index] ?? ""]));
  return byKey.size === rows.length ? byKey : undefined;
}

/** What became of each row of the first list; undefined where it is gone. */
type Fates = readonly (string | undefined)[];

function followKeys(before: TableRows, after: TableRows): Fates | undefined {
  const now = indexRows(after);
  return now && indexRows(before) && before.keys?.map((key) => now.get(key));
}

/** The same rows in another order are the same rows, where no key tells them apart. */
function followShuffled(before: TableRows, after: TableRows): Fates | undefined {
  const isSame = before.rows.toSorted().join("\n") === after.rows.toSorted().join("\n");
  return isSame ? before.rows : undefined;
}

/** Without a key, rows are told by their place, as long as there are as many; copying a table keeps the order. */
function followPlaces(before: TableRows, after: TableRows): Fates | undefined {
  return before.rows.length === after.rows.length ? after.rows : undefined;
}

/** Otherwise a row is the same one only if all of it is the same. */
function followContents(before: TableRows, after: TableRows): Fates {
  const left = new Map<string, number>();
  for (const row of after.rows) left.set(row, (left.get(row) ?? 0) + 1);
  return before.rows.map((row) => {
    const count = left.get(row) ?? 0;
    left.set(row, count - 1);
    return count > 0 ? row : undefined;
  });
}

// Written by readRows.
const parseRow = (row: string): readonly string[] => JSON.parse(row) as readonly string[];

/** The rows with their values in the order of other columns. */
function alignColumns(table: TableRows, columns: readonly string[]): TableRows {
  if (table.columns.join("\n") === columns.join("\n")) return table;
  const places = columns.map((column) => table.columns.indexOf(column));
  const align = (row: string): string => {
    const values = parseRow(row);
    return JSON.stringify(places.map((place) => values[place] ?? "null"));
  };
  return { ...table, columns, rows: table.rows.map(align) };
}

/** How many values of each column are not what they were, in the rows that are still there. */
function countChanges({ columns, rows }: TableRows, fates: Fates): readonly number[] {
  const counts = columns.map(() => 0);
  for (const [index, row] of rows.entries()) {
    const fate = fates[index];
    if (fate === undefined || fate === row) continue;
    const now = parseRow(fate);
    for (const [place, value] of parseRow(row).entries()) {
      if (value !== now[place]) counts[place] = (counts[place] ?? 0) + 1;
    }
  }
  return counts;
}

function compareTable(table: string, before: TableRows, found: TableRows): readonly RowChange[] {
  const after = alignColumns(found, before.columns);
  const fates =
    followKeys(before, after) ??
    followShuffled(before, after) ??
    followPlaces(before, after) ??
    followContents(before, after);
  const of = before.rows.length;
  const kept = fates.filter((fate) => fate !== undefined).length;
  const changes = countChanges(before, fates);
  const all: readonly RowChange[] = [
    { table, column: null, kind: "lost", rows: of - kept, of },
    ...before.columns.map((column, place): RowChange => ({
      table,
      column,
      kind: "changed",
      rows: changes[place] ?? 0,
      of,
    })),
    { table, column: null, kind: "added", rows: after.rows.length - kept, of },
  ];
  return all.filter(({ rows }) => rows > 0);
}

/** What differs between the rows of two moments, table by table; empty when nothing does. */
export function compareRows(before: RowSnapshot, after: RowSnapshot): readonly RowChange[] {
  return Array.from(before).flatMap(([table, rows]) => compareTable(table, rows, after.get(table) ?? NO_ROWS));
}
