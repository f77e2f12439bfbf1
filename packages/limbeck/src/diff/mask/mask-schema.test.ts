import { describe, expect, it } from "vitest";
import { buildSchema } from "../../schema/builder/build-schema.ts";
import { DEFAULT_NAMING_CONVENTION } from "../../schema/builder/naming-convention.ts";
import type { ModelDefinition } from "../../schema/builder/table-definition.ts";
import { foreignKey, index, integer, table, tableOptions, unique } from "../../schema.ts";
import { EMPTY_SCHEMA, type Schema } from "../../schema/model/schema.ts";
import { DEFAULT_DIFF_RULES as rules } from "../diff-rules.ts";
import { findHidden, type ComparedObject } from "./compared-object.ts";
import { maskSchema } from "./mask-schema.ts";

const schemaOf = (...models: readonly ModelDefinition[]): Schema => buildSchema(models, DEFAULT_NAMING_CONVENTION);

const mask = (found: Schema, wanted: Schema, include: (compared: ComparedObject) => boolean): Schema => {
  const hidden = { found: findHidden(found, include), wanted: findHidden(wanted, include) };
  return maskSchema(found, wanted, hidden, { rules, renames: [], isComplete: false }).target;
};

describe("maskSchema", () => {
  it("wants no key and no index of a column that it does not want", () => {
    const wanted = schemaOf(
      table("todos", { id: integer().primaryKey(), a: integer().unique().references("todos", "id"), b: integer() }, [
        index(["a"]),
        index(["b"]),
        unique(["a", "b"]),
      ]),
    );
    const [todos] = mask(EMPTY_SCHEMA, wanted, ({ name }) => name !== "a").tables;
    expect(todos?.columns.map(({ name }) => name)).toEqual(["id", "b"]);
    expect(todos?.constraints.map(({ kind }) => kind)).toEqual(["primaryKey"]);
    expect(todos?.indexes.map(({ name }) => name)).toEqual(["ix_todos_b"]);
  });

  it("wants no foreign key to a table that it does not want, and one to a table that is there", () => {
    const lists = table("lists", { id: integer().primaryKey() });
    const wanted = schemaOf(lists, table("todos", { id: integer().references("lists", "id") }));
    const isShown = ({ name }: ComparedObject): boolean => name !== "lists";
    const count = (schema: Schema): number | undefined =>
      schema.tables.find(({ name }) => name === "todos")?.constraints.length;
    expect(count(mask(EMPTY_SCHEMA, wanted, isShown))).toBe(0);
    expect(count(mask(schemaOf(lists), wanted, isShown))).toBe(1);
  });

  it("wants the rest as it is: indexes of columns that a parent has, keys that lead nowhere", () => {
    const part = table("part", {}, [
      index(["at"], { name: "by_at" }),
      foreignKey(["at"], { table: "nowhere", columns: ["id"] }),
      tableOptions({ postgres: { partitionOf: { table: "logs", bound: "DEFAULT" } } }),
    ]);
    const wanted = schemaOf(part);
    const [masked] = mask(wanted, wanted, ({ name }) => name !== "other").tables;
    expect(masked).toEqual(wanted.tables[0]);
  });

  it("keeps what is hidden and there, also where a column of it goes", () => {
    const found = schemaOf(table("todos", { id: integer(), a: integer() }, [index(["a"], { name: "mine" })]));
    const [todos] = mask(found, schemaOf(table("todos", { id: integer() })), ({ name }) => name !== "mine").tables;
    expect(todos?.indexes.map(({ name }) => name)).toEqual(["mine"]);
  });
});
