import type { Table } from "../../schema/model/table.ts";
import { findTable } from "../../schema/model/schema.ts";
import { fillTables, type UnfilledTable } from "../rows/fill-tables.ts";
import type { Random } from "../rows/random.ts";
import { readRows, type RowSnapshot } from "../rows/read-rows.ts";
import { runSteps, type LoadedStep, type RunContext } from "../run-steps.ts";
import type { TrialStop } from "./trial-stop.ts";

/** Where the values of generated rows come from; shared by all databases of one test, so that no value comes twice. */
export interface ValueSource {
  readonly random: Random;
  readonly nextSerial: () => number;
}

/** Which rows are added to a database. */
export interface FillOptions {
  /** Also tables that have rows get some when they are not as they were here. */
  readonly since?: TrialStop;
  /** Rows in which everything is given, and nothing else. */
  readonly isComplete: boolean;
}

/** A throw-away database on which revisions are tried. */
export interface TrialDatabase {
  /** Runs one step in its transaction. @throws LimbeckError as the run on a real database would; nothing of the step stays */
  readonly run: (step: LoadedStep) => Promise<void>;
  readonly look: () => Promise<TrialStop>;
  readonly readRows: (stop: TrialStop) => Promise<RowSnapshot>;
  /** Adds rows to tables that have none, and to those that changed. @returns tables that no row could be made for */
  readonly fill: (stop: TrialStop, options: FillOptions) => Promise<readonly UnfilledTable[]>;
  readonly readHeads: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

/** How many rows a table is given at a time. */
const ROWS = 5;

async function countRows({ dialect, connection }: RunContext, table: Table): Promise<number> {
  const sql = `SELECT count(*) AS "count" FROM ${dialect.quoteIdentifier(table.name)}`;
  return Number((await connection.query(sql))[0]?.["count"] ?? 0);
}

const isSame = (a: Table, b: Table | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

async function fill(
  context: RunContext,
  values: ValueSource,
  { schema }: TrialStop,
  { since, isComplete }: FillOptions,
): Promise<readonly UnfilledTable[]> {
  const { dialect, connection } = context;
  // Constraints are to be on, as they are for an application.
  for (const { sql } of dialect.transaction.epilogue) await connection.execute(sql);
  const wanted = new Map<Table, number>();
  for (const table of schema.tables) {
    const isChanged = since !== undefined && !isSame(table, findTable(since.schema, table.name));
    if (isChanged || (await countRows(context, table)) === 0) wanted.set(table, ROWS);
  }
  return fillTables({
    ...values,
    dialect,
    connection,
    schema,
    countRows: (table) => wanted.get(table) ?? 0,
    isComplete,
  });
}

/**
 * Makes a database for trials of a connection that belongs to it alone.
 *
 * @param context of the runs; its connection is closed with the database
 */
export function createTrialDatabase(context: RunContext, values: ValueSource): TrialDatabase {
  const { dialect, connection, versions } = context;
  return {
    run: (step) => runSteps([step], context),
    look: async () => ({
      schema: versions.withoutVersionTable((await dialect.introspect(connection)).schema),
      fingerprint: await dialect.takeFingerprint(connection),
    }),
    readRows: ({ schema }) => readRows(connection, dialect, schema),
    fill: (stop, options) => fill(context, values, stop, options),
    readHeads: () => versions.readHeads(connection),
    close: () => connection.close(),
  };
}
