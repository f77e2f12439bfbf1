import type { Connection } from "../../dialect/connection.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import { findTable } from "../../schema/model/schema.ts";
import type { Table } from "../../schema/model/table.ts";
import { fillTables, type UnfilledTable } from "../rows/fill-tables.ts";
import { fillUnmanaged } from "../rows/fill-unmanaged.ts";
import type { Random } from "../rows/random.ts";
import type { RowSnapshot } from "../rows/read-rows.ts";
import type { LoadedStep, RunContext } from "../run-context.ts";
import { runSteps } from "../run-steps.ts";
import type { VersionStore } from "../version-store.ts";
import { recordStatements } from "./record-statements.ts";
import { createRowWatcher } from "./row-watcher.ts";
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
  /** Some values are of another kind than their column promises, as far as the engine lets them in. Default false. */
  readonly isOdd?: boolean;
  /** Values are of the types that the columns had at `since`, so that a way back takes them. Default false. */
  readonly isFormer?: boolean;
}

/** A throw-away database on which revisions are tried. */
export interface TrialDatabase {
  /** Runs one step in its transaction. @throws LimbeckError as the run on a real database would; nothing of the step stays */
  readonly run: (step: LoadedStep) => Promise<void>;
  /** The statements of the last step that ran. */
  readonly listRan: () => readonly string[];
  readonly look: () => Promise<TrialStop>;
  /** Reads all rows. A snapshot can be compared until the second one after it is taken. */
  readonly readRows: (stop: TrialStop) => Promise<RowSnapshot>;
  /** What holds rows that could not be read. */
  readonly listUnread: () => readonly UnfilledTable[];
  /** Adds rows to tables that have none, and to those that changed. @returns tables that no row could be made for */
  readonly fill: (stop: TrialStop, options: FillOptions) => Promise<readonly UnfilledTable[]>;
  /** What the database is reached through, to copy it. */
  readonly connection: Connection;
  readonly close: () => Promise<void>;
}

/** How many rows a table is given at a time. */
const ROWS = 5;

const isSame = (a: Table, b: Table | undefined): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

interface Filling {
  readonly dialect: Dialect;
  /** Where the rows go. */
  readonly connection: Connection;
  readonly values: ValueSource;
  /** What is there already. */
  readonly rows: RowSnapshot;
}

async function fill(
  { dialect, connection, values, rows }: Filling,
  { schema, holders }: TrialStop,
  { since, isComplete, isOdd = false, isFormer = false }: FillOptions,
): Promise<readonly UnfilledTable[]> {
  // Constraints are to be on, as they are for an application.
  for (const { sql } of dialect.transaction.epilogue) await connection.execute(sql);
  const isEmpty = (name: string): boolean => rows.get(name)?.rows.count === 0;
  const isWanted = (table: Table): boolean =>
    isEmpty(table.name) || (since !== undefined && !isSame(table, findTable(since.schema, table.name)));
  const wanted = new Set(schema.tables.filter(isWanted));
  const unfilled = await fillTables({
    ...values,
    dialect,
    connection,
    schema,
    countRows: (table) => (wanted.has(table) ? ROWS : 0),
    isComplete,
    isOdd,
    former: isFormer ? since?.schema : undefined,
  });
  const former = holders.filter(({ name, formerOf }) => formerOf !== undefined && isEmpty(name));
  for (const holder of former) await dialect.rows.makeFormerRows?.(connection, holder);
  const others = holders.filter(
    ({ name, formerOf }) => formerOf === undefined && isEmpty(name) && !findTable(schema, name),
  );
  return [...unfilled, ...(await fillUnmanaged({ ...values, dialect, connection, holders: others }))];
}

async function readStop(
  connection: Connection,
  reader: ReturnType<Dialect["createSchemaReader"]>,
  dialect: Dialect,
  versions: VersionStore,
): Promise<TrialStop> {
  const { schema: whole, unmanaged } = await reader.introspect();
  const schema = versions.withoutOwnTables(whole);
  return {
    schema,
    fingerprint: await reader.takeFingerprint(),
    holders: await dialect.rows.listHolders(connection, schema, unmanaged),
  };
}

/**
 * Makes a database for trials of a connection that belongs to it alone.
 *
 * @param connection is closed with the database
 * @param createContext what revisions run with on a connection
 */
export function createTrialDatabase(
  connection: Connection,
  createContext: (connection: Connection) => RunContext,
  values: ValueSource,
): TrialDatabase {
  const statements: string[] = [];
  const recorded = recordStatements(connection, (sql) => statements.push(sql));
  const context = createContext(recorded);
  const { dialect, versions } = context;
  const rows = createRowWatcher(connection, dialect, () => statements.splice(0));
  const reader = dialect.createSchemaReader(connection);
  let ran: readonly string[] = [];
  // Only a step changes the schema.
  let stop: TrialStop | undefined;
  return {
    connection,
    async run(step) {
      stop = undefined;
      const start = statements.length;
      await runSteps([step], context);
      ran = statements.slice(start);
    },
    listRan: () => ran,
    look: async () => (stop ??= await readStop(connection, reader, dialect, versions)),
    readRows: (at) => rows.read(at),
    listUnread: () => rows.listUnread(),
    fill: async (at, options) =>
      fill({ dialect, connection: recorded, values, rows: await rows.read(at) }, at, options),
    async close() {
      rows.release();
      await connection.close();
    },
  };
}
