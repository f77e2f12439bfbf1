import { DatabaseSync } from "node:sqlite";
import type { Census, ColumnCensus } from "./census.ts";
import type { Counterparts } from "./counterparts.ts";
import { canHold } from "./make-value.ts";
import { findRowidColumn } from "./rowid-column.ts";
import type { Rows } from "./rows.ts";

/** Where the values of a table go. */
interface Transfer {
  readonly from: string;
  readonly to: string;
  readonly columns: readonly (readonly [from: ColumnCensus, to: ColumnCensus])[];
  /** Whether the rowids stay, as the tool lets them: a key that is the rowid, and has no counterpart, has them for its values. */
  readonly keepsRowids: boolean;
  /** The column whose values become rowids; undefined where none does. */
  readonly numbering: ColumnCensus | undefined;
}

const isStored = ({ hidden }: ColumnCensus): boolean => hidden === 0;

/** Where the values of each table go on the way up; on the way down the other way round. */
export function listTransfers(
  start: Census,
  counterparts: Counterparts,
  direction: "up" | "down",
): readonly Transfer[] {
  return Object.entries(start.tables).flatMap(([name, table]): readonly Transfer[] => {
    const { columns } = table;
    const later = counterparts.findTable(name);
    if (!later) return [];
    const pairs = columns.flatMap((column) => {
      const other = counterparts.findColumn(name, column.name);
      return other ? [[column, other] as const] : [];
    });
    // What was computed is kept when the column is not computed any more.
    const transfer =
      direction === "up"
        ? { from: name, to: later.name, columns: pairs.filter(([, target]) => isStored(target)) }
        : {
            from: later.name,
            to: name,
            columns: pairs.filter(([target]) => isStored(target)).map(([target, source]) => [source, target] as const),
          };
    const rowid = findRowidColumn(direction === "up" ? later : table);
    const numbering = transfer.columns.find(([, target]) => target.name === rowid?.name)?.[0];
    return [{ ...transfer, keepsRowids: rowid !== undefined && numbering === undefined, numbering }];
  });
}

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A value in a column of another type: bytes and text are told apart, so that keys over them are too, and of a moment only a part may stay, which others share. */
function convert(value: string, from: ColumnCensus, to: ColumnCensus): string {
  if (from.type.startsWith("TIMESTAMP") && to.type === "TIME")
    return `coalesce(strftime('%H:%M:%f', ${value}), ${value})`;
  if (from.type.startsWith("TIMESTAMP") && to.type === "DATE") return `coalesce(date(${value}), ${value})`;
  if (from.type !== "BLOB" && to.type === "BLOB") return `CAST(${value} AS BLOB)`;
  return from.type === "BLOB" && to.type !== "BLOB" && to.type !== "" ? `CAST(${value} AS TEXT)` : value;
}

function insertRow(
  database: DatabaseSync,
  { to, columns, keepsRowids }: Transfer,
  row: Readonly<Record<string, unknown>>,
): void {
  const { rowid: number } = row;
  const rowid = keepsRowids && typeof number === "string" ? [["rowid", number] as const] : [];
  const stored = columns.map(
    ([source, target]) => [quote(target.name), convert(String(row[source.name]), source, target)] as const,
  );
  const all = [...rowid, ...stored];
  const names = all.map(([name]) => name).join(", ");
  const values = all.map(([, value]) => value).join(", ");
  const what = names === "" ? "DEFAULT VALUES" : `(${names}) VALUES (${values})`;
  database.exec(`INSERT OR ABORT INTO ${quote(to)} ${what}`);
}

/** SQLite gives a row a number of its own for a rowid that is NULL, which is not the value that was to be kept. */
const wouldRenumber = ({ numbering }: Transfer, row: Readonly<Record<string, unknown>>): boolean =>
  numbering !== undefined && row[numbering.name] === "NULL";

/** What SQLite says of rows that it does not take. */
const REFUSED = /constraint failed|cannot store \w+ value|datatype mismatch|malformed JSON/;

/** The first value that has no place in the type that its column gets; undefined when all have one. */
export function findMisfit(rows: Rows, transfers: readonly Transfer[]): string | undefined {
  for (const { from, columns } of transfers) {
    for (const [source, target] of columns.filter(([one, other]) => one.type !== other.type)) {
      const values = (rows[from] ?? []).map((row) => String(row[source.name]));
      const misfit = values.find((value) => !canHold(target.type, value));
      if (misfit !== undefined) return misfit;
    }
  }
  return undefined;
}

/**
 * Whether a schema takes rows when they are simply put into it: then nothing in the rows forbids the way there.
 *
 * @param sql creates the schema
 * @param rows values as SQL
 */
export function couldHold(sql: string, rows: Rows, transfers: readonly Transfer[]): boolean {
  const database = new DatabaseSync(":memory:");
  try {
    database.exec("PRAGMA foreign_keys=OFF");
    database.exec(sql);
    const triggers = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all();
    for (const { name } of triggers) database.exec(`DROP TRIGGER ${quote(String(name))}`);
    for (const transfer of transfers) {
      for (const row of rows[transfer.from] ?? []) {
        if (wouldRenumber(transfer, row)) return false;
        insertRow(database, transfer, row);
      }
    }
    return database.prepare("SELECT 1 FROM pragma_foreign_key_check").get() === undefined;
  } catch (error) {
    if (REFUSED.test(String(error))) return false;
    // The transfer itself is wrong, which says nothing about the rows.
    throw error;
  } finally {
    database.close();
  }
}
