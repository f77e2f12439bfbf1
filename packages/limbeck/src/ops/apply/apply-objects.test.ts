import { describe, expect, it } from "vitest";
import { integer, table } from "../../schema.ts";
import { buildTable } from "../../schema/builder/build-table.ts";
import { DEFAULT_NAMING_CONVENTION } from "../../schema/builder/naming-convention.ts";
import { EMPTY_SCHEMA, type Schema } from "../../schema/model/schema.ts";
import { describeOperation } from "../describe/describe-operation.ts";
import type { Operation } from "../operation.ts";
import { reverseOperation } from "../reverse/reverse-operation.ts";
import { applyOperation } from "./apply-operation.ts";

const SCHEMA: Schema = {
  ...EMPTY_SCHEMA,
  tables: [buildTable(table("todos", { id: integer() }), DEFAULT_NAMING_CONVENTION)],
  enums: [{ name: "status", values: ["open", "done"] }],
  sequences: [{ name: "numbers", ownedBy: { table: "todos", column: "id" } }],
  objects: [
    {
      kind: "policy",
      name: "own on todos",
      table: "todos",
      definition: "CREATE POLICY own ON todos",
      dependsOn: ["x"],
    },
  ],
};
const [policy] = SCHEMA.objects;
const [numbers] = SCHEMA.sequences;
const apply = (operation: Operation): Schema => applyOperation(operation, SCHEMA);

describe("operations on enums, sequences and objects", () => {
  it.each<readonly [Operation, Partial<Schema>]>([
    [
      { kind: "createEnum", enum: { name: "mood", values: [] } },
      { enums: [...SCHEMA.enums, { name: "mood", values: [] }] },
    ],
    [{ kind: "dropEnum", enum: { name: "status", values: ["open", "done"] } }, { enums: [] }],
    [
      { kind: "alterEnum", name: "status", from: ["open", "done"], to: ["done"] },
      { enums: [{ name: "status", values: ["done"] }] },
    ],
    [
      { kind: "renameEnumValue", name: "status", from: "done", to: "closed" },
      { enums: [{ name: "status", values: ["open", "closed"] }] },
    ],
    [{ kind: "createSequence", sequence: { name: "n" } }, { sequences: [...SCHEMA.sequences, { name: "n" }] }],
    [{ kind: "dropSequence", sequence: numbers! }, { sequences: [] }],
    [
      { kind: "alterSequence", from: numbers!, to: { name: "numbers", cycle: true } },
      { sequences: [{ name: "numbers", cycle: true }] },
    ],
    [
      { kind: "createObject", object: { kind: "domain", name: "d", definition: "CREATE DOMAIN d AS text" } },
      { objects: [policy!, { kind: "domain", name: "d", definition: "CREATE DOMAIN d AS text" }] },
    ],
    [{ kind: "dropObject", object: policy! }, { objects: [] }],
    [
      { kind: "replaceObject", from: policy!, to: { ...policy!, definition: "other" } },
      { objects: [{ ...policy!, definition: "other" }] },
    ],
  ])("%# changes what it says and nothing else, and its reverse gives it back", (operation, change) => {
    const after = apply(operation);
    expect(after).toEqual({ ...SCHEMA, ...change });
    expect(applyOperation(reverseOperation(operation), after)).toEqual(SCHEMA);
  });

  it("are refused when what they name is not there, or is already", () => {
    const codeOf = (operation: Operation): unknown => {
      try {
        return apply(operation);
      } catch (error) {
        return error instanceof Error && "code" in error ? error.code : error;
      }
    };
    expect(codeOf({ kind: "dropEnum", enum: { name: "none", values: [] } })).toBe("LB0540");
    expect(codeOf({ kind: "alterEnum", name: "status", from: ["open"], to: [] })).toBe("LB0508");
    expect(codeOf({ kind: "renameEnumValue", name: "status", from: "none", to: "x" })).toBe("LB0540");
    expect(codeOf({ kind: "renameEnumValue", name: "status", from: "open", to: "done" })).toBe("LB0507");
    expect(codeOf({ kind: "dropSequence", sequence: { name: "numbers" } })).toBe("LB0508");
    expect(codeOf({ kind: "createObject", object: policy! })).toBe("LB0507");
    expect(codeOf({ kind: "dropObject", object: { ...policy!, kind: "rule" } })).toBe("LB0540");
  });

  it("follow their table when it is renamed, and go with it", () => {
    expect(apply({ kind: "renameTable", from: "todos", to: "tasks" })).toMatchObject({
      objects: [{ table: "tasks" }],
      sequences: [{ ownedBy: { table: "tasks", column: "id" } }],
    });
    expect(apply({ kind: "renameColumn", table: "todos", from: "id", to: "number" })).toMatchObject({
      sequences: [{ ownedBy: { table: "todos", column: "number" } }],
    });
    expect(apply({ kind: "dropTable", table: SCHEMA.tables[0]! }).objects).toEqual([]);
  });
});

it("says in one line what happens to an enum", () => {
  const alter = (to: readonly string[]): string =>
    describeOperation({ kind: "alterEnum", name: "status", from: ["open", "done"], to });
  expect(alter(["done", "open"])).toBe("put the values of enum status in another order");
  expect(alter(["open", "done", "new"])).toBe("add new to enum status");
  expect(alter(["new", "open"])).toBe("take done from and add new to enum status");
});
