import { describe, expect, it } from "vitest";
import { sqlite } from "../../src/dialects/sqlite/index.ts";
import { OLDEST_VERSION } from "../../src/dialects/sqlite/capabilities.ts";
import { applyOperation } from "../../src/ops/apply/apply-operation.ts";
import { dispatchOperation, type Operation, type TableOperation } from "../../src/ops/operation.ts";
import { reverseOperation } from "../../src/ops/reverse/reverse-operation.ts";
import type { Column } from "../../src/schema/model/column.ts";
import type { Constraint } from "../../src/schema/model/constraint.ts";
import { normalizeSchema } from "../support/normalize-schema.ts";
import { openScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";

const TODOS = `
  CREATE TABLE todos (id INTEGER PRIMARY KEY, title TEXT, done INTEGER);
  INSERT INTO todos VALUES (1, 'one', 0), (2, NULL, 1), (3, 'three', NULL), (4, NULL, 1);
`;

const text = (name: string, more: Partial<Column> = {}): Column => ({
  name,
  type: { kind: "text" },
  nullable: true,
  ...more,
});

const integer = (name: string, more: Partial<Column> = {}): Column =>
  text(name, { type: { kind: "integer" }, ...more });

const batch = (...operations: readonly TableOperation[]): Operation => ({
  kind: "alterTable",
  table: "todos",
  operations,
});

const notNull: TableOperation = {
  kind: "alterColumn",
  table: "todos",
  from: text("title"),
  to: text("title", { nullable: false }),
};

async function compile(database: ScratchDatabase, operation: Operation): Promise<readonly string[]> {
  const before = await database.introspect();
  const context = { before, after: applyOperation(operation, before), serverVersion: database.serverVersion };
  return dispatchOperation(sqlite.compile, operation, context)
    .filter(({ guard }) => guard === undefined)
    .map(({ sql }) => sql);
}

const countRebuilds = (statements: readonly string[]): number =>
  statements.filter((sql) => sql.startsWith("CREATE TABLE")).length;

const VERSIONS = [
  ["3.53", undefined],
  ["3.40", OLDEST_VERSION],
] as const;

describe.each(VERSIONS)("rows that a change cannot keep, compiled for SQLite %s", (_name, version) => {
  /** What stops an operation; fails when the operation has changed anything, or was not stopped. */
  async function findRefusal(script: string, operation: Operation): Promise<string> {
    const database = await openScratchDatabase(script, version);
    const read = async (): Promise<unknown> => [
      await database.introspect(),
      await database.rows("SELECT * FROM todos"),
      await database.rows("PRAGMA legacy_alter_table"),
    ];
    const before = await read();
    const refusal = await database.run(operation).then(() => "none", sqlite.describeDatabaseError);
    expect(await read()).toEqual(before);
    return refusal;
  }

  it("stop NOT NULL, with their number", async () => {
    const message = 'some rows of todos have no title, so it cannot become NOT NULL; fill them in first: {"rows":2}';
    expect(await findRefusal(TODOS, notNull)).toContain(message);
    expect(
      await findRefusal(TODOS, { kind: "alterTable", table: "todos", operations: [notNull], recreate: "always" }),
    ).toContain(message);
  });

  it("stop a NOT NULL column without a default, unless the table is empty", async () => {
    const operation: Operation = { kind: "addColumn", table: "todos", column: text("x", { nullable: false }) };
    expect(await findRefusal(TODOS, operation)).toContain("so the rows already there would have no value");
    const empty = await openScratchDatabase("CREATE TABLE todos (id INTEGER PRIMARY KEY)", version);
    await empty.run(operation);
    expect((await empty.introspect()).tables[0]?.columns[1]).toEqual(text("x", { nullable: false }));
  });

  it("stop a check, a unique constraint and a primary key", async () => {
    const add = (constraint: Constraint): Operation => ({ kind: "addConstraint", table: "todos", constraint });
    expect(await findRefusal(TODOS, add({ kind: "check", name: "ck", expression: "done = 0" }))).toContain(
      'some rows of todos break the new check ck (done = 0): {"rows":2}',
    );
    const unique: Constraint = { kind: "unique", columns: ["done"] };
    expect(await findRefusal(TODOS, add(unique))).toContain(
      'several rows of todos have the same (done), which is to be unique: {"duplicates":1}',
    );
    // With its own conflict clause the constraint would silently delete all rows but one.
    expect(await findRefusal(TODOS, add({ ...unique, options: { sqlite: { onConflict: "replace" } } }))).toContain(
      "UNIQUE constraint failed: todos.done",
    );
  });

  it("stop a change of type that their values do not survive", async () => {
    const to = integer("title");
    expect(await findRefusal(TODOS, { kind: "alterColumn", table: "todos", from: text("title"), to })).toContain(
      'some values of todos.title cannot be kept as integer; correct or convert them first: {"rows":2}',
    );
  });
});

describe.each(VERSIONS)("a batch, compiled for SQLite %s", (_name, version) => {
  async function expectBothWays(script: string, operation: Operation): Promise<ScratchDatabase> {
    const database = await openScratchDatabase(script, version);
    const before = await database.introspect();
    await database.run(operation);
    expect(normalizeSchema(await database.introspect())).toEqual(normalizeSchema(applyOperation(operation, before)));
    await database.run(reverseOperation(operation));
    expect(normalizeSchema(await database.introspect())).toEqual(normalizeSchema(before));
    await database.run(operation);
    return database;
  }

  it("rebuilds once for any number of changes", async () => {
    const operation = batch(
      { kind: "addColumn", table: "todos", column: text("a"), after: "id" },
      {
        kind: "addColumn",
        table: "todos",
        column: integer("b", { nullable: false, default: { kind: "value", value: 3 } }),
        after: "a",
      },
      { kind: "renameColumn", table: "todos", from: "title", to: "name" },
      { kind: "dropColumn", table: "todos", column: integer("done") },
      { kind: "addConstraint", table: "todos", constraint: { kind: "unique", name: "uq", columns: ["name", "b"] } },
      { kind: "createIndex", table: "todos", index: { name: "ix", parts: [{ column: "b" }], unique: false } },
    );
    const database = await openScratchDatabase(TODOS, version);
    expect(countRebuilds(await compile(database, operation))).toBe(1);
    const changed = await expectBothWays(TODOS, operation);
    expect(await changed.rows("SELECT id, b, name FROM todos ORDER BY id")).toEqual([
      [1, 3, "one"],
      [2, 3, null],
      [3, 3, "three"],
      [4, 3, null],
    ]);
  });

  it("lets columns trade names, in the views over them and the keys that point to them too", async () => {
    const script = `${TODOS}
      UPDATE todos SET title = 't' || id, done = id * 10;
      CREATE UNIQUE INDEX ix_title ON todos (title);
      CREATE TABLE notes (todo TEXT REFERENCES todos (title));
      INSERT INTO notes VALUES ('t1');
      CREATE VIEW v AS SELECT title, done FROM todos;`;
    const operation: Operation = {
      kind: "alterTable",
      table: "todos",
      recreate: "always",
      operations: [
        { kind: "renameColumn", table: "todos", from: "title", to: "x" },
        { kind: "renameColumn", table: "todos", from: "done", to: "title" },
        { kind: "renameColumn", table: "todos", from: "x", to: "done" },
        { kind: "addConstraint", table: "todos", constraint: { kind: "check", name: "ck", expression: "title > 0" } },
      ],
    };
    const database = await openScratchDatabase(script, version);
    await database.run(operation);
    expect(await database.rows("SELECT id, title, done FROM todos WHERE id = 1")).toEqual([[1, 10, "t1"]]);
    expect(await database.rows("SELECT * FROM v")).toContainEqual(["t1", 10]);
    const notes = (await database.introspect()).tables.find(({ name }) => name === "notes");
    expect(notes?.constraints[0]).toMatchObject({ references: { table: "todos", columns: ["done"] } });
    await expect(database.connection.execute("UPDATE todos SET title = -1")).rejects.toThrow("ck");
  });

  it("adds a column under the name that another has just given up", async () => {
    const operation = batch(
      { kind: "renameColumn", table: "todos", from: "title", to: "old_title" },
      { kind: "addColumn", table: "todos", column: text("title", { default: { kind: "now" } }) },
    );
    const database = await expectBothWays(TODOS, operation);
    expect(await database.rows("SELECT old_title, title LIKE '20__-%Z' FROM todos WHERE id = 1")).toEqual([["one", 1]]);
  });

  it("drops a column and adds another of the same name without keeping the values", async () => {
    const operation = batch(
      { kind: "dropColumn", table: "todos", column: text("title"), after: "id" },
      { kind: "addColumn", table: "todos", column: integer("title"), after: null },
    );
    const database = await openScratchDatabase(TODOS, version);
    await database.run(operation);
    expect(await database.rows("SELECT DISTINCT title FROM todos")).toEqual([[null]]);
  });

  it("adds a reference without a rebuild", async () => {
    const script = `${TODOS} CREATE TABLE lists (id INTEGER PRIMARY KEY);`;
    const operation = batch(
      { kind: "addColumn", table: "todos", column: integer("list_id") },
      {
        kind: "addConstraint",
        table: "todos",
        constraint: {
          kind: "foreignKey",
          name: "fk_list",
          columns: ["list_id"],
          references: { table: "lists", columns: ["id"] },
          onDelete: "cascade",
        },
      },
      {
        kind: "addConstraint",
        table: "todos",
        constraint: { kind: "check", name: "ck_list", expression: "list_id > 0" },
      },
      {
        kind: "createIndex",
        table: "todos",
        index: { name: "ix_list", parts: [{ column: "list_id" }], unique: false },
      },
    );
    const database = await openScratchDatabase(script, version);
    expect(await compile(database, operation)).toEqual([
      'ALTER TABLE "todos" ADD COLUMN "list_id" INTEGER CONSTRAINT "fk_list" REFERENCES "lists" ("id") ON DELETE CASCADE CONSTRAINT "ck_list" CHECK (list_id > 0)',
      'CREATE INDEX "ix_list" ON "todos" ("list_id")',
    ]);
    await expectBothWays(script, operation);
  });

  it("adds several columns with what belongs to each of them alone", async () => {
    const script = `${TODOS} CREATE TABLE lists (id INTEGER PRIMARY KEY);`;
    const key = (name: string, column: string): TableOperation => ({
      kind: "addConstraint",
      table: "todos",
      constraint: { kind: "foreignKey", name, columns: [column], references: { table: "lists", columns: ["id"] } },
    });
    const check = (expression: string): TableOperation => ({
      kind: "addConstraint",
      table: "todos",
      constraint: { kind: "check", name: "ck", expression },
    });
    const columns = [integer("a"), integer("b", { nullable: false, default: { kind: "value", value: 3 } })].map(
      (column): TableOperation => ({ kind: "addColumn", table: "todos", column }),
    );
    const operation = batch(...columns, key("fk_b", "b"), key("fk_a", "a"), check("b > 2"));
    const database = await openScratchDatabase(script, version);
    expect(await compile(database, operation)).toEqual([
      'ALTER TABLE "todos" ADD COLUMN "a" INTEGER CONSTRAINT "fk_a" REFERENCES "lists" ("id")',
      'ALTER TABLE "todos" ADD COLUMN "b" INTEGER NOT NULL DEFAULT 3 CONSTRAINT "fk_b" REFERENCES "lists" ("id") CONSTRAINT "ck" CHECK (b > 2)',
    ]);
    await database.connection.execute("INSERT INTO lists VALUES (3)");
    await expectBothWays(`${script} INSERT INTO lists VALUES (3);`, operation);

    const both = batch(...columns, check("a < b"));
    expect(countRebuilds(await compile(database, both))).toBe(1);
    await expectBothWays(script, both);
  });

  it("lets rows pass for which a new check is NULL, as every check does", async () => {
    const add = (expression: string): Operation => ({
      kind: "addConstraint",
      table: "todos",
      constraint: { kind: "check", name: "ck", expression },
    });
    const database = await expectBothWays(TODOS, add("length(title) > 2"));
    expect(await database.rows("SELECT count(*) FROM todos WHERE title IS NULL")).toEqual([[2]]);
    await expect(database.connection.execute("INSERT INTO todos VALUES (9, 'ab', 1)")).rejects.toThrow("ck");
    const plain = await openScratchDatabase(TODOS, version);
    expect(countRebuilds(await compile(plain, add("id > 0")))).toBe(version === undefined ? 0 : 1);
  });

  it("renames an INTEGER key, although SQLite cannot where a UNIQUE on its wrong side names it", async () => {
    const rename: Operation = { kind: "renameColumn", table: "todos", from: "id", to: "number" };
    const other: Operation = { ...rename, from: "title", to: "name" };
    for (const definition of [
      "(id INTEGER PRIMARY KEY, title TEXT, UNIQUE (id, title)) WITHOUT ROWID",
      "(id INTEGER, title TEXT, PRIMARY KEY (id), UNIQUE (title, id), UNIQUE (id)) WITHOUT ROWID",
      "(id INTEGER, title TEXT, UNIQUE (title, id), PRIMARY KEY (id), UNIQUE (id))",
    ]) {
      const script = `CREATE TABLE todos ${definition};
        CREATE TABLE notes (todo INTEGER REFERENCES todos (id));
        INSERT INTO todos VALUES (1, 'one'), (2, NULL);`;
      const database = await openScratchDatabase(script, version);
      await expect(database.connection.execute("ALTER TABLE todos RENAME COLUMN id TO number")).rejects.toThrow(
        "after rename",
      );
      expect(countRebuilds(await compile(database, rename))).toBe(1);
      expect(countRebuilds(await compile(database, other))).toBe(0);
      const after = await expectBothWays(script, rename);
      expect(await after.rows("SELECT number, title FROM todos")).toEqual([
        [1, "one"],
        [2, null],
      ]);
      // From then on it is written in a way that SQLite can rename.
      expect(countRebuilds(await compile(after, { ...rename, from: "number", to: "id" }))).toBe(0);
    }
  });

  it("refuses what needs a rebuild when it may not rebuild, and rebuilds when it must", async () => {
    const database = await openScratchDatabase(TODOS, version);
    const change: TableOperation = {
      kind: "alterColumn",
      table: "todos",
      from: text("title"),
      to: text("title", { collation: "NOCASE" }),
    };
    const never: Operation = { kind: "alterTable", table: "todos", operations: [change], recreate: "never" };
    await expect(database.run(never)).rejects.toMatchObject({
      code: "LB0512",
      title: '"set collation of todos.title to NOCASE" needs "todos" to be rebuilt, and the batch forbids it.',
    });
    const always: Operation = { kind: "alterTable", table: "todos", operations: [], recreate: "always" };
    expect(countRebuilds(await compile(database, always))).toBe(1);
    expect(await compile(database, { ...always, recreate: "auto" })).toEqual([]);
  });
});

describe("what depends on a table", () => {
  it("stops the drop of a column that a view or a trigger names, in a rebuild as in place", async () => {
    const drop = { kind: "dropColumn", table: "todos", column: integer("done") } as const;
    const rebuild: Operation = { kind: "alterTable", table: "todos", operations: [drop], recreate: "always" };
    for (const object of [
      "CREATE VIEW v AS SELECT done FROM todos",
      "CREATE TRIGGER g AFTER DELETE ON todos BEGIN SELECT old.done; END",
    ]) {
      for (const operation of [drop, rebuild]) {
        const database = await openScratchDatabase(`${TODOS} ${object}`);
        await expect(database.run(operation)).rejects.toThrow(/no such column: (?:old\.)?done/);
        expect(await database.rows("SELECT count(done) FROM todos")).toEqual([[3]]);
      }
    }
  });

  it("is not disturbed by a view that was broken before", async () => {
    const database = await openScratchDatabase(`${TODOS} CREATE VIEW broken AS SELECT gone FROM nowhere`);
    await database.run({
      kind: "alterColumn",
      table: "todos",
      from: text("title"),
      to: text("title", { collation: "NOCASE" }),
    });
    expect((await database.introspect()).views).toHaveLength(1);
  });

  it("is never lost when the schema was read before it came", async () => {
    const database = await openScratchDatabase(TODOS);
    const before = await database.introspect();
    await database.connection.execute("CREATE TRIGGER late AFTER DELETE ON Todos BEGIN SELECT 1; END");
    const operation: Operation = { kind: "alterTable", table: "todos", operations: [], recreate: "always" };
    const context = { before, after: before, serverVersion: database.serverVersion };
    const guards = dispatchOperation(sqlite.compile, operation, context).filter(({ guard }) => guard !== undefined);
    const unknown = guards.find(({ guard }) => guard?.includes("a rebuild would lose"));
    expect(await database.connection.query(unknown!.sql)).toEqual([{ type: "trigger", name: "late" }]);
  });

  it("is protected by a guard when foreign keys are enforced", async () => {
    const database = await openScratchDatabase(TODOS);
    const before = await database.introspect();
    const operation: Operation = { kind: "alterTable", table: "todos", operations: [], recreate: "always" };
    const [first] = dispatchOperation(sqlite.compile, operation, { before, after: before, serverVersion: "3.40.1" });
    await database.connection.execute("PRAGMA foreign_keys=ON");
    expect(await database.connection.query(first!.sql)).toEqual([{ foreign_keys: 1 }]);
    await database.connection.execute("PRAGMA foreign_keys=OFF");
    expect(await database.connection.query(first!.sql)).toEqual([]);
  });

  it("keeps the counter of AUTOINCREMENT when no row is left", async () => {
    const database = await openScratchDatabase(
      "CREATE TABLE todos (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT); INSERT INTO todos VALUES (41, 'x'); DELETE FROM todos;",
    );
    await database.run({ kind: "alterTable", table: "todos", operations: [], recreate: "always" });
    await database.connection.execute("INSERT INTO todos (title) VALUES ('next')");
    expect(await database.rows("SELECT id FROM todos")).toEqual([[42]]);
  });

  it("copies rows without a rowid to keep, when columns have taken all its names", async () => {
    const database = await openScratchDatabase(
      "CREATE TABLE todos (rowid TEXT, _rowid_ TEXT, oid TEXT); INSERT INTO todos VALUES ('a', 'b', 'c');",
    );
    await database.run({ kind: "alterTable", table: "todos", operations: [], recreate: "always" });
    expect(await database.rows("SELECT * FROM todos")).toEqual([["a", "b", "c"]]);
  });
});
