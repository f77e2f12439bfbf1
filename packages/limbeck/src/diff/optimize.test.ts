import { describe, expect, it } from "vitest";
import type { Operation } from "../ops/operation.ts";
import type { Column } from "../schema/model/column.ts";
import type { Table } from "../schema/model/table.ts";
import { optimizeOperations } from "./optimize.ts";

const column = (name: string, kind: "text" | "integer" = "text"): Column => ({ name, type: { kind }, nullable: true });
const tableOf = (name: string, ...columns: readonly Column[]): Table => ({
  name,
  columns,
  constraints: [],
  indexes: [],
});

const create = (table: Table): Operation => ({ kind: "createTable", table });
const drop = (table: Table): Operation => ({ kind: "dropTable", table });
const add = (table: string, one: Column) => ({ kind: "addColumn", table, column: one }) as const;
const remove = (table: string, one: Column) => ({ kind: "dropColumn", table, column: one }) as const;
const alter = (table: string, from: Column, to: Column) => ({ kind: "alterColumn", table, from, to }) as const;
const renameTable = (from: string, to: string): Operation => ({ kind: "renameTable", from, to });

describe("optimizeOperations", () => {
  it("forgets what comes and goes", () => {
    expect(optimizeOperations([create(tableOf("a", column("x"))), drop(tableOf("a", column("x")))])).toEqual([]);
    expect(optimizeOperations([add("a", column("x")), remove("a", column("x"))])).toEqual([]);
    expect(optimizeOperations([renameTable("a", "b"), renameTable("b", "a")])).toEqual([]);
  });

  it("keeps what goes and comes when it takes rows with it", () => {
    const table = [drop(tableOf("a")), create(tableOf("a"))];
    expect(optimizeOperations(table)).toEqual(table);
    const columns = [remove("a", column("x")), add("a", column("x"))];
    expect(optimizeOperations(columns)).toEqual(columns);
  });

  it("makes a new table with its later changes, past operations on others", () => {
    const operations = [
      create(tableOf("a", column("x"))),
      create(tableOf("b", column("x"))),
      add("a", column("y")),
      renameTable("a", "c"),
    ];
    expect(optimizeOperations(operations)).toEqual([
      create(tableOf("b", column("x"))),
      create(tableOf("c", column("x"), column("y"))),
    ]);
  });

  it("makes one change of two, also within a group", () => {
    const [one, two] = [column("x"), column("x", "integer")];
    const three: Column = { ...two, nullable: false };
    expect(optimizeOperations([alter("a", one, two), alter("a", two, three)])).toEqual([alter("a", one, three)]);
    expect(optimizeOperations([add("a", one), alter("a", one, two)])).toEqual([add("a", two)]);
    expect(optimizeOperations([renameTable("a", "b"), renameTable("b", "c")])).toEqual([renameTable("a", "c")]);
    const group: Operation = {
      kind: "alterTable",
      table: "a",
      operations: [add("a", column("y")), alter("a", one, two)],
    };
    expect(optimizeOperations([group, alter("a", two, three)])).toEqual([
      { ...group, operations: [add("a", column("y")), alter("a", one, three)] },
    ]);
  });

  it("does not reach across raw SQL, rows, or another use of the same table", () => {
    const blocked: readonly Operation[] = [
      { kind: "execute", sql: "UPDATE a SET x = 1" },
      { kind: "bulkInsert", table: "a", rows: [{ x: 1 }] },
      { kind: "createView", view: { name: "v", definition: "SELECT x FROM a" } },
    ];
    for (const between of blocked) {
      const operations = [add("a", column("x")), between, remove("a", column("x"))];
      expect(optimizeOperations(operations)).toEqual(operations);
    }
  });
});
