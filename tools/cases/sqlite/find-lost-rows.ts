import type { Census, ColumnCensus } from "./census.ts";
import type { Counterparts } from "./counterparts.ts";
import type { Rows } from "./rows.ts";

/** Two lists of columns, position by position: where they were, and where they are now. */
interface KeptColumn {
  readonly from: ColumnCensus;
  readonly to: ColumnCensus;
}

const isStored = ({ hidden }: ColumnCensus): boolean => hidden === 0;
const isText = ({ type }: ColumnCensus): boolean => /CHAR|CLOB|TEXT/.test(type) && !/INT/.test(type);

/** Whether the values of a column have to be the same to the letter: a change of type may write them in another way. */
const isExact = ({ from, to }: KeptColumn): boolean => from.type === to.type || (isText(from) && isText(to));

function listKept(
  columns: readonly ColumnCensus[],
  find: (name: string) => ColumnCensus | undefined,
): readonly KeptColumn[] {
  return columns.filter(isStored).flatMap((from) => {
    const to = find(from.name);
    return to && isStored(to) ? [{ from, to }] : [];
  });
}

const listKeys = (columns: readonly ColumnCensus[]): string =>
  columns
    .filter(({ key }) => key > 0)
    .map(({ key, type, name }) => `${key} ${type} ${name}`)
    .join();

interface Side {
  readonly rows: Rows[string];
  readonly name: (column: KeptColumn) => string;
}

/** The rows in what is kept of them, sorted: the order of a table without rowid is that of its key. */
function project({ rows, name }: Side, kept: readonly KeptColumn[], withRowid: boolean): readonly string[] {
  return rows
    .map((row) => {
      const values = kept.map((column) => {
        const value = row[name(column)];
        return isExact(column) ? value : value === "NULL";
      });
      return JSON.stringify(withRowid ? [row["rowid"], ...values] : values);
    })
    .toSorted();
}

function compare(table: string, before: readonly string[], after: readonly string[]): readonly string[] {
  if (before.length !== after.length) return [`${table} had ${before.length} rows and has ${after.length}`];
  const position = before.findIndex((row, index) => row !== after[index]);
  return position < 0 ? [] : [`a row of ${table} was ${before[position]} and is ${after[position]}`];
}

/** What the rows hold: at the start, and after the upgrade or the way back. */
export interface Stages {
  readonly start: Census;
  readonly before: Rows;
  readonly after: Rows;
}

/** Rows and values that an upgrade lost although their table and column are still there. */
export function findLostByUpgrade({ start, before, after }: Stages, counterparts: Counterparts): readonly string[] {
  return Object.entries(start.tables).flatMap(([name, { columns, withoutRowid }]) => {
    const later = counterparts.findTable(name);
    if (!later) return [];
    const kept = listKept(columns, (column) => counterparts.findColumn(name, column));
    const hasRowid = !withoutRowid && !later.withoutRowid && listKeys(columns) === listKeys(later.columns);
    return compare(
      later.name,
      project({ rows: before[name] ?? [], name: ({ from }) => from.name }, kept, hasRowid),
      project({ rows: after[later.name] ?? [], name: ({ to }) => to.name }, kept, hasRowid),
    );
  });
}

/** Rows and values that the way there and back lost although their table and column were there all the time. */
export function findLostOnTheWay({ start, before, after }: Stages, counterparts: Counterparts): readonly string[] {
  return Object.entries(start.tables).flatMap(([name, { columns, withoutRowid }]) => {
    const later = counterparts.findTable(name);
    if (!later) return [];
    const kept = listKept(columns, (column) => counterparts.findColumn(name, column));
    const hasRowid = !withoutRowid && !later.withoutRowid && listKeys(columns) === listKeys(later.columns);
    const side = { name: ({ from }: KeptColumn) => from.name };
    return compare(
      name,
      project({ rows: before[name] ?? [], ...side }, kept, hasRowid),
      project({ rows: after[name] ?? [], ...side }, kept, hasRowid),
    );
  });
}
