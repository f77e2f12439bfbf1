import { DatabaseSync } from "node:sqlite";
import { LITERAL, type Census, type ColumnCensus } from "./census.ts";
import type { Counterparts } from "./counterparts.ts";
import { isStored } from "./find-lost-rows.ts";
import { findRowidColumn } from "./rowid-column.ts";
import type { Rows } from "./rows.ts";

/** What the engine puts into a column of which nothing is said; undefined where that is computed. */
function readDefault({ type, default: given }: ColumnCensus, strict: boolean): string | undefined {
  if (given === null) return "NULL";
  if (!LITERAL.test(given)) return undefined;
  const database = new DatabaseSync(":memory:");
  try {
    database.exec(`CREATE TABLE t (id INTEGER PRIMARY KEY, c ${type} DEFAULT ${given})${strict ? " STRICT" : ""}`);
    database.exec("INSERT INTO t (id) VALUES (1)");
    return String(database.prepare("SELECT quote(c) AS c FROM t").get()?.["c"]);
  } finally {
    database.close();
  }
}

/** Rows that were there before a column was, and do not have its default in it. */
export function findUnfilled(start: Census, after: Rows, { findTable, findColumn }: Counterparts): readonly string[] {
  return Object.entries(start.tables).flatMap(([name, { columns }]) => {
    const later = findTable(name);
    if (!later) return [];
    const kept = new Set(columns.map((column) => findColumn(name, column.name)?.name));
    const rowid = findRowidColumn(later);
    const added = later.columns.filter((column) => column !== rowid && isStored(column) && !kept.has(column.name));
    return added.flatMap((column) => {
      const expected = readDefault(column, later.strict);
      const values = (after[later.name] ?? []).map((row) => String(row[column.name]));
      const wrong = values.find((value) => expected !== undefined && value !== expected);
      return wrong === undefined ? [] : [`${later.name}.${column.name} is new and has ${wrong}, not ${expected ?? ""}`];
    });
  });
}
