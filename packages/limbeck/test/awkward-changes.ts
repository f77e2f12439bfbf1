import { afterAll, beforeAll, beforeEach, describe, expect, it, type TestContext } from "vitest";
import type { Connection } from "../src/dialect/connection.ts";
import type { Dialect } from "../src/dialect/dialect.ts";
import { diffSchema } from "../src/diff/diff-schema.ts";
import type { Renames } from "../src/diff/renames/rename.ts";
import { applyOperation } from "../src/ops/apply/apply-operation.ts";
import { describeOperation } from "../src/ops/describe/describe-operation.ts";
import { dispatchOperation, type Operation } from "../src/ops/operation.ts";
import { reverseOperation } from "../src/ops/reverse/reverse-operation.ts";
import type { Schema } from "../src/schema/model/schema.ts";

/** A change that is harder than it looks; both sides as DDL. */
export interface AwkwardChange {
  readonly what: string;
  readonly from: string;
  readonly to: string;
  readonly renames?: Renames;
}

/** A server on which changes are tried. */
export interface AwkwardServer {
  readonly name: string;
  readonly dialect: Dialect;
  /** Skips a test where there is no server. */
  readonly check: (context: TestContext) => void;
  readonly createDatabase: () => Promise<{ readonly url: string; readonly drop: () => Promise<void> }>;
  /** Drops everything in a database. */
  readonly erase: (connection: Connection) => Promise<void>;
}

async function run(
  connection: Connection,
  dialect: Dialect,
  operations: readonly Operation[],
  start: Schema,
): Promise<void> {
  let before = start;
  for (const operation of operations) {
    const after = applyOperation(operation, before);
    const context = { before, after, serverVersion: connection.serverVersion };
    for (const { sql } of dispatchOperation(dialect.compile, operation, context)) await connection.execute(sql);
    before = after;
  }
}

/** Goes from one schema to the other and back, and compares each time. */
export function testAwkwardChanges(server: AwkwardServer, changes: readonly AwkwardChange[]): void {
  const { name, dialect, erase } = server;
  let connections: readonly Connection[] = [];
  let drops: readonly (() => Promise<void>)[] = [];

  beforeAll(async () => {
    const databases = await Promise.all([server.createDatabase(), server.createDatabase()]).catch(() => []);
    drops = databases.map(({ drop }) => drop);
    connections = await Promise.all(databases.map(({ url }) => dialect.connect(url)));
  });

  beforeEach((context) => server.check(context));

  afterAll(async () => {
    for (const connection of connections) await connection.close();
    for (const drop of drops) await drop();
  });

  const read = async (connection: Connection): Promise<Schema> => (await dialect.introspect(connection)).schema;

  const build = async (connection: Connection, script: string): Promise<Schema> => {
    await erase(connection);
    for (const { sql } of dialect.splitScript(script)) await connection.execute(sql);
    return read(connection);
  };

  const compare = (found: Schema, wanted: Schema): readonly string[] =>
    diffSchema(found, wanted, dialect.diffRules).map(describeOperation);

  describe(`changes that are harder than they look, on ${name}`, () => {
    it.each(changes)("$what", async ({ from, to, renames = [] }) => {
      const [live, other] = connections;
      if (!live || !other) throw new Error("There is no connection.");
      const [before, after] = [await build(live, from), await build(other, to)];
      const operations = diffSchema(before, after, dialect.diffRules, renames);
      await run(live, dialect, operations, before);
      const above = await read(live);
      expect(compare(above, after)).toEqual([]);
      await run(live, dialect, operations.toReversed().map(reverseOperation), above);
      expect(compare(await read(live), before)).toEqual([]);
    });
  });
}
