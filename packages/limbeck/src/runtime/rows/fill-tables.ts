import type { Connection, Row } from "../../dialect/connection.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import { LimbeckError } from "../../kernel/errors/limbeck-error.ts";
import { dispatchOperation, type SqlValue } from "../../ops/operation.ts";
import { EMPTY_SCHEMA, findTable, type Schema } from "../../schema/model/schema.ts";
import { findPrimaryKey, listParents, type Table } from "../../schema/model/table.ts";
import { composeRow, type KeyChoice, type RowShape } from "./compose-row.ts";
import { findColumnValues } from "./list-values.ts";
import { orderTables } from "./order-tables.ts";
import type { Random } from "./random.ts";
import { satisfyChecks } from "./satisfy-checks.ts";
import { listConditions } from "./suggest-values.ts";

/** A table that no row could be made for. */
export interface UnfilledTable {
  readonly table: string;
  /** Why the last attempt was refused, in the engine's words. */
  readonly reason: string;
}

/** Where rows go, and what they are made with. */
export interface FillRequest {
  readonly dialect: Dialect;
  readonly connection: Connection;
  readonly schema: Schema;
  /** How many rows a table is to be given. */
  readonly countRows: (table: Table) => number;
  /** Rows in which everything is given, and nothing else. Default false: some have as little in them as possible. */
  readonly isComplete?: boolean;
  /** Some values are of another kind than their column promises, as far as the engine lets them in. Default false. */
  readonly isOdd?: boolean;
  /** What was there before: values are of the types that the columns had there. Default: of those that they have. */
  readonly former?: Schema | undefined;
  readonly random: Random;
  /** A number that was not given before; values are made from it. */
  readonly nextSerial: () => number;
}

/** A table whose columns are of the types that they had before. */
function giveFormerTypes(table: Table, former: Schema | undefined): Table {
  const before = former && findTable(former, table.name);
  if (!before) return table;
  const types = new Map(before.columns.map(({ name, type }) => [name, type]));
  return {
    ...table,
    columns: table.columns.map((column) => ({ ...column, type: types.get(column.name) ?? column.type })),
  };
}

/** How often a row is tried before a table is given up. */
const ATTEMPTS = 60;

/** After half of the attempts, numbers far from those before: a revision may have filled the table with the first hundreds. */
const skipTaken = (refusals: number): number => (refusals < ATTEMPTS / 2 ? 0 : refusals * 997);

/** How often the checks of a table are searched for values that keep them. */
const SEARCHES = 3;

const SHAPES: readonly RowShape[] = ["full", "sparse"];

async function readKeys({ dialect, connection, schema }: FillRequest, table: Table): Promise<readonly KeyChoice[]> {
  const choices: KeyChoice[] = [];
  for (const key of table.constraints) {
    if (key.kind !== "foreignKey") continue;
    const parent = findTable(schema, key.references.table);
    const named = key.references.columns;
    const target = named.length > 0 ? named : ((parent && findPrimaryKey(parent)?.columns) ?? []);
    const columns = target.map((column) => dialect.quoteIdentifier(column)).join(", ");
    const sql = `SELECT ${columns} FROM ${dialect.quoteName(key.references.table)}`;
    const rows: readonly Row[] = parent && target.length > 0 ? await connection.query(sql) : [];
    choices.push({ key, target, rows });
  }
  return choices;
}

/** Inserts a row. @throws what the engine says when it refuses it */
export async function insertRow(
  { dialect, connection }: Pick<FillRequest, "dialect" | "connection">,
  table: string,
  row: Readonly<Record<string, SqlValue>>,
): Promise<void> {
  const context = { before: EMPTY_SCHEMA, after: EMPTY_SCHEMA, serverVersion: connection.serverVersion };
  for (const { sql, parameters } of dispatchOperation(
    dialect.compile,
    { kind: "bulkInsert", table, rows: [row] },
    context,
  )) {
    await connection.execute(sql, parameters);
  }
}

/** Tries until the engine takes a row. @returns why the last one was refused; undefined when one was taken */
async function tryRow(request: FillRequest, table: Table, shape: RowShape): Promise<string | undefined> {
  const keys = await readKeys(request, table);
  const conditions = listConditions(table, request.dialect);
  const shaped = giveFormerTypes(table, request.former);
  let reason = "";
  for (let refusals = 0; refusals < ATTEMPTS; refusals += 1) {
    // A row that says everything, or as little as possible, may be one that cannot be.
    const { random, isComplete, isOdd = false } = request;
    const tried = isComplete || refusals < ATTEMPTS / 4 ? shape : "mixed";
    const serial = request.nextSerial() + skipTaken(refusals);
    const values = await findColumnValues(shaped, serial, request);
    const draft = composeRow({
      table,
      keys,
      values,
      conditions,
      shape: tried,
      isOdd,
      refusals,
      serial,
      random,
    });
    // A search that has failed a few times is for something that is not there.
    const row = refusals < SEARCHES ? await satisfyChecks(draft, { ...request, table, values, conditions }) : draft;
    try {
      await insertRow(request, table.name, row);
      return undefined;
    } catch (error) {
      reason = error instanceof LimbeckError ? error.title : request.dialect.describeDatabaseError(error);
    }
  }
  return reason;
}

/**
 * Puts rows into tables as an application would, constraints and triggers on: what one row may be is found out by trial.
 *
 * @returns the tables that got none, although they were to get some
 */
export async function fillTables(request: FillRequest): Promise<readonly UnfilledTable[]> {
  const unfilled: UnfilledTable[] = [];
  // A table with the columns of another one gets its rows through that, or none.
  const wantedTables = request.schema.tables.filter(
    (table) => request.countRows(table) > 0 && listParents(table).length === 0,
  );
  for (const table of orderTables(wantedTables)) {
    const wanted = request.countRows(table);
    let made = 0;
    let reason: string | undefined;
    for (let row = 0; row < wanted && reason === undefined; row += 1) {
      reason = await tryRow(request, table, request.isComplete ? "full" : (SHAPES[row] ?? "mixed"));
      if (reason === undefined) made += 1;
    }
    if (made === 0 && reason !== undefined) unfilled.push({ table: table.name, reason });
  }
  return unfilled;
}
