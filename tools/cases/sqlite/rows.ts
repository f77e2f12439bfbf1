import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import type { Census, ColumnCensus } from "./census.ts";
import type { Counterparts } from "./counterparts.ts";
import { makeHazard, makeValue } from "./make-value.ts";

/** How many rows a table gets, if its constraints let them in. */
const ROWS_A_TABLE = 4;

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The rows of a table without INTEGER PRIMARY KEY are told apart by their rowid, which is to stay too. */
export interface Rows {
  readonly [table: string]: readonly Readonly<Record<string, unknown>>[];
}

/** The row whose values are hazards, the same in all tables: the others still go where types lose something. */
const HAZARDOUS_ROW = 3;

/** What the rows of a database are made from. */
interface Filling {
  readonly counterparts: Counterparts;
  readonly hasHazards: boolean;
}

function chooseValue(
  table: string,
  column: ColumnCensus,
  number: number,
  { counterparts, hasHazards }: Filling,
): SQLInputValue {
  const later = counterparts.findColumn(table, column.name);
  const isRequired = column.notNull || column.key > 0 || later?.notNull === true || (later?.key ?? 0) > 0;
  if (number === ROWS_A_TABLE && !isRequired) return null;
  const types = [column.type, ...(later ? [later.type] : [])];
  return hasHazards && number === HAZARDOUS_ROW ? makeHazard(types, number) : makeValue(types, number);
}

/** Gives rows numbers that a table which counts anew would not give them; not where the number is a column. */
function moveRowids(database: DatabaseSync, name: string, { columns, withoutRowid }: Census["tables"][string]): void {
  const keys = columns.filter(({ key }) => key > 0);
  const isColumn = columns.some((column) => column.name === "rowid") || keys.some(({ type }) => type === "INTEGER");
  if (!withoutRowid && !isColumn) database.exec(`UPDATE ${quote(name)} SET rowid = rowid + 100`);
}

/** Deletes rows that point nowhere, and then those that pointed to them. */
function deleteOrphans(database: DatabaseSync): void {
  for (;;) {
    const tables = database.prepare('SELECT DISTINCT "table" AS name FROM pragma_foreign_key_check').all();
    if (tables.length === 0) return;
    for (const { name } of tables) {
      const orphans = `SELECT rowid FROM pragma_foreign_key_check('${String(name).replaceAll("'", "''")}')`;
      const hasRowid = database.prepare(`${orphans} WHERE rowid IS NULL`).get() === undefined;
      // Rows of tables without rowid cannot be told from each other here.
      const condition = hasRowid ? ` WHERE rowid IN (${orphans})` : "";
      database.exec(`DELETE FROM ${quote(String(name))}${condition}`);
    }
  }
}

/**
 * Puts rows into all tables: such as the constraints let in, now and where the schema leads. Foreign keys hold afterwards.
 *
 * @returns how many rows there are
 */
export function fillTables(
  database: DatabaseSync,
  { tables }: Census,
  counterparts: Counterparts,
  hasHazards: boolean,
): number {
  database.exec("PRAGMA foreign_keys=OFF");
  const triggers = database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid").all();
  for (const { name } of triggers) database.exec(`DROP TRIGGER ${quote(String(name))}`);
  for (const [table, { columns }] of Object.entries(tables)) {
    const stored = columns.filter(({ hidden }) => hidden === 0);
    const names = stored.map(({ name }) => quote(name)).join(", ");
    const insert = database.prepare(
      `INSERT OR IGNORE INTO ${quote(table)} (${names}) VALUES (${stored.map(() => "?").join(", ")})`,
    );
    for (let number = 1; number <= ROWS_A_TABLE; number += 1) {
      try {
        insert.run(...stored.map((column) => chooseValue(table, column, number, { counterparts, hasHazards })));
      } catch {
        // A row that an expression refuses is one row less.
      }
    }
  }
  deleteOrphans(database);
  for (const [name, table] of Object.entries(tables)) moveRowids(database, name, table);
  const counts = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'").get();
  // As if there had been more rows: a counter that is the highest number could come from anywhere.
  if (counts) database.exec("UPDATE sqlite_sequence SET seq = seq + 1000");
  for (const { sql } of triggers) database.exec(String(sql));
  const found = Object.keys(tables).map((table) => database.prepare(`SELECT count(*) AS n FROM ${quote(table)}`).get());
  return found.reduce((sum, row) => sum + Number(row?.["n"]), 0);
}

function readTable(database: DatabaseSync, table: string, { columns, withoutRowid }: Census["tables"][string]) {
  const hasRowid = !withoutRowid && columns.every(({ name }) => name !== "rowid");
  const selected = columns.map(({ name }) => `quote(${quote(name)}) AS ${quote(name)}`);
  const order = hasRowid
    ? "rowid"
    : columns
        .filter(({ key }) => key > 0)
        .map(({ name }) => quote(name))
        .join(", ");
  const all = [...(hasRowid ? ["quote(rowid) AS rowid"] : []), ...selected].join(", ");
  return database.prepare(`SELECT ${all} FROM ${quote(table)} ORDER BY ${order}`).all();
}

/** All rows, with every value as SQL, which shows its type too; computed values among them. */
export function readRows(database: DatabaseSync, { tables }: Census): Rows {
  return Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, readTable(database, name, table)]));
}

/** The counters of AUTOINCREMENT, by table. */
export function readCounters(database: DatabaseSync): Readonly<Record<string, unknown>> {
  const exists = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'").get();
  if (!exists) return {};
  const rows = database.prepare("SELECT name, quote(seq) AS seq FROM sqlite_sequence").all();
  return Object.fromEntries(rows.map(({ name, seq }) => [String(name).toLowerCase(), seq]));
}
