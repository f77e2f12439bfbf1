import { describe, expect, it } from "vitest";
import { buildTable } from "../../schema/builder/build-table.ts";
import { DEFAULT_NAMING_CONVENTION, type NamingConvention } from "../../schema/builder/naming-convention.ts";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  primaryKey,
  table,
  text,
  timestamp,
  unique,
  varchar,
} from "../../schema.ts";
import type { TableDefinition } from "../../schema/builder/table-definition.ts";
import type { Table } from "../../schema/model/table.ts";
import { printDocument } from "./print-document.ts";
import { renderOperation } from "./render-operation.ts";

const build = (definition: TableDefinition, convention: NamingConvention = DEFAULT_NAMING_CONVENTION): Table =>
  buildTable(definition, convention);

const render = (one: Table, convention: NamingConvention = DEFAULT_NAMING_CONVENTION): string =>
  printDocument(renderOperation({ kind: "createTable", table: one }, { convention }), 100);

describe("a created table", () => {
  it("reads as its model does", () => {
    const todos = table(
      "todos",
      {
        id: integer().primaryKey().autoIncrement(),
        title: varchar(255).notNull().unique(),
        done: boolean().notNull().default(false),
        list_id: integer().references("lists", "id", { onDelete: "cascade" }),
        rank: integer().check("rank > 0"),
        created_at: timestamp({ timezone: true }).notNull().defaultNow(),
        shout: text().generatedAs("upper(title)", { storage: "stored" }).collate("NOCASE"),
      },
      [unique(["list_id", "rank"]), check("done OR rank < 9"), index(["title"], { unique: true, where: "done" })],
    );
    expect(render(build(todos))).toBe(`await op.createTable(
  "todos",
  {
    id: integer().primaryKey().autoIncrement(),
    title: varchar(255).notNull().unique(),
    done: boolean().notNull().default(false),
    list_id: integer().references("lists", "id", { onDelete: "cascade" }),
    rank: integer().check("rank > 0"),
    created_at: timestamp({ timezone: true }).notNull().defaultNow(),
    shout: text().generatedAs("upper(title)", { storage: "stored" }).collate("NOCASE"),
  },
  [
    unique(["list_id", "rank"]),
    check("done OR rank < 9"),
    index(["title"], { unique: true, where: "done" }),
  ],
);`);
  });

  it("names what is not called as the convention says", () => {
    const lists = table("lists", { id: integer().notNull(), name: text(), parent: integer() }, [
      primaryKey(["id"], { name: "lists_pkey" }),
      unique(["name"], { name: "one_name" }),
      check("id > 0", { name: "positive" }),
      foreignKey(["parent"], { table: "lists", columns: ["id"] }, { name: "up" }),
      index(["name"], { name: "by_name" }),
    ]);
    expect(render(build(lists))).toBe(`await op.createTable(
  "lists",
  {
    id: integer().notNull(),
    name: text(),
    parent: integer(),
  },
  [
    primaryKey(["id"], { name: "lists_pkey" }),
    unique(["name"], { name: "one_name" }),
    check("id > 0", { name: "positive" }),
    foreignKey(["parent"], { table: "lists", columns: ["id"] }, { name: "up" }),
    index(["name"], { name: "by_name" }),
  ],
);`);
  });

  it("leaves out the names of the project's own convention, and writes those of any other", () => {
    const own: NamingConvention = { ...DEFAULT_NAMING_CONVENTION, primaryKey: ({ table: name }) => `${name}_pkey` };
    const lists = build(table("lists", { id: integer().primaryKey() }), own);
    expect(render(lists, own)).toContain("id: integer().primaryKey(),");
    expect(render(lists)).toContain('[primaryKey(["id"], { name: "lists_pkey" })]');
  });

  it("keeps a key on the table where the column may hold NULL, which SQL allows some engines", () => {
    const lists = build(table("lists", { id: integer() }, [primaryKey(["id"])]));
    expect(render(lists)).toContain('id: integer(),\n  },\n  [primaryKey(["id"])],');
  });

  it("is handed over as data where no builder makes exactly this table", () => {
    const nameless: Table = {
      name: "lists",
      columns: [{ name: "id", type: { kind: "integer" }, nullable: false }],
      constraints: [{ kind: "primaryKey", columns: ["id"] }],
      indexes: [],
    };
    expect(render(nameless)).toBe(`await op.invoke({
  kind: "createTable",
  table: {
    name: "lists",
    columns: [{ name: "id", type: { kind: "integer" }, nullable: false }],
    constraints: [{ kind: "primaryKey", columns: ["id"] }],
    indexes: [],
  },
});`);
    // An object lists names that are numbers first, whatever their order in the text.
    const numbered = build(table("t", { id: integer() }));
    const [id] = numbered.columns;
    expect(render({ ...numbered, columns: [id!, { ...id!, name: "1" }] })).toContain("op.invoke");
  });

  it("takes a default that its builder's type refuses, as some databases hold it", () => {
    const odd = build(table("t", { id: integer().default("abc" as never) }));
    expect(render(odd)).toContain('id: integer().default("abc" as never),');
  });
});
