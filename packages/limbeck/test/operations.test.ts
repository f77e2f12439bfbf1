import { describe, expect, it } from "vitest";
import { sqlite } from "../src/dialects/sqlite/index.ts";
import { ExecutionError } from "../src/kernel/errors/execution-errors.ts";
import type { Operations } from "../src/runtime/operations.ts";
import { runRevisionFunction } from "../src/runtime/run-revision.ts";
import { trackSchema } from "../src/runtime/schema-tracker.ts";
import { createScriptSink } from "../src/runtime/statement-sink.ts";
import { DEFAULT_NAMING_CONVENTION } from "../src/schema/builder/naming-convention.ts";
import { boolean, check, index, integer, tableOptions, text, timestamp, unique, varchar } from "../src/schema.ts";
import { openScratch, runUpgrade } from "./support/open-scratch.ts";

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe("op in a revision", () => {
  it("keeps a column and its values that raw SQL added before a table rebuild", async () => {
    const connection = await openScratch(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(10))",
      "INSERT INTO t (a) VALUES ('one')",
    );
    await runUpgrade(connection, async (op) => {
      await op.alterColumn("t", "a", { type: varchar(20) });
      await op.execute("ALTER TABLE t ADD COLUMN z TEXT");
      await op.execute("UPDATE t SET z = 'kept'");
      await op.alterColumn("t", "a", { type: text() });
    });
    expect(await connection.query("SELECT id, a, z FROM t")).toEqual([{ id: 1, a: "one", z: "kept" }]);
    const { schema } = await sqlite.introspect(connection);
    expect(schema.tables[0]?.columns.map(({ name, type }) => [name, type.kind])).toEqual([
      ["id", "integer"],
      ["a", "text"],
      ["z", "text"],
    ]);
  });

  it("takes the name of a table in any case, as the engine does, and leaves its spelling", async () => {
    const connection = await openScratch(
      'CREATE TABLE "Mixed" (id INTEGER PRIMARY KEY, a TEXT, b TEXT, c TEXT)',
      "CREATE TABLE other (id INTEGER PRIMARY KEY)",
      "CREATE VIEW v AS SELECT a FROM mixed",
      "INSERT INTO mixed VALUES (1, 'x', 'y', 'z')",
    );
    await runUpgrade(connection, async (op) => {
      await op.bulkInsert("MIXED", [{ id: 2, a: "k" }]);
      await op.alterColumn("mixed", "a", { nullable: false });
      await op.createIndex(null, "mixed", ["a"]);
      await op.batchAlterTable("miXed", (batch) => {
        batch.dropColumn("b");
        batch.addColumn("d", integer());
        batch.dropColumn("c");
      });
      await op.createTrigger("tr", "mixed", "CREATE TRIGGER tr AFTER INSERT ON mixed BEGIN SELECT 1; END");
      await op.renameColumn("mixed", "d", "e");
      await op.alterColumn("MIXED", "e", { default: 3 });
      await op.dropTable("OTHER");
    });
    expect(await connection.query("SELECT * FROM mixed")).toEqual([
      { id: 1, a: "x", e: null },
      { id: 2, a: "k", e: null },
    ]);
    const { schema } = await sqlite.introspect(connection);
    expect(schema).toMatchObject({
      tables: [{ name: "Mixed" }],
      views: [{}],
      triggers: [{ name: "tr", table: "Mixed" }],
    });
    await runUpgrade(connection, (op) => op.renameTable("mixed", "mixed"));
    expect((await sqlite.introspect(connection)).schema.tables).toMatchObject([{ name: "mixed" }]);
  });

  it("runs calls in order although none is awaited", async () => {
    const connection = await openScratch();
    await runUpgrade(connection, (op) => {
      void op.createTable("t", { id: integer().primaryKey(), a: text() });
      void op.bulkInsert("t", [{ id: 1, a: "x" }]);
      void op.addColumn("t", "b", text());
      void op.execute("UPDATE t SET b = a || '!'");
    });
    expect(await connection.query("SELECT * FROM t")).toEqual([{ id: 1, a: "x", b: "x!" }]);
  });

  it("reads only after everything queued before has run", async () => {
    const connection = await openScratch("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    let rows: readonly unknown[] = [];
    await runUpgrade(connection, async (op) => {
      void op.bulkInsert("t", [{ id: 1 }, { id: 2 }]);
      rows = await op.query("SELECT count(*) AS n FROM t");
    });
    expect(rows).toEqual([{ n: 2 }]);
  });

  it("reports the first failure with its line although the call was not awaited, and runs nothing after it", async () => {
    const connection = await openScratch();
    const failure = runUpgrade(connection, (op) => {
      void op.execute("CREATE TABLE first (id)");
      void op.execute("this is not SQL");
      void op.execute("CREATE TABLE last (id)");
    });
    await expect(failure).rejects.toMatchObject({ code: "LB0701" });
    const error = await failure.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ExecutionError);
    expect((error as ExecutionError).context["databaseMessage"]).toContain("syntax error");
    expect(await sqlite.hasTable(connection, "first")).toBe(true);
    expect(await sqlite.hasTable(connection, "last")).toBe(false);
  });

  it("names the file and line of the call that failed", async () => {
    const connection = await openScratch();
    const path = import.meta.filename;
    const failure = runUpgrade(connection, (op) => op.execute("nonsense"), path);
    const error = await failure.catch((caught: unknown) => caught);
    expect(String((error as ExecutionError).context["location"])).toMatch(/operations\.test\.ts:\d+:\d+$/);
  });

  it("refuses a call that arrives after the function has ended, with its line", async () => {
    const connection = await openScratch();
    let late: Promise<unknown> = Promise.resolve();
    const path = import.meta.filename;
    await runUpgrade(
      connection,
      (op) => {
        setTimeout(() => {
          late = op.execute("CREATE TABLE late (id)").catch((error: unknown) => error);
        }, 20);
      },
      path,
    );
    await wait(40);
    const error = await late;
    expect(error).toMatchObject({ code: "LB0705" });
    expect((error as ExecutionError).title).toContain("operations.test.ts:");
    expect(await sqlite.hasTable(connection, "late")).toBe(false);
  });

  it("refuses to read where a script is written instead of a database changed", async () => {
    const scratch = await openScratch("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    const written: string[] = [];
    const sink = createScriptSink(scratch, sqlite.renderScriptStatement, (piece) => written.push(piece));
    const run = async (op: Operations): Promise<void> => {
      await op.addColumn("t", "a", text());
      await op.query("SELECT * FROM t");
    };
    const failure = runRevisionFunction(
      { revision: "a1", direction: "upgrade", path: "", run },
      {
        dialect: sqlite,
        connection: scratch,
        serverVersion: scratch.serverVersion,
        sink,
        tracker: trackSchema(sqlite, scratch),
        convention: DEFAULT_NAMING_CONVENTION,
      },
    );
    await expect(failure).rejects.toMatchObject({ code: "LB0706" });
    expect(written.join("")).toContain("ADD COLUMN");
  });

  it("binds a Date as a value although it is the first parameter", async () => {
    const connection = await openScratch(
      'CREATE TABLE t (id INTEGER PRIMARY KEY, d "TIMESTAMP WITH TIME ZONE")',
      "INSERT INTO t VALUES (1, NULL)",
    );
    const when = new Date("2026-02-21T08:30:00.123Z");
    await runUpgrade(connection, (op) => op.execute("UPDATE t SET d = ? WHERE id = ?", { parameters: [when, 1] }));
    expect(await connection.query("SELECT d FROM t")).toEqual([{ d: when }]);
  });

  it("rebuilds once for a batch, and its changes build on each other", async () => {
    const connection = await openScratch(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT)",
      "INSERT INTO t VALUES (1, '5', 'x')",
    );
    await runUpgrade(connection, async (op) => {
      await op.batchAlterTable("t", (batch) => {
        batch.renameColumn("a", "amount");
        batch.alterColumn("amount", { type: integer(), nullable: false });
        batch.dropColumn("b");
        batch.addColumn("done", boolean().notNull().default(false));
        batch.createCheckConstraint(null, "amount > 0");
        batch.createIndex(null, ["amount"]);
      });
    });
    expect(await connection.query("SELECT * FROM t")).toEqual([{ id: 1, amount: 5, done: false }]);
    const { schema } = await sqlite.introspect(connection);
    expect(schema.tables[0]?.constraints.map(({ name }) => name)).toContain("ck_t_1");
    expect(schema.tables[0]?.indexes.map(({ name }) => name)).toEqual(["ix_t_amount"]);
  });

  it("changes only what alterColumn names", async () => {
    const connection = await openScratch(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(10) NOT NULL DEFAULT 'x' COLLATE NOCASE)",
    );
    await runUpgrade(connection, (op) => op.alterColumn("t", "a", { type: varchar(20) }));
    const { schema } = await sqlite.introspect(connection);
    expect(schema.tables[0]?.columns[1]).toEqual({
      name: "a",
      type: { kind: "varchar", length: 20 },
      nullable: false,
      default: { kind: "value", value: "x" },
      collation: "NOCASE",
    });
  });

  it("says which columns there are when one is not found", async () => {
    const connection = await openScratch("CREATE TABLE t (id INTEGER PRIMARY KEY, title TEXT)");
    const failure = runUpgrade(connection, (op) => op.alterColumn("t", "titel", { nullable: false }));
    await expect(failure).rejects.toMatchObject({ reason: "columnNotFound", context: { columns: ["id", "title"] } });
  });

  it("adds a column with the constraints that its builder brings", async () => {
    const connection = await openScratch(
      "CREATE TABLE lists (id INTEGER PRIMARY KEY)",
      "CREATE TABLE t (id INTEGER PRIMARY KEY)",
    );
    await runUpgrade(connection, async (op) => {
      await op.addColumn("t", "list_id", integer().references("lists", "id", { onDelete: "cascade" }));
      await op.addColumn("t", "seen", timestamp({ timezone: true }));
    });
    const { schema } = await sqlite.introspect(connection);
    const table = schema.tables.find(({ name }) => name === "t");
    expect(table?.constraints.find(({ kind }) => kind === "foreignKey")).toEqual({
      kind: "foreignKey",
      name: "fk_t_list_id_lists",
      columns: ["list_id"],
      references: { table: "lists", columns: ["id"] },
      onDelete: "cascade",
    });
  });

  it("replaces the only column of a table", async () => {
    const connection = await openScratch("CREATE TABLE t (a TEXT)", "INSERT INTO t VALUES ('gone')");
    await runUpgrade(connection, (op) =>
      op.batchAlterTable("t", (batch) => {
        batch.dropColumn("a");
        batch.addColumn("b", integer().notNull().default(7));
      }),
    );
    expect(await connection.query("SELECT * FROM t")).toEqual([{ b: 7 }]);
  });

  it("drops a constraint that has no name, not one before it that has a name and demands the same", async () => {
    const connection = await openScratch(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, CONSTRAINT named CHECK (\"a\" <> 'x'), CHECK (a <> 'x'))",
    );
    await runUpgrade(connection, (op) => op.dropConstraint(check("a <> 'x'"), "t"));
    const { schema } = await sqlite.introspect(connection);
    expect(schema.tables[0]?.constraints.filter(({ kind }) => kind === "check")).toEqual([
      { kind: "check", name: "named", expression: "\"a\" <> 'x'" },
    ]);
  });

  it("drops, of two constraints without names that demand the same, the one that is spelled as it is told", async () => {
    const connection = await openScratch(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, CHECK (\"a\" <> 'x'), CHECK (a <> 'x'))",
    );
    await runUpgrade(connection, (op) => op.dropConstraint(check("a <> 'x'"), "t"));
    const { schema } = await sqlite.introspect(connection);
    expect(schema.tables[0]?.constraints.filter(({ kind }) => kind === "check")).toEqual([
      { kind: "check", expression: "\"a\" <> 'x'" },
    ]);
  });

  it("adds a constraint without a name a second time, as a table may have it", async () => {
    const connection = await openScratch("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, CHECK (a <> 'x'))");
    const constraint = { kind: "check", expression: "a <> 'x'" } as const;
    await runUpgrade(connection, (op) => op.invoke({ kind: "addConstraint", table: "t", constraint }));
    const { schema } = await sqlite.introspect(connection);
    expect(schema.tables[0]?.constraints.filter(({ kind }) => kind === "check")).toEqual([constraint, constraint]);
  });

  it("gives a batch table arguments, and names by which unnamed constraints are dropped", async () => {
    const connection = await openScratch("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE, b TEXT)");
    await runUpgrade(connection, (op) =>
      op.batchAlterTable("t", (batch) => batch.dropConstraint("key_t_a"), {
        namingConvention: {
          unique: ({ table, columns }) => ["key", table, ...columns].join("_"),
          check: ({ table }) => `rule_${table}`,
        },
        tableArguments: [
          unique(["b"]),
          check("length(b) < 9"),
          index(["a"], { unique: true }),
          tableOptions({ sqlite: { strict: true } }),
        ],
      }),
    );
    const { schema } = await sqlite.introspect(connection);
    const [table] = schema.tables;
    expect(table?.constraints.map(({ kind, name }) => [kind, name])).toEqual([
      ["primaryKey", undefined],
      ["unique", "key_t_b"],
      ["check", "rule_t"],
    ]);
    expect(table?.indexes.map(({ name }) => name)).toEqual(["ix_t_a"]);
    expect(table?.options).toEqual({ sqlite: { strict: true } });
  });
});
