import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sqliteDiffRules } from "../../dialects/sqlite/diff-rules.ts";
import { diffSchema } from "../../diff/diff-schema.ts";
import type { Column } from "../../schema/model/column.ts";
import { EMPTY_SCHEMA, type Schema } from "../../schema/model/schema.ts";
import type { Table } from "../../schema/model/table.ts";
import { arbitrarySchema, arbitrarySchemaPair } from "../../testing/arbitraries/arbitrary-schema.ts";
import { applyOperations } from "../apply/apply-operation.ts";
import { describeOperation } from "../describe/describe-operation.ts";
import type { Operation } from "../operation.ts";
import { optimizeOperations } from "./optimize-operations.ts";

const column = (name: string): Column => ({ name, type: { kind: "text" }, nullable: true });

const table = (name: string, ...columns: readonly string[]): Table => ({
  name,
  columns: columns.map(column),
  constraints: [],
  indexes: [],
});

const create = (name: string, ...columns: readonly string[]): Operation => ({
  kind: "createTable",
  table: table(name, ...columns),
});
const drop = (name: string, ...columns: readonly string[]): Operation => ({
  kind: "dropTable",
  table: table(name, ...columns),
});
const add = (name: string, one: string): Operation => ({ kind: "addColumn", table: name, column: column(one) });
const remove = (name: string, one: string): Operation => ({ kind: "dropColumn", table: name, column: column(one) });
const index = (name: string, one: string): Operation => ({
  kind: "createIndex",
  table: name,
  index: { name: `ix_${one}`, parts: [{ column: one }], unique: false },
});
const refer = (from: string, to: string): Operation => ({
  kind: "addConstraint",
  table: from,
  constraint: { kind: "foreignKey", name: `fk_${to}`, columns: ["a"], references: { table: to, columns: ["a"] } },
});
const rename = (name: string, from: string, to: string): Operation => ({ kind: "renameColumn", table: name, from, to });
const view = (definition: string): Operation => ({ kind: "createView", view: { name: "v", definition } });
const raw: Operation = { kind: "execute", sql: "UPDATE t SET a = 1" };
const rows: Operation = { kind: "bulkInsert", table: "t", rows: [{ a: 1 }] };

const optimize = (...operations: readonly Operation[]): readonly string[] =>
  optimizeOperations(operations).map(describeOperation);

describe("optimizeOperations", () => {
  it("makes changes of a new table a part of its creation", () => {
    expect(optimizeOperations([create("t", "a"), add("t", "b"), index("t", "b"), rename("t", "a", "c")])).toEqual([
      {
        kind: "createTable",
        table: { ...table("t", "c", "b"), indexes: [{ name: "ix_b", parts: [{ column: "b" }], unique: false }] },
      },
    ]);
    const group: Operation = { kind: "alterTable", table: "t", operations: [add("t", "b"), remove("t", "a")] as never };
    expect(optimizeOperations([create("t", "a"), group])).toEqual([create("t", "b")]);
  });

  it("does so where the engine spells the table in another way, or keeps less of it", () => {
    const described = { ...column("a"), comment: "about a", default: { kind: "expression", sql: "1+1" } } as const;
    const found = { ...column("a"), default: { kind: "expression", sql: "1 + 1" } } as const;
    const creation: Operation = { kind: "createTable", table: { ...table("t"), columns: [described, column("b")] } };
    const change: Operation = { kind: "alterColumn", table: "t", from: found, to: { ...found, nullable: false } };
    expect(optimizeOperations([creation, change])).toEqual([
      { kind: "createTable", table: { ...table("t"), columns: [{ ...described, nullable: false }, column("b")] } },
    ]);
    const gone: Operation = { kind: "dropColumn", table: "t", column: found };
    expect(optimizeOperations([creation, gone])).toEqual([create("t", "b")]);
    const away: Operation = { kind: "alterColumn", table: "t", from: found, to: column("a") };
    expect(optimizeOperations([creation, away])).toEqual([
      { kind: "createTable", table: { ...table("t"), columns: [{ ...column("a"), comment: "about a" }, column("b")] } },
    ]);
  });

  it("does so past what has nothing to do with it, and past what refers to it", () => {
    expect(optimize(create("t", "a"), create("u", "a"), refer("u", "t"), add("t", "b"))).toEqual([
      "create table t (2 columns)",
      "create table u (1 column)",
    ]);
  });

  it("leaves a reference where it is until what it points to is there", () => {
    expect(optimize(create("t", "a"), create("u", "a"), refer("t", "u"))).toEqual([
      "create table t (1 column)",
      "create table u (1 column)",
      expect.stringContaining("foreign key fk_u"),
    ]);
  });

  it("does not take away from a table what others refer to meanwhile", () => {
    const steps = [create("t", "a", "b"), create("u", "a"), refer("u", "t"), rename("t", "b", "c")];
    expect(optimize(...steps)).toHaveLength(3);
  });

  it("moves nothing past rows, raw SQL, or texts that may name anything", () => {
    for (const barrier of [raw, rows, view("SELECT * FROM t")]) {
      expect(optimize(create("t", "a"), barrier, add("t", "b"))).toHaveLength(3);
      expect(optimize(add("t", "b"), barrier, remove("t", "b"))).toHaveLength(3);
      expect(optimize(create("t", "a"), barrier, drop("t", "a"))).toHaveLength(3);
    }
  });

  it("leaves out a table that comes and goes, and what was done to it", () => {
    expect(optimize(create("t", "a"), create("u", "a"), index("t", "a"), drop("t", "a"))).toEqual([
      "create table u (1 column)",
    ]);
    expect(optimize(create("t", "a"), create("u", "a"), refer("u", "t"), drop("t", "a"))).toHaveLength(3);
  });

  it("leaves out changes of a table that goes", () => {
    expect(optimizeOperations([add("t", "b"), index("t", "b"), drop("t", "a", "b")])).toHaveLength(3);
    expect(optimizeOperations([add("t", "b"), drop("t", "a", "b")])).toEqual([drop("t", "a")]);
    expect(optimizeOperations([remove("t", "b"), drop("t", "a")])).toEqual([drop("t", "a", "b")]);
  });

  it("keeps what takes a key away before the other table changes", () => {
    const key = refer("t", "u");
    const gone: Operation = key.kind === "addConstraint" ? { ...key, kind: "dropConstraint" } : key;
    const steps = [gone, remove("u", "a"), drop("t", "a")];
    expect(optimizeOperations(steps)).toEqual(steps);
  });

  it("keeps both when a table goes and comes back", () => {
    expect(optimize(drop("t", "a"), create("t", "b"), add("t", "c"))).toEqual([
      "drop table t",
      "create table t (2 columns)",
    ]);
  });

  it("leaves out a column or an index that comes and goes", () => {
    expect(optimize(add("t", "b"), create("u", "a"), remove("t", "b"))).toEqual(["create table u (1 column)"]);
    expect(optimize(add("t", "b"), rename("t", "b", "c"), remove("t", "c"))).toHaveLength(3);
  });

  it("leaves out a view or a trigger that comes and goes, and then what stood in its way", () => {
    const seen = view("SELECT a FROM t");
    const gone: Operation = { kind: "dropView", view: { name: "v", definition: "SELECT a FROM t" } };
    expect(optimize(create("t", "a"), seen, gone, add("t", "b"))).toEqual(["create table t (2 columns)"]);
    expect(optimize(create("t", "a"), seen, add("t", "b"), gone)).toEqual(["create table t (2 columns)"]);
    const above: Operation = { kind: "createView", view: { name: "w", definition: "SELECT a FROM v" } };
    expect(optimize(seen, above, gone)).toHaveLength(3);
    const trigger = { name: "tr", table: "t", definition: "CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END" };
    const triggers: readonly Operation[] = [
      { kind: "createTrigger", trigger },
      { kind: "dropTrigger", trigger },
    ];
    expect(optimize(create("t", "a"), ...triggers, add("t", "b"))).toEqual(["create table t (2 columns)"]);
    expect(optimize(create("t", "a"), ...triggers.toReversed())).toHaveLength(3);
    // Where names are those of a table, another table's trigger may have the same one.
    const other = { ...trigger, table: "u" };
    const both = [trigger, other].map((one): Operation => ({ kind: "createTrigger", trigger: one }));
    expect(optimizeOperations([...both, { kind: "dropTrigger", trigger }])).toEqual([both[1]]);
  });

  it("passes views that have nothing to do with the table", () => {
    expect(optimize(create("t", "a"), view("SELECT a FROM u"), add("t", "b"))).toHaveLength(2);
  });

  it("leads any schema where the operations lead it", () => {
    fc.assert(
      fc.property(arbitrarySchema(), arbitrarySchemaPair(), (start, [first, second]) => {
        const diff = (from: Schema, to: Schema) => diffSchema(from, to, sqliteDiffRules);
        let schema = start;
        const operations = [first, second, EMPTY_SCHEMA, first].flatMap((goal) => {
          const way = diff(schema, goal);
          schema = applyOperations(way, schema);
          return way;
        });
        for (const length of [operations.length, Math.floor(operations.length / 2)]) {
          const some = operations.slice(0, length);
          const optimized = optimizeOperations(some);
          expect(optimized.length).toBeLessThanOrEqual(some.length);
          const expected = applyOperations(some, start);
          expect(diff(applyOperations(optimized, start), expected).map(describeOperation)).toEqual([]);
        }
      }),
    );
  });
});
