import { describe, expect, it } from "vitest";
import type { Column } from "../../../schema/model/column.ts";
import type { Table } from "../../../schema/model/table.ts";
import { parseCreateTable } from "../parse/parse-create-table.ts";
import { renderCreateIndex, renderCreateTable } from "./render-table.ts";

const id: Column = { name: "id", type: { kind: "integer" }, nullable: false };

const table = (more: Partial<Table> = {}): Table => ({
  name: "todos",
  columns: [id],
  constraints: [],
  indexes: [],
  ...more,
});

const withDefault = (type: Column["type"], value: Column["default"]): string =>
  renderCreateTable(table({ columns: [{ name: "c", type, nullable: true, ...(value && { default: value }) }] }));

describe("renderCreateTable", () => {
  it("writes one line per column and constraint", () => {
    const sql = renderCreateTable(
      table({
        columns: [
          { ...id, autoIncrement: true },
          {
            name: 'odd "name"',
            type: { kind: "varchar", length: 9 },
            nullable: false,
            default: { kind: "value", value: "it's" },
            collation: "NOCASE",
            options: { sqlite: { notNullName: "nn", notNullConflict: "ignore" } },
          },
          { name: "at", type: { kind: "timestamp", timezone: true }, nullable: true, default: { kind: "now" } },
          {
            name: "sum",
            type: { kind: "raw", sql: "" },
            nullable: true,
            generated: { expression: "id + 1", storage: "stored" },
          },
        ],
        constraints: [
          { kind: "primaryKey", name: "pk", columns: ["id"] },
          { kind: "check", name: "ck", expression: "id > 0" },
          {
            kind: "unique",
            columns: ["id", "at"],
            options: { sqlite: { termSuffixes: ["DESC", ""], onConflict: "replace" } },
          },
          {
            kind: "foreignKey",
            name: "fk",
            columns: ["sum"],
            references: { table: "other", columns: [] },
            onDelete: "set null",
            match: "full",
            deferrable: "initially deferred",
          },
        ],
      }),
    );
    expect(sql.split("\n")).toEqual([
      'CREATE TABLE "todos" (',
      '  "id" INTEGER CONSTRAINT "pk" PRIMARY KEY AUTOINCREMENT,',
      `  "odd ""name""" VARCHAR(9) CONSTRAINT "nn" NOT NULL ON CONFLICT IGNORE DEFAULT 'it''s' COLLATE "NOCASE",`,
      `  "at" TIMESTAMP WITH TIME ZONE DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),`,
      '  "sum" GENERATED ALWAYS AS (id + 1) STORED,',
      '  CONSTRAINT "ck" CHECK (id > 0),',
      '  UNIQUE ("id" DESC, "at") ON CONFLICT REPLACE,',
      '  CONSTRAINT "fk" FOREIGN KEY ("sum") REFERENCES "other" ON DELETE SET NULL MATCH FULL DEFERRABLE INITIALLY DEFERRED',
      ")",
    ]);
  });

  it("writes the types that STRICT tables have", () => {
    const sql = renderCreateTable(
      table({
        columns: [id, { name: "done", type: { kind: "boolean" }, nullable: true }],
        constraints: [{ kind: "primaryKey", columns: ["id"] }],
        options: { sqlite: { strict: true, withoutRowid: true } },
      }),
    );
    expect(sql).toContain('"done" INTEGER');
    expect(sql.endsWith(") STRICT, WITHOUT ROWID")).toBe(true);
  });

  it("writes NOT NULL at the rowid only where it was written before", () => {
    for (const definition of [
      "id INTEGER PRIMARY KEY NOT NULL",
      "id INTEGER CONSTRAINT nn NOT NULL ON CONFLICT FAIL PRIMARY KEY AUTOINCREMENT",
    ]) {
      const original = parseCreateTable(`CREATE TABLE todos (${definition})`);
      expect(renderCreateTable(original)).toContain("NOT NULL");
      expect(parseCreateTable(renderCreateTable(original))).toEqual(original);
    }
    const silent = parseCreateTable("CREATE TABLE todos (id INTEGER PRIMARY KEY)");
    expect(renderCreateTable(silent)).not.toContain("NOT NULL");
    const noRowid = parseCreateTable("CREATE TABLE todos (id INTEGER PRIMARY KEY) WITHOUT ROWID");
    expect(renderCreateTable(noRowid)).toContain('"id" INTEGER NOT NULL');
  });

  it("keeps INTEGER PRIMARY KEY DESC apart from the rowid", () => {
    const original = parseCreateTable("CREATE TABLE todos (id INTEGER PRIMARY KEY DESC)");
    expect(renderCreateTable(original)).toContain('"id" INTEGER PRIMARY KEY DESC');
    expect(parseCreateTable(renderCreateTable(original))).toEqual(original);
  });

  it.each([
    [{ kind: "boolean" }, { kind: "value", value: true }, "DEFAULT 1"],
    [{ kind: "double" }, { kind: "value", value: 1.5 }, "DEFAULT 1.5"],
    [{ kind: "json" }, { kind: "value", value: { a: [1] } }, `DEFAULT '{"a":[1]}'`],
    [{ kind: "json" }, { kind: "value", value: "text" }, `DEFAULT '"text"'`],
    [{ kind: "text" }, { kind: "expression", sql: "CURRENT_TIMESTAMP" }, "DEFAULT CURRENT_TIMESTAMP"],
    [{ kind: "text" }, { kind: "expression", sql: "lower('A')" }, "DEFAULT (lower('A'))"],
  ] as const)("writes the default of %j %j as %s", (type, value, expected) => {
    expect(withDefault(type, value)).toContain(expected);
  });

  it("leaves out a default of NULL, which says nothing", () => {
    expect(withDefault({ kind: "text" }, { kind: "value", value: null })).not.toContain("DEFAULT");
  });

  it("refuses a default that the type cannot hold", () => {
    expect(() => withDefault({ kind: "text" }, { kind: "value", value: { a: 1 } })).toThrow("LB0514");
    expect(() => withDefault({ kind: "integer" }, { kind: "now" })).toThrow("LB0514");
  });

  it("refuses options that SQLite does not know, and ignores those of other engines", () => {
    const options = (own: Table["options"]): string => renderCreateTable(table(own && { options: own }));
    expect(() => options({ sqlite: { strct: true } })).toThrow('Table "todos" has an option "strct"');
    expect(options({ other: { anything: 1 } })).toBe(options(undefined));
    const conflict = { sqlite: { notNullConflict: "ignore; DROP TABLE todos" } };
    expect(() => renderCreateTable(table({ columns: [{ ...id, options: conflict }] }))).toThrow("LB0513");
    const deferred = { kind: "unique", columns: ["id"], deferrable: "initially deferred" } as const;
    expect(() => renderCreateTable(table({ constraints: [deferred] }))).toThrow("LB0513");
  });

  it("refuses to number rows in a column that is not the whole primary key, or no INTEGER", () => {
    const numbered: Column = { ...id, autoIncrement: true };
    const key = { kind: "primaryKey", columns: ["id"] } as const;
    expect(() => renderCreateTable(table({ columns: [numbered] }))).toThrow("LB0515");
    const wide: Column = { ...numbered, type: { kind: "bigint" } };
    expect(() => renderCreateTable(table({ columns: [wide], constraints: [key] }))).toThrow("LB0515");
    expect(renderCreateTable(table({ columns: [numbered], constraints: [key] }))).toContain("AUTOINCREMENT");
  });
});

describe("renderCreateIndex", () => {
  it("writes columns, expressions, collations, orders and conditions", () => {
    const sql = renderCreateIndex("todos", {
      name: "ix",
      unique: true,
      parts: [{ column: "a", collation: "NOCASE", order: "desc" }, { expression: "lower(b)" }],
      where: "a > 0",
    });
    expect(sql).toBe('CREATE UNIQUE INDEX "ix" ON "todos" ("a" COLLATE "NOCASE" DESC, (lower(b))) WHERE a > 0');
  });
});
