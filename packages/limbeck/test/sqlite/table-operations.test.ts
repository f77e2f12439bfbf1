import { describe, expect, it } from "vitest";
import { applyOperation } from "../../src/ops/apply/apply-operation.ts";
import type { Operation, SqlValue } from "../../src/ops/operation.ts";
import { reverseOperation } from "../../src/ops/reverse/reverse-operation.ts";
import { EMPTY_SCHEMA, type Schema } from "../../src/schema/model/schema.ts";
import { normalizeSchema } from "../support/normalize-schema.ts";
import { openScratchDatabase } from "../support/scratch-database.ts";

const TODOS = `
  CREATE TABLE todos (id INTEGER PRIMARY KEY, title TEXT, done INTEGER);
  INSERT INTO todos VALUES (1, 'one', 0), (2, NULL, 1), (3, 'three', NULL), (4, NULL, 1);
`;

describe("a table", () => {
  it("is renamed with everything that names it, and back", async () => {
    const database = await openScratchDatabase(`
      CREATE TABLE todos (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES todos (id), CHECK (todos.id > 0));
      CREATE TABLE notes (todo INTEGER REFERENCES todos ON DELETE CASCADE);
      CREATE INDEX ix ON todos (parent);
      CREATE VIEW v AS SELECT todos.id FROM todos;
      CREATE TRIGGER g AFTER DELETE ON todos BEGIN DELETE FROM notes WHERE todo = old.id; END;
      INSERT INTO todos VALUES (1, NULL), (2, 1);
      INSERT INTO notes VALUES (2);`);
    const before = await database.introspect();
    const operation: Operation = { kind: "renameTable", from: "todos", to: "tasks" };
    await database.run(operation);
    const after = await database.introspect();
    // The texts of checks, views and triggers are SQLite's to rewrite.
    const shape = ({ tables, triggers }: Schema): unknown =>
      normalizeSchema({
        ...EMPTY_SCHEMA,
        tables: tables.map((table) => ({
          ...table,
          constraints: table.constraints.filter(({ kind }) => kind !== "check"),
        })),
        triggers: triggers.map((trigger) => ({ ...trigger, definition: "" })),
      });
    expect(shape(after)).toEqual(shape(applyOperation(operation, before)));
    expect(await database.rows("SELECT * FROM v")).toEqual([[1], [2]]);
    await database.run(reverseOperation(operation));
    expect(shape(await database.introspect())).toEqual(shape(before));
  });

  it("is dropped and created again", async () => {
    const database = await openScratchDatabase(`${TODOS} CREATE UNIQUE INDEX ix ON todos (title) WHERE done;`);
    const before = await database.introspect();
    const operation: Operation = { kind: "dropTable", table: before.tables[0]! };
    await database.run(operation);
    expect((await database.introspect()).tables).toEqual([]);
    await database.run(reverseOperation(operation));
    expect(await database.introspect()).toEqual(before);
  });

  it("cannot be dropped while rows of another table point to it", async () => {
    const database = await openScratchDatabase(
      `${TODOS} CREATE TABLE notes (todo INTEGER REFERENCES todos (id)); INSERT INTO notes VALUES (1), (2);`,
    );
    const todos = (await database.introspect()).tables.find(({ name }) => name === "todos")!;
    await expect(database.run({ kind: "dropTable", table: todos })).rejects.toThrow(
      'broken foreign keys: [{"table":"notes","parent":"todos","rows":2}]',
    );
    expect(await database.rows("SELECT count(*) FROM todos")).toEqual([[4]]);
  });

  it("changes to STRICT and back, and refuses values that are not of their type", async () => {
    const operation: Operation = {
      kind: "setTableOptions",
      table: "todos",
      from: null,
      to: { sqlite: { strict: true, withoutRowid: true } },
    };
    const database = await openScratchDatabase(TODOS);
    const before = await database.introspect();
    const rows = await database.rows("SELECT * FROM todos");
    await database.run(operation);
    expect((await database.introspect()).tables[0]?.options).toEqual(operation.to);
    await database.run(reverseOperation(operation));
    expect(await database.introspect()).toEqual(before);
    expect(await database.rows("SELECT * FROM todos")).toEqual(rows);
    await database.connection.execute("UPDATE todos SET done = 'no number'");
    await expect(database.run(operation)).rejects.toThrow("some values of todos.done cannot be kept as integer");
  });
});

describe("index, view and trigger", () => {
  it("renames an index with its definition", async () => {
    const database = await openScratchDatabase(`${TODOS} CREATE UNIQUE INDEX a ON todos (title DESC) WHERE done > 0`);
    await database.run({ kind: "renameIndex", table: "todos", from: "a", to: "b" });
    expect((await database.introspect()).tables[0]?.indexes).toEqual([
      { name: "b", parts: [{ column: "title", order: "desc" }], unique: true, where: "done > 0" },
    ]);
  });

  it("creates a view with the names of its columns", async () => {
    const database = await openScratchDatabase(TODOS);
    await database.run({
      kind: "createView",
      view: { name: "v", columns: ["a", 'b"'], definition: "SELECT id, title FROM todos" },
    });
    expect((await database.introspect()).views).toEqual([
      { name: "v", columns: ["a", 'b"'], definition: "SELECT id, title FROM todos" },
    ]);
  });
});

describe("the definition of a trigger", () => {
  const create = async (name: string, table: string, definition: string): Promise<unknown> => {
    const database = await openScratchDatabase(`${TODOS}; CREATE TABLE other (id INTEGER PRIMARY KEY)`);
    await database.run({ kind: "createTrigger", trigger: { name, table, definition } });
    return database.rows("SELECT name, tbl_name FROM sqlite_schema WHERE type = 'trigger'");
  };

  it.each([
    ["tr", "todos", "other_tr", "todos"],
    ["tr", "todos", "tr", "other"],
  ])("has to create %s on %s, not %s on %s", async (name, table, foundName, foundTable) => {
    const definition = `CREATE TRIGGER ${foundName} AFTER DELETE ON ${foundTable} BEGIN SELECT 1; END`;
    await expect(create(name, table, definition)).rejects.toMatchObject({
      code: "LB0518",
      context: { foundName, foundTable },
    });
  });

  it("may write the names in another way that SQLite takes for the same", async () => {
    const definition = 'create trigger if not exists main."TR" after delete on [Todos] begin select 1; end';
    expect(await create("tr", "todos", definition)).toEqual([["TR", "Todos"]]);
  });

  it("has to be a trigger", async () => {
    await expect(create("tr", "todos", "DROP TABLE todos")).rejects.toMatchObject({ reason: "unreadableSql" });
  });
});

describe("raw SQL and rows", () => {
  it("runs every statement of a script", async () => {
    const database = await openScratchDatabase(TODOS);
    await database.run({
      kind: "execute",
      sql: "INSERT INTO todos VALUES (7, 'a;b', 1); -- done;\n CREATE TRIGGER g AFTER DELETE ON todos BEGIN SELECT 1; SELECT 2; END; DELETE FROM todos WHERE id = 1",
      affects: [],
    });
    expect(await database.rows("SELECT id FROM todos")).toEqual([[2], [3], [4], [7]]);
    expect((await database.introspect()).triggers).toHaveLength(1);
  });

  it("inserts rows with different keys in order, and more values than one statement can bind", async () => {
    const database = await openScratchDatabase(
      "CREATE TABLE todos (id INTEGER PRIMARY KEY, title TEXT DEFAULT 'none', done INTEGER)",
    );
    const many = Array.from({ length: 20_000 }, (_, at) => ({ title: `t${at}`, done: at % 2 === 0 }));
    const statements = await database.run({
      kind: "bulkInsert",
      table: "todos",
      rows: [{ title: "first" }, {}, { done: true, title: "both" }, { title: "again", done: false }, ...many],
    });
    expect(statements).toHaveLength(4);
    expect(await database.rows("SELECT id, title, done FROM todos WHERE id < 6 OR id = 20004")).toEqual([
      [1, "first", null],
      [2, "none", null],
      [3, "both", 1],
      [4, "again", 0],
      [5, "t0", 1],
      [20_004, "t19999", 0],
    ]);
  });

  it("writes every value as the type of its column has it", async () => {
    const database = await openScratchDatabase("CREATE TABLE Typed (J JSON, d DATE, t TIME, at TIMESTAMP, note TEXT)");
    const moment = new Date("2026-01-02T23:59:05.250Z");
    const insert = (row: Readonly<Record<string, SqlValue>>): Promise<unknown> =>
      database.run({ kind: "bulkInsert", table: "typed", rows: [row] });
    for (const j of ["hello", "5", 5, true, null, { a: ["x"] }, ["x"], 2n ** 60n, moment]) await insert({ j });
    expect(await database.rows("SELECT json_valid(J), json_type(J), CAST(J AS TEXT) FROM Typed")).toEqual([
      [1, "text", '"hello"'],
      [1, "text", '"5"'],
      [1, "integer", "5"],
      [1, "true", "true"],
      [null, null, null],
      [1, "object", '{"a":["x"]}'],
      [1, "array", '["x"]'],
      [1, "integer", "1152921504606846976"],
      [1, "text", '"2026-01-02T23:59:05.250Z"'],
    ]);
    await database.run({ kind: "execute", sql: "DELETE FROM typed", affects: [] });
    await insert({ d: moment, t: moment, at: moment, note: moment });
    await insert({ d: "2026-01-02", t: "10:00", at: null, note: "5" });
    expect(await database.rows("SELECT d, CAST(t AS TEXT), CAST(at AS TEXT), note, typeof(note) FROM Typed")).toEqual([
      ["2026-01-02", "23:59:05.250", "2026-01-02T23:59:05.250Z", "2026-01-02T23:59:05.250Z", "text"],
      ["2026-01-02", "10:00", null, "5", "text"],
    ]);
    await expect(insert({ j: Number.NaN })).rejects.toMatchObject({ code: "LB0612" });
    await expect(insert({ d: new Date(Number.NaN) })).rejects.toMatchObject({ code: "LB0612" });
  });

  it("takes undefined for a column that the row leaves out", async () => {
    const database = await openScratchDatabase(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, s TEXT DEFAULT 'dflt', n TEXT)",
    );
    const untyped = { s: undefined, n: "x" } as unknown as Readonly<Record<string, SqlValue>>;
    const nothing = { s: undefined } as unknown as Readonly<Record<string, SqlValue>>;
    await database.run({ kind: "bulkInsert", table: "t", rows: [untyped, { s: null, n: "y" }, nothing] });
    expect(await database.rows("SELECT id, s, n FROM t")).toEqual([
      [1, "dflt", "x"],
      [2, null, "y"],
      [3, "dflt", null],
    ]);
  });

  it("inserts into a table that the schema does not hold, values as they are", async () => {
    const database = await openScratchDatabase("CREATE VIRTUAL TABLE f USING fts5(body)");
    await database.run({ kind: "bulkInsert", table: "f", rows: [{ body: "hello" }] });
    expect(await database.rows("SELECT body FROM f")).toEqual([["hello"]]);
  });

  it("inserts nothing for no rows", async () => {
    const database = await openScratchDatabase(TODOS);
    expect(await database.run({ kind: "bulkInsert", table: "todos", rows: [] })).toEqual([]);
  });
});
