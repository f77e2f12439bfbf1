import { hashText } from "../../kernel/hash-text.ts";
import { PARTS, splitAnew, type KeptRows, type PlacedRow, type Split } from "./kept-rows.ts";
import { pairRows } from "./pair-rows.ts";
import { createKeyReader, SPLIT_BY_PLACE, splitByKey, type RowSnapshot, type TableRows } from "./read-rows.ts";

/** What became of rows on a way there and back. */
export interface RowChange {
  readonly table: string;
  /** The column whose values differ; null where it is about whole rows, or about the table. */
  readonly column: string | null;
  /** `renumbered`: rows have another number of the engine's own. `counter`: the table would give numbers again that it has given. */
  readonly kind: "lost" | "changed" | "added" | "renumbered" | "counter";
  /** How many rows it is about. */
  readonly rows: number;
  /** How many rows the table had. */
  readonly of: number;
}

/** How rows are compared. */
export interface CompareOptions {
  /**
   * Whether it counts also what the engine numbers by itself, so that rows in another order are other rows. Default false.
   */
  readonly withNumbers?: boolean;
}

const NO_ROWS: KeptRows = { count: 0, parts: 1, split: undefined, readPart: () => [], release: () => undefined };

/** What became of each row of a list; undefined where it is gone. */
type Fates = readonly (PlacedRow | undefined)[];

/** How rows are found again. */
interface Way {
  /** Rows that may be the same row are in the same part. */
  readonly split: Split;
  /** What became of rows of one part; undefined where this way cannot tell. */
  readonly follow: (before: readonly PlacedRow[], after: readonly PlacedRow[]) => Fates | undefined;
}

const writeValues = ({ values }: PlacedRow): string => JSON.stringify(values);

/** Rows by what tells them apart; undefined where it does not, as NULL in a key does not. */
function indexRows(
  rows: readonly PlacedRow[],
  read: (row: PlacedRow) => string,
): ReadonlyMap<string, PlacedRow> | undefined {
  const index = new Map(rows.map((row) => [read(row), row]));
  return index.size === rows.length ? index : undefined;
}

function byKey(table: TableRows): Way {
  const read = createKeyReader(table);
  return {
    split: splitByKey(table),
    follow: (before, after) => {
      const now = indexRows(after, read);
      return now && indexRows(before, read) && before.map((row) => now.get(read(row)));
    },
  };
}

/** Without a key, rows are told by their place, as long as there are as many; copying a table keeps the order. */
const BY_PLACE: Way = {
  split: SPLIT_BY_PLACE,
  follow: (before, after) => {
    const now = new Map(after.map((row) => [row.place, row]));
    return before.map(({ place }) => now.get(place));
  },
};

/** Where the engine numbers no rows, their order may change with every update. */
const BY_LIKENESS: Way = { split: SPLIT_BY_PLACE, follow: pairRows };

/** Whether rows are few enough to be compared with each other, and their place says nothing. */
const areUnnumbered = ({ parts, readPart }: KeptRows): boolean =>
  parts === 1 && readPart(0).every(({ number }) => number === null);

/** Otherwise a row is the same one only if all of it is the same. */
const BY_CONTENTS: Way = {
  split: { name: "contents", choose: (row) => hashText(writeValues(row)) },
  follow: (before, after) => {
    const left = Map.groupBy(after, writeValues);
    return before.map((row) => left.get(writeValues(row))?.pop());
  },
};

/** The rows with their values in the order of other columns. */
function alignRows(rows: KeptRows, from: readonly string[], to: readonly string[]): KeptRows {
  if (from.join("\n") === to.join("\n")) return rows;
  const places = to.map((column) => from.indexOf(column));
  const align = (row: PlacedRow): PlacedRow => ({
    ...row,
    values: places.map((place) => row.values[place] ?? null),
  });
  return { ...rows, readPart: (part) => rows.readPart(part).map(align) };
}

/** The two tables part by part, as a way needs them. */
function* eachPart(
  before: KeptRows,
  after: KeptRows,
  { split }: Way,
): Generator<readonly [before: readonly PlacedRow[], after: readonly PlacedRow[]]> {
  if (before.parts === 1 && after.parts === 1) {
    yield [before.readPart(0), after.readPart(0)];
    return;
  }
  const regroup = (rows: KeptRows): KeptRows => (rows.split === split.name ? rows : splitAnew(rows, split));
  const [first, second] = [regroup(before), regroup(after)];
  try {
    for (let part = 0; part < PARTS; part += 1) yield [first.readPart(part), second.readPart(part)];
  } finally {
    if (first !== before) first.release();
    if (second !== after) second.release();
  }
}

/** What was counted while rows were followed. */
interface Tally {
  kept: number;
  renumbered: number;
  /** By column. */
  readonly changed: number[];
}

function count(tally: Tally, row: PlacedRow, fate: PlacedRow | undefined): void {
  if (!fate) return;
  tally.kept += 1;
  if (row.number !== fate.number) tally.renumbered += 1;
  for (const [place, value] of row.values.entries()) {
    if (value !== fate.values[place]) tally.changed[place] = (tally.changed[place] ?? 0) + 1;
  }
}

/** Follows all rows; undefined where the way cannot tell what became of one. */
function follow(before: KeptRows, after: KeptRows, way: Way): Tally | undefined {
  const tally: Tally = { kept: 0, renumbered: 0, changed: [] };
  for (const [rows, found] of eachPart(before, after, way)) {
    const fates = way.follow(rows, found);
    if (!fates) return undefined;
    for (const [index, row] of rows.entries()) count(tally, row, fates[index]);
  }
  return tally;
}

function followRows(before: TableRows, after: KeptRows, withNumbers: boolean): Tally {
  const keyed = before.key.length > 0 ? follow(before.rows, after, byKey(before)) : undefined;
  if (keyed) return keyed;
  const isAsMany = before.rows.count === after.count;
  const byContents = isAsMany && withNumbers ? undefined : follow(before.rows, after, BY_CONTENTS);
  // The same rows in another order are the same rows.
  if (byContents && (!isAsMany || byContents.kept === after.count)) return byContents;
  const way = isAsMany && areUnnumbered(before.rows) && areUnnumbered(after) ? BY_LIKENESS : BY_PLACE;
  return follow(before.rows, after, way) ?? { kept: 0, renumbered: 0, changed: [] };
}

/** Whether a table that has its rows would give numbers again that it has given. */
const isSetBack = ({ counter: before }: TableRows, counter: string | undefined): boolean =>
  before !== undefined && /^\d+$/.test(before) && BigInt(before) > BigInt(counter ?? 0);

function compareTable(
  table: string,
  before: TableRows,
  found: TableRows | undefined,
  { withNumbers = false }: CompareOptions,
): readonly RowChange[] {
  if (before === found) return [];
  const after = found ? alignRows(found.rows, found.columns, before.columns) : NO_ROWS;
  const { kept, changed, renumbered } = followRows(before, after, withNumbers);
  const of = before.rows.count;
  const isGone = of > 0 && kept === 0;
  const all: readonly RowChange[] = [
    { table, column: null, kind: "lost", rows: of - kept, of },
    ...before.columns.map((column, place): RowChange => ({
      table,
      column,
      kind: "changed",
      rows: changed[place] ?? 0,
      of,
    })),
    { table, column: null, kind: "renumbered", rows: withNumbers ? renumbered : 0, of },
    {
      table,
      column: null,
      kind: "counter",
      rows: withNumbers && !isGone && isSetBack(before, found?.counter) ? 1 : 0,
      of,
    },
    { table, column: null, kind: "added", rows: after.count - kept, of },
  ];
  return all.filter(({ rows }) => rows > 0);
}

/** What differs between the rows of two moments, table by table; empty when nothing does. */
export function compareRows(
  before: RowSnapshot,
  after: RowSnapshot,
  options: CompareOptions = {},
): readonly RowChange[] {
  return Array.from(before).flatMap(([table, rows]) => compareTable(table, rows, after.get(table), options));
}
