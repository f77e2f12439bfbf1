import { EMPTY_SCHEMA } from "../../../schema/model/schema.ts";
import { describe, expect, it } from "vitest";
import { applyOperations } from "../../../ops/apply/apply-operation.ts";
import type { TableOperation } from "../../../ops/operation.ts";
import type { Column } from "../../../schema/model/column.ts";
import type { Table } from "../../../schema/model/table.ts";
import { planRebuild, type RebuildPlan } from "./rebuild-plan.ts";

const column = (name: string): Column => ({ name, type: { kind: "text" }, nullable: true });

const BEFORE: Table = {
  name: "t",
  columns: ["a", "b", "c"].map(column),
  constraints: [{ kind: "check", expression: "A > b" }],
  indexes: [],
};

function plan(...operations: readonly TableOperation[]): RebuildPlan {
  const { tables } = applyOperations(operations, { ...EMPTY_SCHEMA, tables: [BEFORE] });
  return planRebuild(BEFORE, tables[0]!, operations);
}

const rename = (from: string, to: string): TableOperation => ({ kind: "renameColumn", table: "t", from, to });
const add = (name: string): TableOperation => ({ kind: "addColumn", table: "t", column: column(name) });
const drop = (name: string): TableOperation => ({ kind: "dropColumn", table: "t", column: column(name) });

const namesOf = (columns: readonly Column[]): readonly string[] => columns.map(({ name }) => name);

describe("planRebuild", () => {
  it("tells what is copied, added and dropped", () => {
    const { copied, added, dropped, renames } = plan(drop("c"), add("d"));
    expect(copied.map(({ from, to }) => [from.name, to.name])).toEqual([
      ["a", "a"],
      ["b", "b"],
    ]);
    expect(namesOf(added)).toEqual(["d"]);
    expect(namesOf(dropped)).toEqual(["c"]);
    expect(renames).toEqual([]);
  });

  it("builds with the old names, and renames afterwards", () => {
    const { target, renames } = plan(rename("a", "x"), rename("x", "y"));
    expect(namesOf(target.columns)).toEqual(["a", "b", "c"]);
    expect(target.constraints).toEqual([{ kind: "check", expression: "a > b" }]);
    expect(renames).toEqual([["a", "y"]]);
  });

  it("lets columns pass names on, last first", () => {
    expect(plan(rename("c", "d"), rename("b", "c"), rename("a", "b")).renames).toEqual([
      ["c", "d"],
      ["b", "c"],
      ["a", "b"],
    ]);
  });

  it("breaks a circle of names with one more name", () => {
    const { target, renames } = plan(rename("a", "x"), rename("b", "a"), rename("x", "b"));
    expect(namesOf(target.columns)).toEqual(["a", "b", "c"]);
    expect(renames).toEqual([
      ["b", "_limbeck_b"],
      ["a", "b"],
      ["_limbeck_b", "a"],
    ]);
  });

  it("gives a new column another name as long as its own is still taken", () => {
    const { target, added, renames } = plan(rename("a", "x"), add("a"));
    expect(namesOf(target.columns)).toEqual(["a", "b", "c", "_limbeck_a"]);
    expect(namesOf(added)).toEqual(["_limbeck_a"]);
    expect(renames).toEqual([
      ["a", "x"],
      ["_limbeck_a", "a"],
    ]);
  });

  it("does not copy a column into another of the same name", () => {
    const { copied, added, dropped } = plan(drop("c"), add("c"));
    expect(copied.map(({ to }) => to.name)).toEqual(["a", "b"]);
    expect(namesOf(added)).toEqual(["c"]);
    expect(namesOf(dropped)).toEqual(["c"]);
  });
});
