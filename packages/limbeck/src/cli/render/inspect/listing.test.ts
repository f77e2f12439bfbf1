import { expect, it } from "vitest";
import { buildTable } from "../../../schema/builder/build-table.ts";
import { DEFAULT_NAMING_CONVENTION } from "../../../schema/builder/naming-convention.ts";
import type { ColumnType } from "../../../schema/model/column-type.ts";
import { EMPTY_SCHEMA } from "../../../schema/model/schema.ts";
import { foreignKey, integer, raw, table, text } from "../../../schema.ts";
import { chooseStyle } from "../../style.ts";
import { renderListing } from "./listing.ts";

const style = chooseStyle(
  { isTTY: false, columns: undefined, write: () => undefined },
  { env: {}, noColor: true, ascii: false },
);

const renderType = (type: ColumnType): string => (type.kind === "raw" ? type.sql : type.kind);

it("keeps the columns in line where a type is longer than there is room for", () => {
  const values = ["open", "in progress", "waiting for an answer", "put aside", "done", "given up"];
  const todos = table("todos", {
    id: integer().primaryKey(),
    status: raw(`enum('${values.join("','")}')`)
      .notNull()
      .default("in progress"),
    kind: raw("enum('a','very long one','another')"),
    title: text().notNull(),
  });
  const schema = { ...EMPTY_SCHEMA, tables: [buildTable(todos, DEFAULT_NAMING_CONVENTION)] };
  const listing = renderListing({ database: "", serverVersion: "", schema, unmanaged: [] }, renderType, style);
  expect(`\n${listing}\n`).toBe(`
todos
  id      integer                   primary key
  status  enum('open','in progress','waiting for an answer','put aside',
            'done','given up')
                                    not null, default 'in progress'
  kind    enum('a','very long one','another')
  title   text                      not null
`);
});

it("names every key of a column that points to more than one table", () => {
  const todos = table("todos", { list: integer() }, [
    foreignKey(["list"], { table: "lists", columns: ["id"] }, { onDelete: "cascade" }),
    foreignKey(["list"], { table: "folders", columns: ["id"] }),
  ]);
  const schema = { ...EMPTY_SCHEMA, tables: [buildTable(todos, DEFAULT_NAMING_CONVENTION)] };
  const listing = renderListing({ database: "", serverVersion: "", schema, unmanaged: [] }, renderType, style);
  expect(listing).toContain("→ lists.id on delete cascade, → folders.id");
});
