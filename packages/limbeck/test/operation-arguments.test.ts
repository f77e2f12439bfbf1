import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Connection } from "../src/dialect/connection.ts";
import { LimbeckError } from "../src/kernel/errors/limbeck-error.ts";
import type { BatchOperations, Operations } from "../src/runtime/operations.ts";
import {
  check,
  foreignKey,
  index,
  integer,
  primaryKey,
  table,
  text,
  timestamp,
  trigger,
  unique,
} from "../src/schema.ts";
import { openScratch, runUpgrade } from "./support/open-scratch.ts";

/** `op` as a revision in JavaScript sees it. */
type Loose = Readonly<Record<keyof Operations, (...args: readonly unknown[]) => Promise<unknown>>>;

type Method = (...args: readonly unknown[]) => unknown;

/** A typed function as JavaScript calls it: with anything. */
const untyped = (method: unknown): Method => method as Method;

function errorOf(run: () => unknown): LimbeckError {
  try {
    run();
  } catch (error) {
    if (error instanceof LimbeckError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("what op refuses before it changes anything", () => {
  let connection: Connection;

  beforeAll(async () => {
    connection = await openScratch("CREATE TABLE t (id INTEGER PRIMARY KEY, q INTEGER)");
  });

  afterAll(async () => {
    await connection.close();
  });

  async function refusalOf(call: (op: Loose) => unknown): Promise<LimbeckError> {
    const error: unknown = await runUpgrade(
      connection,
      (op) => call(op as unknown as Loose),
      import.meta.filename,
    ).catch((caught: unknown) => caught);
    const objects = await connection.query("SELECT sql FROM sqlite_schema");
    expect(objects).toEqual([{ sql: "CREATE TABLE t (id INTEGER PRIMARY KEY, q INTEGER)" }]);
    if (!(error instanceof LimbeckError)) throw new Error("nothing was refused", { cause: error });
    return error;
  }

  it.each<[string, string, (op: Loose) => unknown]>([
    ["LB0612", "a value that no database takes", (op) => op.query("SELECT ?", [Number.NaN])],
    ["LB0613", "two statements in one call", (op) => op.query("SELECT 1; SELECT 2")],
    ["LB0616", "fewer values than placeholders", (op) => op.query("SELECT ?, ?", [1])],
  ])("%s leads to the call: %s", async (code, _, call) => {
    const error = await refusalOf(call);
    expect(error.code).toBe(code);
    expect(error.fix[0]).toMatch(/^limbeck edit \S*operation-arguments\.test\.ts:\d+:\d+/);
  });

  it.each<[string, string, (op: Loose) => unknown]>([
    [
      "op.createForeignKey",
      "write onDelete instead of ondelete",
      (op) => op.createForeignKey("f", "t", "t", ["q"], ["id"], { ondelete: "cascade" }),
    ],
    [
      "op.alterColumn",
      "rename it with renameColumn, a call of its own",
      (op) => op.alterColumn("t", "q", { newName: "b" }),
    ],
    [
      "op.alterColumn",
      "write default for a value, defaultNow or defaultSql",
      (op) => op.alterColumn("t", "q", { nullable: true, serverDefault: "x" }),
    ],
    [
      "op.createIndex",
      "write where instead of sqliteWhere",
      (op) => op.createIndex("i", "t", ["q"], { sqliteWhere: "q > 1" }),
    ],
    ["op.addColumn", 'take the option "comment" out', (op) => op.addColumn("t", "x", text(), { comment: "x" })],
    ["op.dropConstraint", "write type instead of type_", (op) => op.dropConstraint("c", "t", { type_: "check" })],
    [
      "op.alterColumn with generatedAs",
      'take the option "sql" out',
      (op) => op.alterColumn("t", "q", { generatedAs: { sql: "id * 2" } }),
    ],
    ["op.execute", "write parameters instead of parameter", (op) => op.execute("SELECT 1", { parameter: [1] })],
    [
      "op.batchAlterTable",
      "write recreate instead of recreated",
      (op) => op.batchAlterTable("t", () => undefined, { recreated: "always" }),
    ],
    [
      "batch.createIndex",
      "write unique instead of uniqe",
      (op) => op.batchAlterTable("t", (batch: Loose) => void batch.createIndex("i", ["q"], { uniqe: true })),
    ],
  ])("%s with an option that it does not know: %s", async (method, fix, call) => {
    const error = await refusalOf(call);
    const edit: unknown = expect.stringMatching(/^limbeck edit \S+:\d+:\d+ {3}# /);
    expect(error).toMatchObject({ code: "LB0516", fix: [edit], context: { method } });
    expect(error).toMatchObject({ fix: [expect.stringContaining(`# ${fix}`)] });
  });

  it.each<[string, (op: Loose) => unknown]>([
    [
      "op.addColumn takes a column, for example text().notNull() as argument 3, not undefined.",
      (op) => op.addColumn("t", "x"),
    ],
    ["op.dropColumn takes the name of a column as argument 2, not a list.", (op) => op.dropColumn("t", ["q"])],
    ["op.dropColumn takes 2 arguments, not 3.", (op) => op.dropColumn("t", "q", { cascade: true })],
    ['op.createIndex takes a list of columns as argument 3, not "q".', (op) => op.createIndex("i", "t", "q")],
    ["op.execute takes SQL text as argument 1, not undefined.", (op) => op.execute()],
    [
      'op.backfill takes SQL expressions by the names of columns as "set", for example { slug: "lower(title)" }, not a number as the expression for "n".',
      (op) => op.backfill("t", { set: { n: 5 } }),
    ],
    [
      "op.bulkInsert takes a list of rows, each a plain object as argument 2, not an object.",
      (op) => op.bulkInsert("t", { id: 1 }),
    ],
    [
      'op.createTable takes a column as "id", for example text().notNull(), not "integer".',
      (op) => op.createTable("u", { id: "integer" }),
    ],
    [
      'op.createTable takes a list of constraints, indexes and options behind the columns, not an object of the kind "index".',
      (op) =>
        op.createTable("u", { id: integer() }, { kind: "index", index: { parts: [{ column: "id" }], unique: false } }),
    ],
    [
      'op.createTable takes columns by their names; one that is called __proto__ is written ["__proto__"], not a column as prototype.',
      (op) => op.createTable("u", { id: integer(), __proto__: text() }),
    ],
    [
      'op.alterColumn takes a column as "type", for example text(), not "text".',
      (op) => op.alterColumn("t", "q", { type: "text" }),
    ],
    [
      'op.alterColumn takes { expression: "price * amount", storage: "stored" } or "virtual", or null, as "generatedAs", not "id * 2".',
      (op) => op.alterColumn("t", "q", { generatedAs: "id * 2" }),
    ],
    [
      'op.alterColumn takes { expression: "price * amount", storage: "stored" } or "virtual", or null, as "generatedAs", not an object.',
      (op) => op.alterColumn("t", "q", { generatedAs: { expression: "id * 2" } }),
    ],
    [
      'op.batchAlterTable takes a list of constraints, indexes and options behind the columns, not a list with an object of the kind "check" in it.',
      (op) => op.batchAlterTable("t", () => undefined, { tableArguments: [{ kind: "check", expression: 5 }] }),
    ],
    [
      "batch.invoke takes an operation that changes one table (addColumn,",
      (op) => op.batchAlterTable("t", (batch: Loose) => void batch.invoke({ kind: "execute", sql: "DROP TABLE t" })),
    ],
  ])("%s", async (title, call) => {
    const error = await refusalOf(call);
    expect(error.code).toBe("LB0517");
    expect(error.title).toContain(title);
    expect(error.context["location"]).toMatch(/operation-arguments\.test\.ts:\d+:\d+$/);
  });
});

describe("a batch", () => {
  const columnsOf = async (connection: Connection): Promise<readonly unknown[]> =>
    (await connection.query("SELECT name FROM pragma_table_info('t')")).map(({ name }) => name);

  it.each<[string, (op: Operations) => unknown]>([
    [
      "kept for later",
      async (op) => {
        let kept: BatchOperations | undefined;
        await op.batchAlterTable("t", (batch) => {
          kept = batch;
          batch.addColumn("x", integer());
        });
        kept?.addColumn("y", integer());
        await op.execute("INSERT INTO t DEFAULT VALUES");
      },
    ],
    [
      "used in an async function inside",
      (op) =>
        op.batchAlterTable("t", (batch) => {
          void Promise.resolve().then(() => batch.addColumn("y", integer()));
          batch.addColumn("x", integer());
        }),
    ],
  ])("%s fails its revision instead of losing a change", async (_, run) => {
    const connection = await openScratch("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    await expect(runUpgrade(connection, run)).rejects.toMatchObject({
      code: "LB0520",
      title: expect.stringContaining("batch.addColumn was called after its batch had ended."),
    });
    expect(await columnsOf(connection)).not.toContain("y");
    await connection.close();
  });

  it("makes no change of another table, not even as its only one", async () => {
    const connection = await openScratch("CREATE TABLE t (id INTEGER PRIMARY KEY)", "CREATE TABLE u (a, b)");
    const dropping = runUpgrade(connection, (op) =>
      op.batchAlterTable("t", (batch) => batch.invoke({ kind: "renameColumn", table: "u", from: "a", to: "c" })),
    );
    await expect(dropping).rejects.toMatchObject({ code: "LB0510" });
    await connection.close();
  });
});

describe("what the builders refuse", () => {
  it.each<[string, () => unknown]>([
    ["references", () => untyped(integer().references.bind(integer()))("t", "id", { ondelete: "cascade" })],
    ["generatedAs", () => untyped(text().generatedAs.bind(text()))("q", { store: true })],
    ["timestamp", () => untyped(timestamp)({ timeZone: true })],
    ["primaryKey", () => untyped(primaryKey)(["id"], { nam: "x" })],
    ["unique", () => untyped(unique)(["id"], { deferable: "initially deferred" })],
    ["check", () => untyped(check)("id > 1", { Name: "x" })],
    ["foreignKey", () => untyped(foreignKey)(["id"], { table: "t", columns: ["id"] }, { on_delete: "cascade" })],
    ["foreignKey", () => untyped(foreignKey)(["id"], { table: "t", column: ["id"] })],
    ["index", () => untyped(index)(["id"], { sqliteWhere: "id > 1" })],
    ["index", () => untyped(index)([{ column: "id", ordr: "desc" }])],
    ["trigger", () => untyped(trigger)("tr", { table: "t", definition: "x", when: "after" })],
  ])("%s with a word that it does not know", (method, call) => {
    expect(errorOf(call)).toMatchObject({ code: "LB0516", context: { method } });
  });

  it("a table with a column that JavaScript takes for its prototype, and not one whose name is in brackets", () => {
    expect(errorOf(() => table("t", { id: integer(), __proto__: text() })).code).toBe("LB0517");
    expect(Object.keys(table("t", { id: integer(), ["__proto__"]: text() }).columns)).toEqual(["id", "__proto__"]);
  });
});
