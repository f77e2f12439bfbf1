import type { Dialect } from "../../dialect/dialect.ts";
import type { Statement } from "../../dialect/statement.ts";
import { dispatchOperation } from "../../ops/operation.ts";
import { EMPTY_SCHEMA } from "../../schema/model/schema.ts";
import { createIfMissing } from "../create-if-missing.ts";
import type { HistoryNote, HistorySubject } from "./history-entry.ts";
import { createHistoryReader, type HistoryReader } from "./history-reader.ts";
import { describeHistoryTable, HISTORY_COLUMNS } from "./history-table.ts";
import { renderEntry, type RunIdentity } from "./render-entry.ts";

/** Reads and writes the journal of one database. */
export interface HistoryStore extends HistoryReader {
  readonly tableName: string;
  /** The statements that create the journal. */
  createTable(serverVersion: string): readonly Statement[];
  /** The statements that create the journal where there is none, for a script. */
  ensureTable(serverVersion: string): readonly Statement[];
  /**
   * The statement that adds entries.
   *
   * @param lastId the number of the last entry; undefined where a script is written, which looks it up
   */
  compileEntries(
    identity: RunIdentity,
    entries: readonly (HistorySubject & HistoryNote)[],
    lastId: number | undefined,
  ): readonly Statement[];
}

/** How many characters one statement may have before another one begins: servers refuse packets above a size of theirs. */
const FULL_STATEMENT = 500_000;

/** Rows in their order, in portions for one statement each. */
function portion(rows: readonly string[]): readonly (readonly string[])[] {
  const portions: string[][] = [];
  let size = 0;
  for (const row of rows) {
    if (portions.length === 0 || size + row.length > FULL_STATEMENT) {
      portions.push([]);
      size = 0;
    }
    portions.at(-1)?.push(row);
    size += row.length;
  }
  return portions;
}

/**
 * Makes the store for a journal.
 *
 * @param tableName for example `limbeck_history`
 */
export function createHistoryStore(dialect: Dialect, tableName: string): HistoryStore {
  const { quoteIdentifier: quote } = dialect;
  const table = quote(tableName);
  const list = (names: readonly string[]): string => names.map(quote).join(", ");
  const id = quote("id");
  const insert = `INSERT INTO ${table} (${list(Object.keys(HISTORY_COLUMNS))}) VALUES `;
  // A table may not be read by the statement that writes to it, unless what is read is a table of its own.
  const next = `(SELECT last_entry.n + 1 FROM (SELECT COALESCE(MAX(${id}), 0) AS n FROM ${table}) AS last_entry)`;

  const createTable = (serverVersion: string): readonly Statement[] =>
    dispatchOperation(
      dialect.compile,
      { kind: "createTable", table: describeHistoryTable(tableName) },
      { before: EMPTY_SCHEMA, after: EMPTY_SCHEMA, serverVersion },
    ).map((statement) => ({ ...statement, isAuxiliary: true }));

  return {
    ...createHistoryReader(dialect, tableName),
    tableName,
    createTable,
    ensureTable: (serverVersion) => createIfMissing(createTable(serverVersion)),
    compileEntries: (identity, entries, lastId) => {
      if (entries.length === 0) return [];
      if (lastId === undefined)
        return entries.map((entry) => ({
          sql: insert + renderEntry(dialect, identity, entry, next),
          isAuxiliary: true,
        }));
      const rows = entries.map((entry, index) => renderEntry(dialect, identity, entry, String(lastId + index + 1)));
      return portion(rows).map((part) => ({ sql: insert + part.join(", "), isAuxiliary: true }));
    },
  };
}
