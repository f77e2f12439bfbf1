import type { Connection } from "../../dialect/connection.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import type { HeldRow, RowHolder } from "../../dialect/row-rules.ts";
import { hashText } from "../../kernel/hash-text.ts";
import { createRowKeeper, type KeptRows, type Split } from "./kept-rows.ts";

/** The rows of one table at one moment. */
export interface TableRows {
  readonly columns: readonly string[];
  /** The columns that tell its rows apart; empty where none do. */
  readonly key: readonly string[];
  readonly rows: KeptRows;
  /** How far the table had counted, where it numbers its rows. */
  readonly counter?: string;
}

/** The rows of everything that holds some at one moment, by name. */
export type RowSnapshot = ReadonlyMap<string, TableRows>;

/** What tells a row from the others of its table; made from the values in the order of `columns`. */
export function createKeyReader({ columns, key }: Pick<TableRows, "columns" | "key">): (row: HeldRow) => string {
  const places = key.map((name) => columns.indexOf(name));
  return ({ values }) => JSON.stringify(places.map((place) => values[place]));
}

/** Splits rows by what tells them apart. */
export function splitByKey(table: Pick<TableRows, "columns" | "key">): Split {
  const read = createKeyReader(table);
  return { name: `key ${table.key.join("\n")}`, choose: (row) => hashText(read(row)) };
}

/** Splits rows by their place. */
export const SPLIT_BY_PLACE: Split = { name: "place", choose: ({ place }) => place };

/**
 * Reads the rows of one holder; rows of tables with a key are split by it when they are many, others by their place.
 *
 * @throws what the engine says when it cannot read them
 */
export async function readHolder(
  connection: Connection,
  { rows }: Pick<Dialect, "rows">,
  holder: RowHolder,
): Promise<KeptRows> {
  const keeper = createRowKeeper(holder.key.length > 0 ? splitByKey(holder) : SPLIT_BY_PLACE);
  let place = 0;
  for await (const page of rows.readPages(connection, holder)) {
    for (const row of page) {
      keeper.add({ ...row, place });
      place += 1;
    }
  }
  return keeper.finish();
}

/** Reads the rows of everything that holds some. */
export async function readRows(
  connection: Connection,
  dialect: Pick<Dialect, "rows">,
  holders: readonly RowHolder[],
): Promise<RowSnapshot> {
  const counters = await dialect.rows.readCounters(connection);
  const snapshot = new Map<string, TableRows>();
  for (const holder of holders) {
    const { name, columns, key } = holder;
    const counter = counters.get(name);
    const rows = await readHolder(connection, dialect, holder);
    snapshot.set(name, { columns, key, rows, ...(counter !== undefined && { counter }) });
  }
  return snapshot;
}
