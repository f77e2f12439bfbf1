import { deepStrictEqual } from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { deserialize, serialize } from "node:v8";
import { buildSchemaOn } from "../../dialect/build-schema-on.ts";
import type { Connection } from "../../dialect/connection.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import { diffSchema } from "../../diff/diff-schema.ts";
import { applyOperations, isOpaque } from "../../ops/apply/apply-operation.ts";
import { describeOperation } from "../../ops/describe/describe-operation.ts";
import type { Operation } from "../../ops/operation.ts";
import { withoutParkedTables } from "../../ops/soft-delete/parked-table.ts";
import { canReverse, reverseOperation } from "../../ops/reverse/reverse-operation.ts";
import type { Operations } from "../../runtime/operations.ts";
import { runRevisionFunction } from "../../runtime/run-revision.ts";
import { trackSchema } from "../../runtime/schema-tracker.ts";
import { createConnectionSink } from "../../runtime/statement-sink.ts";
import { buildSchema } from "../../schema/builder/build-schema.ts";
import { DEFAULT_NAMING_CONVENTION } from "../../schema/builder/naming-convention.ts";
import type { Schema } from "../../schema/model/schema.ts";
import type { CaseRows, ConformanceCase, ConformanceDatabase, ConformanceEngine } from "./conformance-case.ts";

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
    { revision: "c1", direction: "upgrade", path: "conformance", run: code },
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
    const found = rows.map((row, position) =>
      Object.fromEntries(Object.keys(expected[position] ?? row).map((column) => [column, row[column]])),
    );
    deepStrictEqual({ table, rows: found }, { table, rows: [...expected] });
  }
}

/** The schema as the engine itself says it after having created it in an empty database. */
async function spell(schema: Schema, { dialect, open }: ConformanceEngine): Promise<Schema> {
  const database = await open();
  try {
    await buildSchemaOn(database.connection, dialect, schema);
    const introspection = await dialect.introspect(database.connection);
    // What a scratch database said is kept in a file.
    deepStrictEqual(deserialize(serialize(introspection)), introspection);
    return introspection.schema;
  } finally {
    await database.close();
  }
}

/** What a schema holds by name; constraints aside, whose names not every engine keeps. */
const listNames = ({ tables, views, triggers }: Schema): readonly string[] => [
  ...tables.flatMap(({ name, columns, indexes }) => [
    `table ${name}`,
    ...columns.map((column) => `column ${name}.${column.name}`),
    ...indexes.map((index) => `index ${index.name}`),
  ]),
  ...views.map(({ name }) => `view ${name}`),
  ...triggers.map(({ name }) => `trigger ${name}`),
];

/** Where a unique constraint and a unique index are one, either is called the other. */
const listUniqueNames = ({ tables }: Schema): readonly string[] =>
  tables.flatMap(({ constraints }) => constraints.map(({ name }) => `index ${name}`));

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
  engine: ConformanceEngine,
  database: ConformanceDatabase,
): Promise<readonly Operation[]> {
  const { dialect } = engine;
  await database.clear();
  const { connection } = database;
  await buildSchemaOn(connection, dialect, buildSchema(one.start, DEFAULT_NAMING_CONVENTION, dialect));
  const rows = one.rows ?? {};
  await runInTransaction(connection, dialect, async (op) => {
    for (const [table, own] of Object.entries(rows)) await op.bulkInsert(table, own);
  });
  const before = (await dialect.introspect(connection)).schema;
  const dump = await database.dump();
  const second = await database.secondDump?.();

  const operations = await runInTransaction(connection, dialect, one.change);
  const { schema: whole, unmanaged } = await dialect.introspect(connection);
  // Where rows are parked is none of the schema.
  const after = withoutParkedTables(whole);
  deepStrictEqual(unmanaged, []);
  // A rename that reaches into a text is for the engine to spell.
  if (!operations.some((operation) => isOpaque(operation, before))) {
    const applied = withoutParkedTables(applyOperations(operations, before));
    // An engine that leaves something out does so too where it spells what is expected.
    const names = new Set([...listNames(after), ...listUniqueNames(after)]);
    deepStrictEqual(
      listNames(applied).filter((name) => !names.has(name)),
      [],
    );
    const expected = await spell(applied, engine);
    deepStrictEqual(describeDiff(after, expected, dialect), []);
    deepStrictEqual(describeDiff(expected, after, dialect), []);
  }
  await expectRows(connection, dialect, one.after ?? rows);
  if (database.secondDump) {
    const [changed, secondChanged] = [await database.dump(), await database.secondDump()];
    deepStrictEqual(isDeepStrictEqual(secondChanged, second), isDeepStrictEqual(changed, dump));
  }

  if (!operations.every(canReverse)) return operations;
  const back = operations.toReversed().map(reverseOperation);
  await runInTransaction(connection, dialect, invokeAll(back));
  deepStrictEqual(describeDiff((await dialect.introspect(connection)).schema, before, dialect), []);
  deepStrictEqual(await database.dump(), dump);
  deepStrictEqual(await database.secondDump?.(), second);
  return operations;
}
