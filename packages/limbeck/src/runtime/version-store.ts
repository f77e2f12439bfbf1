import { foldName } from "../kernel/fold-name.ts";
import type { Connection } from "../dialect/connection.ts";
import type { Dialect } from "../dialect/dialect.ts";
import type { Statement } from "../dialect/statement.ts";
import type { VersionRowAction } from "../graph/revision-plan.ts";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { reachErrors } from "../kernel/errors/reach-errors.ts";
import { executionErrors } from "../kernel/errors/execution-errors.ts";
import { dispatchOperation } from "../ops/operation.ts";
import { withoutParkedTables } from "../ops/soft-delete/parked-table.ts";
import { EMPTY_SCHEMA, type Schema } from "../schema/model/schema.ts";
import type { Table } from "../schema/model/table.ts";
import { createIfMissing } from "./create-if-missing.ts";
import { GuardFinding, type StatementSink } from "./statement-sink.ts";

/** The table that says where a database stands: one row per head, as Alembic keeps it. */
function describeVersionTable(name: string): Table {
  return {
    name,
    columns: [{ name: "version_num", type: { kind: "varchar", length: 32 }, nullable: false }],
    constraints: [{ kind: "primaryKey", name: `${name}_pkc`, columns: ["version_num"] }],
    indexes: [],
  };
}

/** Reads and moves the version rows of one database. */
export interface VersionStore {
  /** The revisions that the version table names; empty when there is no table. @throws ConnectionError (versionTableUnreadable) */
  readHeads(connection: Connection): Promise<readonly string[]>;
  /** The statements that create the version table. */
  createTable(serverVersion: string): readonly Statement[];
  /** The statement that carries out one action. */
  compileAction(action: VersionRowAction): Statement;
  /** The statements that create the version table where there is none, for a script that may meet the one which a way back to base has left. */
  ensureTable(serverVersion: string): readonly Statement[];
  /** A guard that fires when the version table names a revision. */
  expectNoRow(): Statement;
  /** Whether a table of that name is the version table, the journal, or that of the lock. */
  isOwnTable(name: string): boolean;
  /** A guard that fires when the database does not stand at a revision. */
  expectRow(revision: string): Statement;
  /** Takes the tables of the tool and those of parked rows out of a schema that was read from a database. */
  withoutOwnTables(schema: Schema): Schema;
}

/**
 * Makes the store for a version table.
 *
 * @param tableName for example `limbeck_version`
 * @param historyName the journal, which is no more a part of the schema than the version table is
 */
export function createVersionStore(dialect: Dialect, tableName: string, historyName: string): VersionStore {
  const table = dialect.quoteIdentifier(tableName);
  const column = dialect.quoteIdentifier("version_num");
  const fold = (name: string): string => (dialect.diffRules.foldTableNames ? foldName(name) : name);
  const lockName = dialect.nameLockTable?.(tableName);
  const own = new Set([tableName, historyName, ...(lockName === undefined ? [] : [lockName])].map(fold));
  const isOwnTable = (name: string): boolean => own.has(fold(name));
  const createTable = (serverVersion: string): readonly Statement[] =>
    dispatchOperation(
      dialect.compile,
      { kind: "createTable", table: describeVersionTable(tableName) },
      { before: EMPTY_SCHEMA, after: EMPTY_SCHEMA, serverVersion },
    );
  return {
    isOwnTable,
    createTable,
    ensureTable: (serverVersion) => createIfMissing(createTable(serverVersion)),
    expectNoRow: () => ({
      guard: "the database does not stand at base",
      sql: `SELECT ${column} AS revision FROM ${table}`,
    }),
    async readHeads(connection) {
      if (!(await dialect.hasTable(connection, tableName))) return [];
      const rows = await connection
        .query(`SELECT ${column} AS revision FROM ${table} ORDER BY ${column}`)
        .catch((error: unknown) => {
          if (error instanceof LimbeckError) throw error;
          const message = dialect.describeDatabaseError(error);
          throw reachErrors.versionTableUnreadable({ table: tableName, url: connection.description, message }, error);
        });
      return rows.flatMap(({ revision }) => (typeof revision === "string" ? revision : []));
    },
    compileAction: (action) => {
      const literal = dialect.quoteLiteral;
      if (action[0] === "insert") return { sql: `INSERT INTO ${table} (${column}) VALUES (${literal(action[1])})` };
      if (action[0] === "delete") return { sql: `DELETE FROM ${table} WHERE ${column} = ${literal(action[1])}` };
      return { sql: `UPDATE ${table} SET ${column} = ${literal(action[2])} WHERE ${column} = ${literal(action[1])}` };
    },
    expectRow: (revision) => ({
      guard: `the database does not stand at ${revision}`,
      sql:
        `SELECT ${dialect.quoteLiteral(revision)} AS ${dialect.quoteIdentifier("expected")} ` +
        `WHERE NOT EXISTS (SELECT 1 FROM ${table} WHERE ${column} = ${dialect.quoteLiteral(revision)})`,
    }),
    withoutOwnTables: (schema) =>
      withoutParkedTables({
        ...schema,
        tables: schema.tables.filter(({ name }) => !isOwnTable(name)),
        // Rights on it, for example.
        objects: schema.objects.filter(({ table: owner }) => owner === undefined || !isOwnTable(owner)),
      }),
  };
}

/**
 * Makes sure that the rows a step moves are there, before anything of it runs: a script may be given to any database.
 *
 * @throws ExecutionError when one is not
 */
export async function requireVersionRows(
  store: VersionStore,
  sink: StatementSink,
  step: { readonly revision: string; readonly versionRows: readonly VersionRowAction[] },
): Promise<void> {
  for (const [action, expected] of step.versionRows) {
    if (action === "insert") continue;
    try {
      await sink.run(store.expectRow(expected));
    } catch (error) {
      if (error instanceof GuardFinding)
        throw executionErrors.databaseMoved({ revision: step.revision, expected, action });
      throw error;
    }
  }
}

/**
 * Moves the version rows by one step, each action touching exactly one row.
 *
 * @param run runs a statement and tells how many rows it changed
 * @throws ExecutionError when a row is not there: somebody else moved it
 */
export async function moveVersionRows(
  store: VersionStore,
  run: (statement: Statement) => Promise<number>,
  step: { readonly revision: string; readonly versionRows: readonly VersionRowAction[] },
): Promise<void> {
  for (const action of step.versionRows) {
    const changed = await run(store.compileAction(action));
    if (changed !== 1) {
      throw executionErrors.databaseMoved({ revision: step.revision, expected: action[1], action: action[0] });
    }
  }
}
