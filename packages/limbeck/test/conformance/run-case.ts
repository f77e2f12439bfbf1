import { isDeepStrictEqual } from "node:util";
import { expect } from "vitest";
import { buildSchemaOn } from "../../src/dialect/build-schema-on.ts";
import type { Connection } from "../../src/dialect/connection.ts";
import type { Dialect } from "../../src/dialect/dialect.ts";
import { diffSchema } from "../../src/diff/diff-schema.ts";
import { applyOperations, isOpaque } from "../../src/ops/apply/apply-operation.ts";
import { describeOperation } from "../../src/ops/describe/describe-operation.ts";
import type { Operation, SqlValue } from "../../src/ops/operation.ts";
import { canReverse, reverseOperation } from "../../src/ops/reverse/reverse-operation.ts";
import type { Operations } from "../../src/runtime/operations.ts";
import { runRevisionFunction } from "../../src/runtime/run-revision.ts";
import { trackSchema } from "../../src/runtime/schema-tracker.ts";
import { createConnectionSink } from "../../src/runtime/statement-sink.ts";
import { buildSchema } from "../../src/schema/builder/build-schema.ts";
import { DEFAULT_NAMING_CONVENTION } from "../../src/schema/builder/naming-convention.ts";
import type { Schema } from "../../src/schema/model/schema.ts";
import type { CaseRows, ConformanceCase } from "./conformance-case.ts";
import type { Engine, RunningEngine, TestDatabase } from "./engine.ts";

/** An engine as a case needs it. */
type OpenEngine = Pick<Engine, "dialect"> & Pick<RunningEngine, "open">;

/** Runs code in a transaction as the runner does. @returns the operations that it asked for */
async function runInTransaction(
  connection: Connection,
  dialect: Dialect,
  code: (op: Operations) => Promise<void>,
): Promise<readonly Operation[]> {
  const { prologue, begin, commit, epilogue } = dialect.transaction;
  const operations: Operation[] = [];
  for (const { sql } of [...prologue, begin]) await connection.execute(sql);
  await runRevisionFunction(
    { revision: "c1", direction: "upgrade", path: import.meta.filename, run: code },
    {
      dialect,
      connection,
      serverVersion: connection.serverVersion,
      sink: createConnectionSink(connection),
      tracker: trackSchema(dialect, connection),
      convention: DEFAULT_NAMING_CONVENTION,
      onOperation: async (operation) => {
        operations.push(operation);
      },
    },
  );
  for (const { sql } of [commit, ...epilogue]) await connection.execute(sql);
  return operations;
}

const invokeAll =
  (operations: readonly Operation[]) =>
  async (op: Operations): Promise<void> => {
    for (const operation of operations) await op.invoke(operation);
  };

async function readRows(connection: Connection, { quoteIdentifier }: Dialect, table: string) {
  return connection.query(`SELECT * FROM ${quoteIdentifier(table)} ORDER BY 1`);
}

/** The rows as they are expected, whatever else the table holds: defaults and generated columns are not written down in a case. */
async function expectRows(connection: Connection, dialect: Dialect, all: CaseRows): Promise<void> {
  for (const [table, expected] of Object.entries(all)) {
    const rows = await readRows(connection, dialect, table);
    expect({ table, rows }).toMatchObject({
      table,
      rows: expected.map((row): Readonly<Record<string, SqlValue>> => row),
    });
  }
}

/** The schema as the engine itself says it after having created it in an empty database. */
async function spell(schema: Schema, { dialect, open }: OpenEngine): Promise<Schema> {
  const database = await open();
  try {
    await buildSchemaOn(database.connection, dialect, schema);
    return (await dialect.introspect(database.connection)).schema;
  } finally {
    await database.close();
  }
}

const describeDiff = (found: Schema, expected: Schema, dialect: Dialect): readonly string[] =>
  diffSchema(found, expected, dialect.diffRules).map(describeOperation);

/**
 * Runs a case on an engine: what the change does to the database is what `applyOperation` says, a second look finds nothing left to do, its reverse gives back
 * exactly what was there, by the word of the vendor's own tool too, and rows stay.
 *
 * @returns the operations that the change consists of
 */
export async function runConformanceCase(
  one: ConformanceCase,
  engine: OpenEngine,
  database: TestDatabase,
): Promise<readonly Operation[]> {
  const { dialect } = engine;
  await database.clear();
  const { connection } = database;
  await buildSchemaOn(connection, dialect, buildSchema(one.start, DEFAULT_NAMING_CONVENTION));
  const rows = one.rows ?? {};
  await runInTransaction(connection, dialect, async (op) => {
    for (const [table, own] of Object.entries(rows)) await op.bulkInsert(table, own);
  });
  const before = (await dialect.introspect(connection)).schema;
  const dump = await database.dump();
  const second = await database.secondDump?.();

  const operations = await runInTransaction(connection, dialect, one.change);
  const { schema: after, unmanaged } = await dialect.introspect(connection);
  expect(unmanaged).toEqual([]);
  // A rename that reaches into a text is for the engine to spell.
  if (!operations.some((operation) => isOpaque(operation, before))) {
    const expected = await spell(applyOperations(operations, before), engine);
    expect(describeDiff(after, expected, dialect)).toEqual([]);
    expect(describeDiff(expected, after, dialect)).toEqual([]);
  }
  await expectRows(connection, dialect, one.after ?? rows);
  if (database.secondDump) {
    const [changed, secondChanged] = [await database.dump(), await database.secondDump()];
    expect(isDeepStrictEqual(secondChanged, second)).toBe(isDeepStrictEqual(changed, dump));
  }

  if (!operations.every(canReverse)) return operations;
  const back = operations.toReversed().map(reverseOperation);
  await runInTransaction(connection, dialect, invokeAll(back));
  expect(describeDiff((await dialect.introspect(connection)).schema, before, dialect)).toEqual([]);
  expect(await database.dump()).toEqual(dump);
  expect(await database.secondDump?.()).toEqual(second);
  return operations;
}
