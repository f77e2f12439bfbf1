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

const isSameHolder = (a: RowHolder, b: RowHolder): boolean =>
  a.rowNumber === b.rowNumber && a.columns.join("\n") === b.columns.join("\n") && a.key.join("\n") === b.key.join("\n");

/** Keeps the rows of the last two snapshots, and lets go of all others. */
function createShelf(): { readonly put: (current: ReadonlySet<KeptRows>) => void; readonly clear: () => void } {
  const kept = new Set<KeptRows>();
  let previous: ReadonlySet<KeptRows> = new Set();
  const clear = (wanted: ReadonlySet<KeptRows> = new Set()): void => {
    for (const rows of kept.difference(wanted)) {
      rows.release();
      kept.delete(rows);
    }
  };
  return {
    put(current) {
      for (const rows of current) kept.add(rows);
      clear(current.union(previous));
      previous = current;
    },
    clear: () => clear(),
  };
}

/**
 * Makes a watcher.
 *
 * @param connection to read through, so that what it asks itself is not recorded
 * @param takeStatements gives the statements since it was called last
 */
export function createRowWatcher(
  connection: Connection,
  dialect: Dialect,
  takeStatements: () => readonly string[],
): RowWatcher {
  let schema: Schema | undefined;
  let known = new Map<string, Known>();
  const shelf = createShelf();
  const unread = new Map<string, string>();

  const recall = (holder: RowHolder, touched: ReadonlySet<string> | undefined): Known | undefined => {
    const before = known.get(holder.name);
    return touched?.has(holder.formerOf ?? holder.name) === false && before && isSameHolder(before.holder, holder)
      ? before
      : undefined;
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

  return {
    listUnread: () => Array.from(unread, ([table, reason]) => ({ table, reason })),
    async read(stop) {
      const statements = takeStatements();
      const touched = schema && dialect.rows.findTouched(statements, schema);
      const managed = new Set(stop.schema.tables.map(({ name }) => name));
      const counters = await dialect.rows.readCounters(connection);
      const found = new Map<string, Known>();
      for (const holder of stop.holders) {
        const { name, columns, key, formerOf } = holder;
        const isManaged = managed.has(formerOf ?? name);
        const old = isManaged ? recall(holder, touched) : undefined;
        const rows = old?.table.rows ?? (await readAnew(holder, isManaged));
        if (!rows) continue;
        const counter = counters.get(name);
        const isCountedAlike = old?.table.counter === counter;
        const table =
          isCountedAlike && old ? old.table : { columns, key, rows, ...(counter !== undefined && { counter }) };
        found.set(name, { holder, table });
      }
      known = found;
      schema = stop.schema;
      const snapshot = new Map(Array.from(found, ([name, { table }]) => [name, table]));
      shelf.put(new Set(Array.from(snapshot.values(), ({ rows }) => rows)));
      return snapshot;
    },
    release: shelf.clear,
  };
}
