import { describe, expect, it } from "vitest";
import { OLDEST_VERSION } from "../../src/dialects/sqlite/capabilities.ts";
import { applyOperation } from "../../src/ops/apply/apply-operation.ts";
import type { Operation, TableOperation } from "../../src/ops/operation.ts";
import { reverseOperation } from "../../src/ops/reverse/reverse-operation.ts";
import type { Column } from "../../src/schema/model/column.ts";
import { findPrimaryKey, type Table } from "../../src/schema/model/table.ts";
import { normalizeSchema } from "../support/normalize-schema.ts";
import { openScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";

/** What stands in or around the table `t`. */
interface Surroundings {
  readonly id?: string;
  readonly columns?: string;
  readonly constraints?: string;
  readonly options?: string;
  readonly after?: string;
}

const SURROUNDINGS: Readonly<Record<string, Surroundings>> = {
  nothing: {},
  "children with cascade": {
    after: `
      CREATE TABLE kids (id INTEGER PRIMARY KEY, t_id INTEGER NOT NULL REFERENCES t (id) ON DELETE CASCADE ON UPDATE CASCADE);
      INSERT INTO kids SELECT NULL, id FROM t;`,
  },
  "self reference": {
    columns: "me INTEGER REFERENCES t (id) ON DELETE CASCADE,",
    after: "UPDATE t SET me = id - 1 WHERE id IN (2, 3, 4);",
  },
  triggers: {
    after: `
      CREATE TRIGGER own AFTER DELETE ON t BEGIN INSERT INTO log VALUES (old.id, 'gone'); END;
      CREATE TRIGGER other AFTER INSERT ON log WHEN (SELECT count(*) FROM t) < 0 BEGIN DELETE FROM t; END;`,
  },
  views: {
    after: `
      CREATE VIEW v (id, b) AS SELECT id, b FROM t WHERE b > 0;
      CREATE VIEW w (n) AS SELECT count(*) FROM v;
      CREATE TRIGGER v_insert INSTEAD OF INSERT ON v BEGIN INSERT INTO t (id, b) VALUES (new.id, new.b); END;`,
  },
  "partial index": { after: "CREATE UNIQUE INDEX ix ON t (b DESC, id) WHERE b > 3;" },
  "expression index": { after: "CREATE INDEX ix ON t (b + id, id COLLATE RTRIM DESC);" },
  STRICT: { options: " STRICT" },
  "WITHOUT ROWID": { options: " WITHOUT ROWID" },
  "STRICT, WITHOUT ROWID": { options: " STRICT, WITHOUT ROWID" },
  AUTOINCREMENT: {
    id: "INTEGER PRIMARY KEY AUTOINCREMENT",
    after: "INSERT INTO t (id) VALUES (500); DELETE FROM t WHERE id = 500;",
  },
  "generated columns": { columns: "g INTEGER AS (b * 2), s INTEGER NOT NULL GENERATED ALWAYS AS (id + 1) STORED," },
  "unnamed check": { constraints: ", CHECK (b >= 0), CHECK (id > 0 AND id <> 99)" },
  "check that names its table": { constraints: ", CONSTRAINT own CHECK (t.b >= 0)" },
  "conflict clauses and collations": {
    columns: "u TEXT COLLATE NOCASE NOT NULL ON CONFLICT IGNORE DEFAULT 'u',",
    constraints: ", CONSTRAINT uq_u UNIQUE (u COLLATE RTRIM DESC, id) ON CONFLICT REPLACE",
  },
  "no primary key": { id: "INTEGER", after: "DELETE FROM t WHERE id IN (2, 3);" },
  "descending primary key": { id: "INTEGER PRIMARY KEY DESC", after: "DELETE FROM t WHERE id = 2;" },
};

function createScript({
  id = "INTEGER PRIMARY KEY",
  columns = "",
  constraints = "",
  options = "",
  after = "",
}: Surroundings) {
  return `
    CREATE TABLE log (x, y);
    CREATE TABLE parents (id INTEGER PRIMARY KEY);
    INSERT INTO parents VALUES (1), (2);
    CREATE TABLE t (id ${id}, a TEXT, b INTEGER, ${columns} c TEXT, p INTEGER${constraints})${options};
    INSERT INTO t (id, a, b, c, p) VALUES
      (1, 'one', 10, 'x', 1), (2, 'two', 20, NULL, 2), (3, 'three', 30, '', NULL), (4, 'four', 40, 'y', 1), (6, 'six', 60, 'z', 2);
    ${after}`;
}

const column = (table: Table, name: string): Column => table.columns.find((one) => one.name === name)!;

const alter = (table: Table, name: string, changes: Partial<Column>): TableOperation => {
  const from = column(table, name);
  return { kind: "alterColumn", table: "t", from, to: { ...from, ...changes } };
};

/** A new primary key; keys that point to the old one go on pointing to something unique. */
function changePrimaryKey(table: Table): Operation {
  const old = findPrimaryKey(table);
  const id = column(table, "id");
  const { autoIncrement: _counter, ...plain } = id;
  const uncount: TableOperation = { kind: "alterColumn", table: "t", from: id, to: plain };
  return {
    kind: "alterTable",
    table: "t",
    operations: [
      ...(id.autoIncrement ? [uncount] : []),
      alter(table, "a", { nullable: false }),
      ...(old ? [{ kind: "dropConstraint", table: "t", constraint: old } as const] : []),
      { kind: "addConstraint", table: "t", constraint: { kind: "unique", name: "uq_id", columns: ["id"] } },
      { kind: "addConstraint", table: "t", constraint: { kind: "primaryKey", name: "pk_a", columns: ["a", "id"] } },
    ],
  };
}

const add = (definition: Partial<Column>, after?: string | null): Operation => ({
  kind: "addColumn",
  table: "t",
  column: { name: "n", type: { kind: "integer" }, nullable: true, ...definition },
  ...(after !== undefined && { after }),
});

const CHANGES: Readonly<Record<string, (table: Table) => Operation>> = {
  "change a type": (table) => alter(table, "b", { type: { kind: "text" } }),
  "make a column not null": (table) => alter(table, "a", { nullable: false }),
  "set a default": (table) => alter(table, "c", { default: { kind: "value", value: "it's" } }),
  "set a collation": (table) => alter(table, "a", { collation: "NOCASE" }),
  "add a check": () => ({
    kind: "addConstraint",
    table: "t",
    constraint: { kind: "check", name: "ck", expression: "b > 0" },
  }),
  "add an unnamed check": () => ({
    kind: "addConstraint",
    table: "t",
    constraint: { kind: "check", expression: "length(a) > 1" },
  }),
  "add a unique constraint": () => ({
    kind: "addConstraint",
    table: "t",
    constraint: { kind: "unique", name: "uq", columns: ["a", "b"] },
  }),
  "add a foreign key": () => ({
    kind: "addConstraint",
    table: "t",
    constraint: {
      kind: "foreignKey",
      name: "fk",
      columns: ["p"],
      references: { table: "parents", columns: ["id"] },
      onDelete: "set null",
      deferrable: "initially deferred",
    },
  }),
  "change the primary key": changePrimaryKey,
  "rename a column": () => ({ kind: "renameColumn", table: "t", from: "b", to: "bb" }),
  "rename a column in a rebuild": () => ({
    kind: "alterTable",
    table: "t",
    operations: [{ kind: "renameColumn", table: "t", from: "b", to: "bb" }],
    recreate: "always",
  }),
  "drop a column": (table) => ({
    kind: "dropColumn",
    table: "t",
    column: column(table, "c"),
    after: before(table, "c"),
  }),
  "drop a column in a rebuild": (table) => ({
    kind: "alterTable",
    table: "t",
    operations: [{ kind: "dropColumn", table: "t", column: column(table, "c"), after: before(table, "c") }],
    recreate: "always",
  }),
  "add a column": () => add({ nullable: false, default: { kind: "value", value: 7 } }),
  "add a column in the middle": () => add({}, "a"),
  "add a column in front": () => add({}, null),
  "add a column with an expression": () => add({ default: { kind: "expression", sql: "1 + 1" } }),
  "add a stored column": () => add({ generated: { expression: "length(a)", storage: "stored" } }),
  "create an index": () => ({
    kind: "createIndex",
    table: "t",
    index: {
      name: "ix_new",
      unique: true,
      parts: [{ column: "a" }, { expression: "b + 1", order: "desc" }],
      where: "b > 0",
    },
  }),
};

const before = (table: Table, name: string): string | null =>
  table.columns[table.columns.findIndex((one) => one.name === name) - 1]?.name ?? null;

async function readRows(database: ScratchDatabase) {
  const { tables } = await database.introspect();
  const contents = tables.map(({ name, options }) => {
    const rowid = options?.["sqlite"]?.["withoutRowid"] ? "" : "rowid,";
    return database.rows(`SELECT ${rowid} * FROM "${name}"`);
  });
  const counters = await database.rows("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'");
  return {
    contents: await Promise.all(contents),
    counters: counters.length > 0 ? await database.rows("SELECT name, seq FROM sqlite_sequence") : [],
    schema: normalizeSchema(await database.introspect()),
    integrity: await database.rows("PRAGMA integrity_check"),
  };
}

/** The values of the columns that are there before and after, whatever they are called and of whatever type. */
async function readShared(database: ScratchDatabase): Promise<unknown> {
  const { tables } = await database.introspect();
  const table = tables.find(({ name }) => name === "t")!;
  const names = ["id", "a", table.columns.some(({ name }) => name === "bb") ? "bb" : "b", "p"];
  const others = tables.some(({ name }) => name === "kids") ? await database.rows("SELECT * FROM kids") : [];
  const rows = await database.rows(`SELECT ${names.join(", ")} FROM t ORDER BY id`);
  return { others, rows: rows.map((row) => row.map(String)) };
}

const VERSIONS = { "3.53": undefined, "3.40": OLDEST_VERSION } as const;

describe.each(Object.entries(VERSIONS))("compiled for SQLite %s", (_name, version) => {
  describe.each(Object.entries(SURROUNDINGS))("around it: %s", (_surroundings, surroundings) => {
    it.each(Object.entries(CHANGES))("%s, and back", async (change, describeChange) => {
      const database = await openScratchDatabase(createScript(surroundings), version);
      const start = await readRows(database);
      const shared = await readShared(database);
      const schema = await database.introspect();
      const operation = describeChange(schema.tables.find(({ name }) => name === "t")!);

      await database.run(operation);
      expect(await readShared(database)).toEqual(shared);
      const reached = await database.introspect();
      // After a rename the texts of views and triggers are SQLite's to rewrite.
      const texts = change.startsWith("rename") ? { views: [], triggers: [] } : {};
      expect(normalizeSchema({ ...reached, ...texts })).toEqual(
        normalizeSchema({ ...applyOperation(operation, schema), ...texts }),
      );
      expect(await database.rows("PRAGMA integrity_check")).toEqual([["ok"]]);

      const back = reverseOperation(operation);
      await database.run(back);
      const end = await readRows(database);
      // What was dropped comes back without its values, and AUTOINCREMENT without its counter.
      const lost = {
        ...(change.startsWith("drop") && { contents: [] }),
        ...(change.includes("key") && { counters: [] }),
      };
      expect({ ...end, ...lost }).toEqual({ ...start, ...lost });
      expect(await readShared(database)).toEqual(shared);
      await database.connection.close();
    });
  });
});
