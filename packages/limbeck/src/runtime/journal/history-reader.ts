import type { Connection } from "../../dialect/connection.ts";
import { LimbeckError } from "../../kernel/errors/limbeck-error.ts";
import { reachErrors } from "../../kernel/errors/reach-errors.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import type { HistoryEntry } from "./history-entry.ts";
import { OUTCOME_COLUMNS, READ_COLUMNS, toEntry } from "./history-table.ts";
import { findOpenRevision, type OpenRevision } from "./open-revision.ts";

/** Where a journal stands. */
export interface HistoryState {
  /** The number of its last entry; 0 where there is none. */
  readonly lastId: number;
  /** What the last run left in the middle. */
  readonly open?: OpenRevision;
}

/** Reads the journal of one database. */
export interface HistoryReader {
  /** Whether the database has one. */
  exists(connection: Connection): Promise<boolean>;
  /** Where it stands; where there is none, nothing was written. */
  readState(connection: Connection): Promise<HistoryState>;
  /** The last entry that tells of the end of each revision, the oldest one first, without its details. */
  readOutcomes(connection: Connection): Promise<readonly HistoryEntry[]>;
  /** The last upgrade of each revision, whatever was stamped since, without details. */
  readUpgrades(connection: Connection): Promise<readonly HistoryEntry[]>;
  /** The last entry that tells of the end of a revision, or of a stamp. */
  readLastEnd(connection: Connection): Promise<HistoryEntry | undefined>;
  /** What is kept with some of these entries, by revision. */
  readDetails(connection: Connection, entries: readonly HistoryEntry[]): Promise<ReadonlyMap<string, string>>;
}

/**
 * Makes the reader of a journal.
 *
 * @param tableName for example `limbeck_history`
 */
export function createHistoryReader(dialect: Dialect, tableName: string): HistoryReader {
  const { quoteIdentifier: quote } = dialect;
  const table = quote(tableName);
  const id = quote("id");
  const event = quote("event");
  const exists = (connection: Connection): Promise<boolean> => dialect.hasTable(connection, tableName);
  const readFrom = async (
    connection: Connection,
    condition: string,
    columns = READ_COLUMNS,
  ): Promise<readonly HistoryEntry[]> => {
    const rows = await connection
      .query(`SELECT ${columns.map(quote).join(", ")} FROM ${table} WHERE ${condition} ORDER BY ${id}`)
      .catch((error: unknown) => {
        if (error instanceof LimbeckError) throw error;
        const message = dialect.describeDatabaseError(error);
        throw reachErrors.journalUnreadable({ table: tableName, url: connection.description, message }, error);
      });
    return rows.map(toEntry);
  };
  /** The last entry of each revision that a condition holds for. */
  const readLatest = async (connection: Connection, condition: string): Promise<readonly HistoryEntry[]> =>
    (await exists(connection))
      ? readFrom(
          connection,
          `${id} IN (SELECT MAX(${id}) FROM ${table} WHERE ${condition} GROUP BY ${quote("revision")})`,
          OUTCOME_COLUMNS,
        )
      : [];
  return {
    exists,
    async readState(connection) {
      if (!(await exists(connection))) return { lastId: 0 };
      const [last] = await readFrom(connection, `${id} = (SELECT MAX(${id}) FROM ${table})`);
      if (!last) return { lastId: 0 };
      // The usual case: one entry says that nothing is left in the middle.
      if (last.event === "finished" || last.event === "stamped" || last.event === "rolled back")
        return { lastId: last.id };
      const entries = await readFrom(
        connection,
        `${id} >= (SELECT COALESCE(MAX(${id}), 0) FROM ${table} WHERE ${event} = 'started')`,
      );
      const open = findOpenRevision(entries);
      return { lastId: last.id, ...(open && { open }) };
    },
    readOutcomes: (connection) => readLatest(connection, `${event} IN ('finished', 'stamped')`),
    readUpgrades: (connection) => readLatest(connection, `${event} = 'finished' AND ${quote("direction")} = 'upgrade'`),
    async readLastEnd(connection) {
      if (!(await exists(connection))) return undefined;
      const [last] = await readFrom(
        connection,
        `${id} = (SELECT MAX(${id}) FROM ${table} WHERE ${event} IN ('finished', 'stamped'))`,
      );
      return last;
    },
    async readDetails(connection, entries) {
      if (entries.length === 0) return new Map();
      const read = await readFrom(connection, `${id} IN (${entries.map((entry) => entry.id).join(", ")})`);
      return new Map(read.map(({ revision, detail }) => [revision, detail]));
    },
  };
}
