import type { Connection } from "../../dialect/connection.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import type { RowHolder } from "../../dialect/row-rules.ts";
import type { Schema } from "../../schema/model/schema.ts";
import type { UnfilledTable } from "../rows/fill-tables.ts";
import type { KeptRows } from "../rows/kept-rows.ts";
import { readHolder, type RowSnapshot, type TableRows } from "../rows/read-rows.ts";
import type { TrialStop } from "./trial-stop.ts";

/** Reads the rows of one database again and again; those that no statement can have changed in between are not read anew. */
export interface RowWatcher {
  /** Takes note of a statement that may change rows. */
  readonly record: (sql: string) => void;
  /** Reads the rows. A snapshot can be compared until the second one after it is taken. */
  readonly read: (stop: TrialStop) => Promise<RowSnapshot>;
  /** What holds rows that the engine does not give out, and its reason. */
  readonly listUnread: () => readonly UnfilledTable[];
  /** Ends the snapshots. */
  readonly release: () => void;
}

/** What was read of a holder, and what it was like. */
interface Known {
  readonly holder: RowHolder;
  readonly table: TableRows;
}

const isSame = (a: RowHolder, b: RowHolder): boolean =>
  a.rowNumber === b.rowNumber && a.columns.join("\n") === b.columns.join("\n") && a.key.join("\n") === b.key.join("\n");

/**
 * Makes a watcher.
 *
 * @param connection to read through, so that what it asks itself is not recorded
 */
export function createRowWatcher(connection: Connection, dialect: Dialect): RowWatcher {
  let statements: string[] = [];
  let schema: Schema | undefined;
  let known = new Map<string, Known>();
  let previous: ReadonlySet<KeptRows> = new Set();
  const kept = new Set<KeptRows>();
  const unread = new Map<string, string>();

  const recall = (holder: RowHolder, touched: ReadonlySet<string> | undefined): Known | undefined => {
    const before = known.get(holder.name);
    return touched?.has(holder.name) === false && before && isSame(before.holder, holder) ? before : undefined;
  };

  const readAnew = async (holder: RowHolder, isManaged: boolean): Promise<KeptRows | undefined> => {
    try {
      const rows = await readHolder(connection, dialect, holder);
      unread.delete(holder.name);
      return rows;
    } catch (error) {
      // What the model cannot hold may be kept by a module that is not there, or gives nothing out.
      if (isManaged) throw error;
      unread.set(holder.name, dialect.describeDatabaseError(error));
      return undefined;
    }
  };

  /** Files of snapshots that are too old to be compared are let go. */
  const releaseOld = (current: ReadonlySet<KeptRows>): void => {
    for (const rows of kept) {
      if (current.has(rows) || previous.has(rows)) continue;
      rows.release();
      kept.delete(rows);
    }
    previous = current;
  };

  return {
    record: (sql) => statements.push(sql),
    listUnread: () => Array.from(unread, ([table, reason]) => ({ table, reason })),
    async read(stop) {
      const touched = schema && dialect.rows.findTouched(statements, schema);
      const managed = new Set(stop.schema.tables.map(({ name }) => name));
      const counters = await dialect.rows.readCounters(connection);
      const found = new Map<string, Known>();
      for (const holder of stop.holders) {
        const { name, columns, key } = holder;
        const isManaged = managed.has(name);
        const old = isManaged ? recall(holder, touched) : undefined;
        const rows = old?.table.rows ?? (await readAnew(holder, isManaged));
        if (!rows) continue;
        kept.add(rows);
        const counter = counters.get(name);
        const isSame = old?.table.counter === counter;
        const table = old && isSame ? old.table : { columns, key, rows, ...(counter !== undefined && { counter }) };
        found.set(name, { holder, table });
      }
      known = found;
      schema = stop.schema;
      statements = [];
      releaseOld(new Set(Array.from(found.values(), ({ table }) => table.rows)));
      return new Map(Array.from(found, ([name, { table }]) => [name, table]));
    },
    release: () => {
      for (const rows of kept) rows.release();
      kept.clear();
    },
  };
}
