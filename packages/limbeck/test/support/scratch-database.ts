import { COUNT_BROKEN_REFERENCES } from "./count-broken-references.ts";
import type { Connection } from "../../src/dialect/connection.ts";
import type { Statement } from "../../src/dialect/statement.ts";
import { applyOperation } from "../../src/ops/apply/apply-operation.ts";
import { dispatchOperation, type Operation, type SqlValue } from "../../src/ops/operation.ts";
import type { Schema } from "../../src/schema/model/schema.ts";
import { sqlite } from "../../src/dialects/sqlite/index.ts";
import { splitStatements } from "../../src/dialects/sqlite/parse/split-statements.ts";

/** An in-memory database for tests, with operations run on it as a revision would. */
export interface ScratchDatabase {
  readonly connection: Connection;
  /** The version that operations are compiled for. */
  readonly serverVersion: string;
  /** Runs one operation in a transaction of its own; rolls it back and throws when a statement fails or a guard fires. */
  readonly run: (operation: Operation, checks?: "check references" | "check nothing") => Promise<readonly Statement[]>;
  readonly introspect: () => Promise<Schema>;
  readonly rows: (sql: string) => Promise<readonly (readonly SqlValue[])[]>;
}

async function runStatement(connection: Connection, { sql, parameters, guard }: Statement): Promise<void> {
  if (guard === undefined) {
    await connection.execute(sql, parameters);
    return;
  }
  const [finding] = await connection.query(sql, parameters);
  if (finding) throw new Error(`${guard}: ${JSON.stringify(finding)}`);
}

async function readViolations(connection: Connection): Promise<string> {
  return JSON.stringify(await connection.query(COUNT_BROKEN_REFERENCES));
}

async function runInTransaction(
  connection: Connection,
  statements: readonly Statement[],
  checkReferences: boolean,
): Promise<void> {
  const { prologue, begin, commit, rollback, epilogue } = sqlite.transaction;
  for (const statement of [...prologue, begin]) await runStatement(connection, statement);
  try {
    for (const statement of statements) await runStatement(connection, statement);
    const violations = checkReferences ? await readViolations(connection) : "[]";
    if (violations !== "[]") throw new Error(`broken foreign keys: ${violations}`);
    await runStatement(connection, commit);
  } catch (error) {
    await runStatement(connection, rollback);
    throw error;
  } finally {
    for (const statement of epilogue) await runStatement(connection, statement);
  }
}

/**
 * Opens an empty database and runs a script on it.
 *
 * @param serverVersion the version to compile for; default that of the engine itself
 */
export async function openScratchDatabase(script: string, serverVersion?: string): Promise<ScratchDatabase> {
  const connection = await sqlite.openScratch();
  for (const { sql } of splitStatements(script)) await connection.execute(sql);
  const introspect = async (): Promise<Schema> => (await sqlite.introspect(connection)).schema;
  const version = serverVersion ?? connection.serverVersion;
  return {
    connection,
    serverVersion: version,
    introspect,
    async run(operation, checks = "check references") {
      const before = await introspect();
      const after = applyOperation(operation, before);
      const statements = dispatchOperation(sqlite.compile, operation, { before, after, serverVersion: version });
      await runInTransaction(connection, statements, checks === "check references");
      return statements;
    },
    async rows(sql) {
      return (await connection.query(sql)).map((row) => Object.values(row));
    },
  };
}
