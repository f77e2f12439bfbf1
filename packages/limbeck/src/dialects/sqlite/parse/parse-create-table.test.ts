import { describe, expect, it } from "vitest";
import type { Column } from "../../../schema/model/column.ts";
import type { Constraint } from "../../../schema/model/constraint.ts";
import { parseCreateTable } from "./parse-create-table.ts";

/** The only column of a table, `c`, described by what follows its name. */
function parseColumn(definition: string): Column | undefined {
  return parseCreateTable(`CREATE TABLE t (other, c ${definition})`).columns[1];
}

function parseConstraints(definition: string): readonly Constraint[] {
  return parseCreateTable(`CREATE TABLE t (a, b, ${definition})`).constraints;
}

describe("parseCreateTable", () => {
  it("reads a table as it would be written in the model", () => {
    const sql = `CREATE TABLE "todos" (
      id INTEGER PRIMARY KEY AUTOINCREMENT, -- the rowid
      title VARCHAR(255) NOT NULL COLLATE NOCASE,
      done BOOLEAN NOT NULL DEFAULT 0,
      price DECIMAL(10, 2) CHECK (price /* not free */ > 0),
      created_at TIMESTAMP WITH TIME ZONE DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
      initial TEXT GENERATED ALWAYS AS (substr(title, 1, 1)) STORED,
      list_id INTEGER CONSTRAINT fk_list REFERENCES lists (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
      CONSTRAINT uq_todos_title UNIQUE (title, list_id)
    )`;
    expect(parseCreateTable(sql)).toEqual({
      name: "todos",
      columns: [
        { name: "id", type: { kind: "integer" }, nullable: false, autoIncrement: true },
        { name: "title", type: { kind: "varchar", length: 255 }, nullable: false, collation: "NOCASE" },
        { name: "done", type: { kind: "boolean" }, nullable: false, default: { kind: "value", value: false } },
        { name: "price", type: { kind: "decimal", precision: 10, scale: 2 }, nullable: true },
        { name: "created_at", type: { kind: "timestamp", timezone: true }, nullable: true, default: { kind: "now" } },
        {
          name: "initial",
          type: { kind: "text" },
          nullable: true,
          generated: { expression: "substr(title, 1, 1)", storage: "stored" },
        },
        { name: "list_id", type: { kind: "integer" }, nullable: true },
      ],
      constraints: [
        { kind: "primaryKey", columns: ["id"] },
        { kind: "check", expression: "price > 0" },
        {
          kind: "foreignKey",
          name: "fk_list",
          columns: ["list_id"],
          references: { table: "lists", columns: ["id"] },
          onDelete: "cascade",
          deferrable: "initially deferred",
        },
        { kind: "unique", name: "uq_todos_title", columns: ["title", "list_id"] },
      ],
      indexes: [],
    });
  });

  it("leaves out what is not said, so that nothing is there but undefined", () => {
    expect(JSON.stringify(parseCreateTable("CREATE TABLE t (a)"))).toBe(
      '{"name":"t","columns":[{"name":"a","type":{"kind":"raw","sql":""},"nullable":true}],"constraints":[],"indexes":[]}',
    );
    expect(Object.keys(parseCreateTable("CREATE TABLE t (a)"))).toEqual(["name", "columns", "constraints", "indexes"]);
  });

  it("skips what a script may say before the name", () => {
    expect(parseCreateTable('CREATE TEMP TABLE IF NOT EXISTS main."x y" (a);').name).toBe("x y");
  });

  it("reads STRICT and WITHOUT ROWID in any order", () => {
    const optionsOf = (words: string): unknown =>
      parseCreateTable(`CREATE TABLE t (a INT PRIMARY KEY) ${words}`).options;
    expect(optionsOf("")).toBeUndefined();
    expect(optionsOf("strict")).toEqual({ sqlite: { strict: true } });
    expect(optionsOf("WITHOUT rowid, STRICT")).toEqual({ sqlite: { strict: true, withoutRowid: true } });
  });

  it.each([
    "CREATE TABLE t AS SELECT 1",
    "CREATE TABLE t (a",
    "CREATE TABLE t (a))",
    "CREATE TABLE t ()",
    "CREATE TABLE t (a) WITHOUT x",
    "CREATE TABLE t (a CHECK (1)",
    "CREATE TABLE t (a DEFAULT)",
    "CREATE TABLE t (a, PRIMARY KEY (b))",
    "CREATE TABLE t (a REFERENCES u ON DELETE x)",
    "CREATE TABLE t (a 'x)",
    "CREATE VIRTUAL TABLE t USING fts5(a)",
    "CREATE TABLE t (a) extra",
    "",
  ])("refuses %j", (sql) => {
    expect(() => parseCreateTable(sql)).toThrow(/LB0614/);
  });
});

describe("a column", () => {
  it.each([
    ["integer", { kind: "integer" }],
    ["VARCHAR /* x */ (10)", { kind: "varchar", length: 10 }],
    ["timestamp\n with  time zone", { kind: "timestamp", timezone: true }],
    ["INT GENERATED ALWAYS AS (1)", { kind: "raw", sql: "INT" }],
    ["generated int", { kind: "raw", sql: "generated int" }],
    ['"TEXT"', { kind: "text" }],
    ['"order by"', { kind: "raw", sql: '"order by"' }],
    ["unsigned big int", { kind: "raw", sql: "unsigned big int" }],
    ["dec(-1, +2)", { kind: "raw", sql: "dec(-1, +2)" }],
    ["key CHECK (1)", { kind: "raw", sql: "key" }],
  ])("has the type of %j", (definition, type) => {
    expect(parseColumn(definition)?.type).toEqual(type);
  });

  it("keeps what only SQLite knows about it", () => {
    const definition = `INT CONSTRAINT nn NOT NULL ON CONFLICT IGNORE CONSTRAINT "d 1" DEFAULT 5 CONSTRAINT 'c' COLLATE "my coll"`;
    expect(parseColumn(definition)).toEqual({
      name: "c",
      type: { kind: "raw", sql: "INT" },
      nullable: false,
      default: { kind: "value", value: 5 },
      collation: "my coll",
      options: { sqlite: { notNullConflict: "ignore", notNullName: "nn", defaultName: "d 1", collationName: "c" } },
    });
    expect(parseColumn("AS (1) CONSTRAINT g GENERATED ALWAYS AS (2) VIRTUAL")).toMatchObject({
      generated: { expression: "2", storage: "virtual" },
      options: { sqlite: { generatedName: "g" } },
    });
  });

  it("may say NULL, which means nothing, and names without a constraint", () => {
    expect(parseColumn("INT CONSTRAINT x NULL ON CONFLICT FAIL CONSTRAINT y")).toEqual({
      name: "c",
      type: { kind: "raw", sql: "INT" },
      nullable: true,
    });
  });

  it.each([
    ["CREATE TABLE t (c INTEGER PRIMARY KEY)", false],
    ["CREATE TABLE t (c INTEGER, PRIMARY KEY (c DESC))", false],
    ['CREATE TABLE t ("C" INTEGER, PRIMARY KEY (c))', false],
    ["CREATE TABLE t (c INTEGER PRIMARY KEY DESC)", true],
    ["CREATE TABLE t (c INT PRIMARY KEY)", true],
    ["CREATE TABLE t (c TEXT PRIMARY KEY)", true],
    ["CREATE TABLE t (c INTEGER, d INTEGER, PRIMARY KEY (c, d))", true],
    ["CREATE TABLE t (c TEXT PRIMARY KEY) WITHOUT ROWID", false],
    ["CREATE TABLE t (c TEXT PRIMARY KEY) STRICT", false],
    ["CREATE TABLE t (c TEXT, d INT PRIMARY KEY) STRICT", true],
  ])("is nullable as SQLite sees it: %s", (sql, nullable) => {
    expect(parseCreateTable(sql).columns[0]?.nullable).toBe(nullable);
  });
});

describe("a default", () => {
  const parse = (definition: string): unknown => parseColumn(definition)?.default;
  const value = (given: unknown): unknown => ({ kind: "value", value: given });
  const expression = (sql: string): unknown => ({ kind: "expression", sql });

  it.each<readonly [string, unknown]>([
    ["TEXT DEFAULT 'it''s'", value("it's")],
    ["TEXT DEFAULT ''", value("")],
    ["TEXT DEFAULT (('x'))", value("x")],
    ["TEXT DEFAULT bare", value("bare")],
    ['TEXT DEFAULT "quoted"', value("quoted")],
    ["TEXT DEFAULT [two words]", value("two words")],
    ["INTEGER DEFAULT 5", value(5)],
    ["INTEGER DEFAULT -5", value(-5)],
    ["INTEGER DEFAULT + 5", value(5)],
    ["INTEGER DEFAULT (-5)", value(-5)],
    ["INTEGER DEFAULT -0", value(0)],
    ["INTEGER DEFAULT 0x1F", value(31)],
    ["INTEGER DEFAULT 1_000", value(1000)],
    ["INTEGER DEFAULT 1.0", value(1)],
    ["DECIMAL(10,2) DEFAULT 2.50", value(2.5)],
    ["REAL DEFAULT 1e3", value(1000)],
    ["BOOLEAN DEFAULT 1", value(true)],
    ["BOOLEAN DEFAULT FALSE", value(false)],
    ["BOOLEAN DEFAULT 2", value(2)],
    ["INTEGER DEFAULT true", value(1)],
    [`JSON DEFAULT '{"a": [1, "b c"]}'`, value({ a: [1, "b c"] })],
    [`JSON DEFAULT '"text"'`, value("text")],
    ["JSON DEFAULT 'false'", value(false)],
  ])("%s is a value", (definition, expected) => {
    expect(parse(definition)).toEqual(expected);
  });

  it.each<readonly [string, unknown]>([
    ["TEXT DEFAULT CURRENT_TIMESTAMP", expression("CURRENT_TIMESTAMP")],
    ["TEXT DEFAULT (current_date)", expression("CURRENT_DATE")],
    ["TEXT DEFAULT (upper('a') || /* c */ 'b')", expression("upper('a') || 'b'")],
    ["TEXT DEFAULT ((1) + (2))", expression("(1) + (2)")],
    ["TEXT DEFAULT 1.0", expression("1.0")],
    ["DEFAULT 1e3", expression("1e3")],
    ["REAL DEFAULT 0.1234567890123456789", expression("0.1234567890123456789")],
    ["REAL DEFAULT 1e400", expression("1e400")],
    ["REAL DEFAULT -0.0", expression("-0.0")],
    ["INTEGER DEFAULT 9007199254740993", expression("9007199254740993")],
    ["INTEGER DEFAULT -9223372036854775808", expression("-9223372036854775808")],
    ["BLOB DEFAULT x'ab'", expression("x'ab'")],
    ["TEXT DEFAULT - 'a'", expression("- 'a'")],
    ["JSON DEFAULT 'null'", expression("'null'")],
    ["JSON DEFAULT '1.0'", expression("'1.0'")],
    [`JSON DEFAULT '{"a":1,"a":2}'`, expression(`'{"a":1,"a":2}'`)],
    ["JSON DEFAULT 'no json'", expression("'no json'")],
    ["JSON DEFAULT bare", expression("'bare'")],
    ["TIMESTAMP DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now'))", expression("strftime('%Y-%m-%d %H:%M:%f','now')")],
  ])("%s stays SQL", (definition, expected) => {
    expect(parse(definition)).toEqual(expected);
  });

  it.each([
    "TIMESTAMP WITH TIME ZONE DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))",
    "TEXT DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))",
    "TIMESTAMP DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))",
    "DATE DEFAULT (date('now'))",
    "TIME DEFAULT (time('now'))",
  ])("%s is the clock", (definition) => {
    expect(parse(definition)).toEqual({ kind: "now" });
  });

  it.each(["TEXT CONSTRAINT d DEFAULT NULL", "TEXT DEFAULT (null)", "TEXT DEFAULT 'a' DEFAULT NULL", "TEXT"])(
    "%s is none",
    (definition) => {
      expect(parse(definition)).toBeUndefined();
      expect(Object.keys(parseColumn(definition) ?? {})).toEqual(["name", "type", "nullable"]);
    },
  );
});

describe("a constraint", () => {
  it("stands in textual order, wherever it was written", () => {
    const sql =
      "CREATE TABLE t (a UNIQUE CHECK (a > 1) PRIMARY KEY, b REFERENCES u UNIQUE, CHECK (b > 2) UNIQUE (a, b))";
    expect(parseCreateTable(sql).constraints.map(({ kind }) => kind)).toEqual([
      "unique",
      "check",
      "primaryKey",
      "foreignKey",
      "unique",
      "check",
      "unique",
    ]);
  });

  it("names columns as the table spells them", () => {
    const sql = `CREATE TABLE t ("Größe", "B", UNIQUE ([b], 'Größe'), FOREIGN KEY (b) REFERENCES u)`;
    expect(
      parseCreateTable(sql).constraints.map((constraint) => "columns" in constraint && constraint.columns),
    ).toEqual([["B", "Größe"], ["B"]]);
  });

  it("keeps conflict clauses, collations and orders of keys", () => {
    expect(
      parseConstraints(
        "PRIMARY KEY (a COLLATE nocase DESC, ((b))) ON CONFLICT REPLACE, UNIQUE (b ASC) ON CONFLICT FAIL",
      ),
    ).toEqual([
      {
        kind: "primaryKey",
        columns: ["a", "b"],
        options: { sqlite: { onConflict: "replace", termSuffixes: ["COLLATE nocase DESC", ""] } },
      },
      { kind: "unique", columns: ["b"], options: { sqlite: { onConflict: "fail" } } },
    ]);
    expect(parseConstraints('UNIQUE (a COLLATE "my coll"), CHECK (a) ON CONFLICT IGNORE')).toEqual([
      { kind: "unique", columns: ["a"], options: { sqlite: { termSuffixes: ['COLLATE "my coll"'] } } },
      { kind: "check", expression: "a", options: { sqlite: { onConflict: "ignore" } } },
    ]);
  });

  it("remembers that the rowid says NOT NULL, which no column does that only is so", () => {
    const columnOf = (sql: string): Column | undefined => parseCreateTable(sql).columns[0];
    const id = { name: "id", type: { kind: "integer" }, nullable: false };
    expect(columnOf("CREATE TABLE t (id INTEGER PRIMARY KEY)")).toEqual(id);
    const said = { ...id, options: { sqlite: { notNull: true } } };
    expect(columnOf("CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY)")).toEqual(said);
    expect(columnOf("CREATE TABLE t (id INTEGER NOT NULL, PRIMARY KEY (id DESC))")).toEqual(said);
    expect(columnOf("CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY) WITHOUT ROWID")).toEqual(id);
    expect(columnOf("CREATE TABLE t (id BIGINT NOT NULL PRIMARY KEY)")?.options).toBeUndefined();
  });

  it("remembers a descending key at the column, which is no rowid there", () => {
    expect(
      parseCreateTable("CREATE TABLE t (a INTEGER CONSTRAINT k PRIMARY KEY DESC ON CONFLICT ABORT)").constraints,
    ).toEqual([
      {
        kind: "primaryKey",
        name: "k",
        columns: ["a"],
        options: { sqlite: { onConflict: "abort", termSuffixes: ["DESC"], inline: true } },
      },
    ]);
  });

  it("drops the order and the collation of the rowid, which mean nothing", () => {
    const sql = "CREATE TABLE t (a INTEGER, PRIMARY KEY (a COLLATE nocase DESC AUTOINCREMENT) ON CONFLICT FAIL)";
    const { columns, constraints } = parseCreateTable(sql);
    expect(constraints).toEqual([{ kind: "primaryKey", columns: ["a"], options: { sqlite: { onConflict: "fail" } } }]);
    expect(columns[0]?.autoIncrement).toBe(true);
    expect(parseCreateTable("CREATE TABLE t (a INTEGER, PRIMARY KEY (a DESC))").constraints).toEqual([
      { kind: "primaryKey", columns: ["a"] },
    ]);
    expect(parseCreateTable("CREATE TABLE t (a INTEGER, PRIMARY KEY (a DESC)) WITHOUT ROWID").constraints).toEqual([
      { kind: "primaryKey", columns: ["a"], options: { sqlite: { termSuffixes: ["DESC"] } } },
    ]);
  });

  it("keeps the text of a check but for its comments and outer parentheses", () => {
    const expressions = parseConstraints("CHECK ((a > 0)), CHECK (a --x\n in ('--', ')')), CHECK ( a/**/  >\n0 )").map(
      (constraint) => constraint.kind === "check" && constraint.expression,
    );
    expect(expressions).toEqual(["(a > 0)", "a in ('--', ')')", "a >\n0"]);
  });

  it("writes text in double quotes as text, where it is no column", () => {
    expect(
      parseConstraints(`CHECK (a IN ("x", "it's", "A", "rowid") AND "b" COLLATE "nocase" <> t."c" OR "T"."a")`),
    ).toEqual([
      { kind: "check", expression: `a IN ('x', 'it''s', "A", "rowid") AND "b" COLLATE "nocase" <> t."c" OR "T"."a"` },
    ]);
  });

  const key = { kind: "foreignKey", columns: ["a"], references: { table: "u", columns: [] } };

  it.each<readonly [string, unknown]>([
    ["", key],
    ["(x)", { ...key, references: { table: "u", columns: ["x"] } }],
    ["ON DELETE SET NULL ON UPDATE SET DEFAULT", { ...key, onDelete: "set null", onUpdate: "set default" }],
    ["ON UPDATE RESTRICT ON DELETE NO ACTION", { ...key, onUpdate: "restrict" }],
    ["MATCH FULL ON INSERT SET NULL", { ...key, match: "full", options: { sqlite: { onInsert: "set null" } } }],
    ["MATCH anything", { ...key, options: { sqlite: { match: "anything" } } }],
    ["DEFERRABLE", { ...key, deferrable: "initially immediate" }],
    ["DEFERRABLE INITIALLY IMMEDIATE", { ...key, deferrable: "initially immediate" }],
    ["DEFERRABLE INITIALLY DEFERRED", { ...key, deferrable: "initially deferred" }],
    ["NOT DEFERRABLE INITIALLY DEFERRED", key],
  ])("that refers to another table may say %j", (words, expected) => {
    expect(parseConstraints(`FOREIGN KEY (a) REFERENCES u ${words}`)).toEqual([expected]);
    expect(parseCreateTable(`CREATE TABLE t (a REFERENCES u ${words}, b)`).constraints).toEqual([expected]);
  });

  it("is deferred by a clause at a later column too, as in SQLite", () => {
    expect(
      parseCreateTable("CREATE TABLE t (a REFERENCES u NOT NULL, b DEFERRABLE INITIALLY DEFERRED)").constraints,
    ).toEqual([{ ...key, deferrable: "initially deferred" }]);
  });
});
