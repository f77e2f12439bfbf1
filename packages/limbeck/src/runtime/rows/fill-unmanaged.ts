import type { Connection } from "../../dialect/connection.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import type { RowHolder } from "../../dialect/row-rules.ts";
import { insertRow, type UnfilledTable } from "./fill-tables.ts";
import { makeValue } from "./make-value.ts";
import { readHolder } from "./read-rows.ts";
import type { ColumnType } from "../../schema/model/column-type.ts";

/** What is filled, and what with. */
export interface FillUnmanagedRequest {
  readonly dialect: Dialect;
  readonly connection: Connection;
  /** Of each the columns are known, and nothing else. */
  readonly holders: readonly RowHolder[];
  readonly nextSerial: () => number;
}

/** What columns may want that nothing is known of; the first that is taken counts. */
const TYPES: readonly ColumnType[] = [{ kind: "text" }, { kind: "integer" }];

/** How many rows are made. */
const ROWS = 2;

/** Makes rows of values of one type. @throws what the engine says when it does not take them, or does not give them back */
async function tryType(request: FillUnmanagedRequest, holder: RowHolder, type: ColumnType): Promise<void> {
  const { dialect, connection, nextSerial } = request;
  const { begin, commit, rollback } = dialect.transaction;
  await connection.execute(begin.sql);
  try {
    for (let row = 0; row < ROWS; row += 1) {
      const value = makeValue(type, nextSerial());
      await insertRow(request, holder.name, Object.fromEntries(holder.columns.map((name) => [name, value])));
    }
    await readHolder(connection, dialect, holder);
    await connection.execute(commit.sql);
  } catch (error) {
    await connection.execute(rollback.sql).catch(() => 0);
    throw error;
  }
}

/**
 * Puts rows into what holds some and is no table of the schema, such as virtual tables: what they may be is found out by trial.
 *
 * @returns what got none
 */
export async function fillUnmanaged(request: FillUnmanagedRequest): Promise<readonly UnfilledTable[]> {
  const unfilled: UnfilledTable[] = [];
  for (const holder of request.holders) {
    let reason: string | undefined;
    for (const type of TYPES) {
      try {
        await tryType(request, holder, type);
        reason = undefined;
        break;
      } catch (error) {
        reason ??= request.dialect.describeDatabaseError(error);
      }
    }
    if (reason !== undefined) unfilled.push({ table: holder.name, reason });
  }
  return unfilled;
}
