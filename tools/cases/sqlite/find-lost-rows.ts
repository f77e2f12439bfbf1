import { isAllowedChange, isRestOfMoment, isSameContent, isSameValue } from "./allowed-change.ts";
import type { Census, ColumnCensus } from "./census.ts";
import type { Counterparts } from "./counterparts.ts";
import type { Rows } from "./rows.ts";

/** A column of the start and what it became. */
export interface KeptColumn {
  /** The names of its table, before and after. */
  readonly tables: readonly string[];
  readonly from: ColumnCensus;
  readonly to: ColumnCensus;
}

export const isStored = ({ hidden }: ColumnCensus): boolean => hidden === 0;

function listKept(
  table: string,
  columns: readonly ColumnCensus[],
  { findTable, findColumn }: Counterparts,
): readonly KeptColumn[] {
  const tables = [table, findTable(table)?.name ?? table];
  return columns.flatMap((from) => {
    const to = findColumn(table, from.name);
    return to && isStored(to) ? [{ tables, from, to }] : [];
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

/** Whether a row is what became of another one: with the same rowid, and in each column a value that it may have. */
function isSameRow(
  before: Rows[string][number],
  after: Rows[string][number],
  { kept, names, withRowid, isAllowed }: Matching,
): boolean {
  if (withRowid && before["rowid"] !== after["rowid"]) return false;
  return kept.every((column) => {
    const [was, is] = [String(before[names.before(column)]), String(after[names.after(column)])];
    return isAllowed(column, was, is);
  });
}

/** How rows of two moments are found again. */
interface Matching {
  readonly kept: readonly KeptColumn[];
  readonly names: { readonly before: Side["name"]; readonly after: Side["name"] };
  /** Without a rowid the order is that of the key, whose type may have changed. */
  readonly withRowid: boolean;
  /** Whether a value may have become another. */
  readonly isAllowed: (column: KeptColumn, was: string, is: string) => boolean;
}

/** Of which columns the tool said that the change of type loses something. */
export type IsAnnounced = (column: KeptColumn) => boolean;

function compare(
  table: string,
  before: Side,
  after: Side,
  kept: Pick<Matching, "kept" | "withRowid" | "isAllowed">,
): readonly string[] {
  if (before.rows.length !== after.rows.length)
    return [`${table} had ${before.rows.length} rows and has ${after.rows.length}`];
  const matching: Matching = { ...kept, names: { before: before.name, after: after.name } };
  const left = [...after.rows];
  const lost = before.rows.flatMap((row) => {
    const position = left.findIndex((candidate) => isSameRow(row, candidate, matching));
    if (position >= 0) left.splice(position, 1);
    return position >= 0 ? [] : [`a row of ${table} was ${JSON.stringify(row)} and there is ${JSON.stringify(left)}`];
  });
  // One is enough to look into.
  return lost.slice(0, 1);
}

/** What the rows hold: at the start, and after the upgrade or the way back. */
export interface Stages {
  readonly start: Census;
  readonly before: Rows;
  readonly after: Rows;
}

/** Rows and values that an upgrade lost although their table and column are still there; also what was computed and is to be stored from now on. */
export function findLostByUpgrade(
  { start, before, after }: Stages,
  counterparts: Counterparts,
  isAnnounced: IsAnnounced,
): readonly string[] {
  const isAllowed: Matching["isAllowed"] = (column, was, is) =>
    isAllowedChange(was, is, [column.from.type, column.to.type]) ||
    (isAnnounced(column) && isRestOfMoment(was, is, [column.from.type, column.to.type]));
  return Object.entries(start.tables).flatMap(([name, { columns, withoutRowid }]) => {
    const later = counterparts.findTable(name);
    if (!later) return [];
    const kept = listKept(name, columns, counterparts);
    const hasRowid = !withoutRowid && !later.withoutRowid && listKeys(columns) === listKeys(later.columns);
    return compare(
      later.name,
      { rows: before[name] ?? [], name: ({ from }) => from.name },
      { rows: after[later.name] ?? [], name: ({ to }) => to.name },
      { kept, withRowid: hasRowid, isAllowed },
    );
  });
}

/** Rows and values that the way there and back lost although their table and column were there all the time. */
export function findLostOnTheWay(
  { start, before, after }: Stages,
  counterparts: Counterparts,
  isAnnounced: IsAnnounced,
): readonly string[] {
  const isAllowed: Matching["isAllowed"] = (column, was, is) =>
    isSameValue(was, is) ||
    (isAnnounced(column) && (isSameContent(was, is) || isRestOfMoment(was, is, [column.from.type, column.to.type])));
  return Object.entries(start.tables).flatMap(([name, { columns, withoutRowid }]) => {
    const later = counterparts.findTable(name);
    if (!later) return [];
    const kept = listKept(name, columns.filter(isStored), counterparts);
    const hasRowid = !withoutRowid && !later.withoutRowid && listKeys(columns) === listKeys(later.columns);
    const side = { name: ({ from }: KeptColumn) => from.name };
    return compare(
      name,
      { rows: before[name] ?? [], ...side },
      { rows: after[name] ?? [], ...side },
      { kept, withRowid: hasRowid, isAllowed },
    );
  });
}
