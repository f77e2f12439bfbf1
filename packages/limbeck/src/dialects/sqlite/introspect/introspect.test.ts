import { EMPTY_SCHEMA } from "../../../schema/model/schema.ts";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../../dialect/connection.ts";
import { connect } from "../driver/connect.ts";
import { hasTable, introspect } from "./introspect.ts";

let database: DatabaseSync;
let connection: Connection;

beforeEach(async () => {
  database = new DatabaseSync(":memory:", { enableDoubleQuotedStringLiterals: true, defensive: false });
  connection = await connect(database);
});

afterEach(() => database.close());

const namesOf = (objects: readonly { readonly name: string }[]): string[] => objects.map(({ name }) => name);

describe("introspect", () => {
  it("gives an empty schema of an empty database", async () => {
    expect(await introspect(connection)).toEqual({ schema: EMPTY_SCHEMA, unmanaged: [] });
  });

  it("sorts everything by name, and leaves out what SQLite made itself", async () => {
    database.exec("CREATE TABLE b (id INTEGER PRIMARY KEY AUTOINCREMENT, x UNIQUE); CREATE TABLE a (b REFERENCES b)");
    database.exec(
      "CREATE INDEX j ON b (x); CREATE INDEX i ON b (id); CREATE VIEW w AS SELECT 1; CREATE VIEW v AS SELECT 2; ANALYZE",
    );
    database.exec(
      "CREATE TRIGGER y AFTER INSERT ON a BEGIN SELECT 1; END; CREATE TRIGGER x AFTER INSERT ON a BEGIN SELECT 1; END",
    );
    const { schema, unmanaged } = await introspect(connection);
    expect(namesOf(schema.tables)).toEqual(["a", "b"]);
    expect(namesOf(schema.tables[1]?.indexes ?? [])).toEqual(["i", "j"]);
    expect(namesOf(schema.views)).toEqual(["v", "w"]);
    expect(namesOf(schema.triggers)).toEqual(["x", "y"]);
    expect(unmanaged).toEqual([]);
  });

  it("lets references go by the names that the objects have", async () => {
    database.exec(`CREATE TABLE "Parent" ("Id" INTEGER PRIMARY KEY);
      CREATE TABLE child (a REFERENCES PARENT ([id]), b REFERENCES missing (x), c REFERENCES parent);
      CREATE INDEX i ON CHILD ("A"); CREATE VIEW "View" AS SELECT 1 AS x;
      CREATE TRIGGER t1 AFTER INSERT ON CHILD BEGIN SELECT 1; END;
      CREATE TRIGGER t2 INSTEAD OF INSERT ON VIEW BEGIN SELECT 1; END`);
    const { schema } = await introspect(connection);
    const child = schema.tables.find(({ name }) => name === "child");
    expect(child?.constraints.map((constraint) => constraint.kind === "foreignKey" && constraint.references)).toEqual([
      { table: "Parent", columns: ["Id"] },
      { table: "missing", columns: ["x"] },
      { table: "Parent", columns: [] },
    ]);
    expect(child?.indexes).toEqual([{ name: "i", parts: [{ column: "a" }], unique: false }]);
    expect(schema.triggers.map(({ table }) => table)).toEqual(["child", "View"]);
  });

  it("reads what ALTER TABLE left", async () => {
    database.exec(
      "CREATE TABLE t (a INT /* a */, CHECK (a > 0)); CREATE INDEX i ON t (a); CREATE VIEW v AS SELECT a FROM t",
    );
    database.exec("ALTER TABLE t ADD COLUMN b TEXT NOT NULL DEFAULT 'x' /* b */");
    database.exec('ALTER TABLE t RENAME COLUMN a TO "a 1"; ALTER TABLE t RENAME TO u');
    expect((await introspect(connection)).schema).toEqual({
      tables: [
        {
          name: "u",
          columns: [
            { name: "a 1", type: { kind: "raw", sql: "INT" }, nullable: true },
            { name: "b", type: { kind: "text" }, nullable: false, default: { kind: "value", value: "x" } },
          ],
          constraints: [{ kind: "check", expression: '"a 1" > 0' }],
          indexes: [{ name: "i", parts: [{ column: "a 1" }], unique: false }],
        },
      ],
      views: [{ name: "v", definition: 'SELECT "a 1" FROM "u"' }],
      triggers: [],
      enums: [],
      sequences: [],
      objects: [],
    });
  });

  it("leaves virtual tables and their data alone", async () => {
    database.exec(`CREATE VIRTUAL TABLE "Search" USING fts5(body); CREATE TABLE search_notes (a); CREATE TABLE plain (a);
      CREATE VIRTUAL TABLE box USING rtree(id, x0, x1)`);
    const { schema, unmanaged } = await introspect(connection);
    expect(namesOf(schema.tables)).toEqual(["plain", "search_notes"]);
    expect(unmanaged.filter(({ kind }) => kind === "virtual table")).toEqual([
      {
        kind: "virtual table",
        name: "Search",
        reason: "the module fts5 keeps it",
        definition: 'CREATE VIRTUAL TABLE "Search" USING fts5(body)',
        drop: 'DROP TABLE "Search"',
      },
      {
        kind: "virtual table",
        name: "box",
        reason: "the module rtree keeps it",
        definition: "CREATE VIRTUAL TABLE box USING rtree(id, x0, x1)",
        drop: 'DROP TABLE "box"',
      },
    ]);
    const shadows = unmanaged.filter(({ kind }) => kind === "shadow table");
    expect(namesOf(shadows)).toContain("Search_content");
    expect(namesOf(shadows)).toContain("box_node");
    expect(schema.tables.length + unmanaged.length).toBe(
      Number(database.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE type = 'table'").get()?.["n"]),
    );
  });

  it("does not take the data of a module that isn't loaded for tables", async () => {
    database.exec(`CREATE TABLE places_node (a); CREATE TABLE other (a); PRAGMA writable_schema = ON;
      INSERT INTO sqlite_schema VALUES ('table', 'places', 'places', 0, 'CREATE VIRTUAL TABLE places USING "geo"(a)');
      PRAGMA writable_schema = RESET`);
    const { schema, unmanaged } = await introspect(connection);
    expect(namesOf(schema.tables)).toEqual(["other"]);
    expect(unmanaged).toEqual([
      {
        kind: "virtual table",
        name: "places",
        reason: "the module geo keeps it",
        definition: 'CREATE VIRTUAL TABLE places USING "geo"(a)',
        drop: 'DROP TABLE "places"',
      },
      {
        kind: "shadow table",
        name: "places_node",
        reason: "it may hold the data of places, whose module geo is not loaded",
      },
    ]);
  });

  it("leaves a table alone of which anything can't be read, with all that belongs to it", async () => {
    // What SQLite took in an older version, or what somebody wrote into the catalogue, need not be what we can read.
    database.exec(`CREATE TABLE a (x); CREATE INDEX i ON a (x); CREATE TABLE b (x);
      CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END; CREATE VIEW v AS SELECT 1`);
    database.exec("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = sql || ' %' WHERE name IN ('i', 'v')");
    const { schema, unmanaged } = await introspect(connection);
    expect(namesOf(schema.tables)).toEqual(["b"]);
    expect(schema.triggers).toEqual([]);
    expect(unmanaged).toEqual([
      {
        kind: "table",
        name: "a",
        reason: "Expected the end, found %. The statement is: CREATE INDEX i ON a (x) %",
        definition: "CREATE TABLE a (x)",
        drop: 'DROP TABLE "a"',
      },
      {
        kind: "trigger",
        name: "t",
        reason: "a, which it belongs to, is unmanaged",
        definition: "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END",
        drop: 'DROP TRIGGER "t"',
      },
    ]);
    expect(schema.views).toEqual([{ name: "v", definition: "SELECT 1 %" }]);
  });

  it("gives text that can be run again where the stored one can't", async () => {
    database.exec(`CREATE TABLE t (a TEXT CHECK (a IN ("x", "y")))`);
    const { schema } = await introspect(connection);
    expect(schema.tables[0]?.constraints).toEqual([{ kind: "check", expression: "a IN ('x', 'y')" }]);
  });
});

describe("hasTable", () => {
  it("finds tables, in any case, and nothing else", async () => {
    database.exec("CREATE TABLE Version (a); CREATE VIEW v AS SELECT 1");
    expect(await hasTable(connection, "version")).toBe(true);
    expect(await hasTable(connection, "v")).toBe(false);
    expect(await hasTable(connection, "other")).toBe(false);
  });
});
