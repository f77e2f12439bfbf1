import { describe, expect, it } from "vitest";
import type { Column } from "../../schema/model/column.ts";
import type { ColumnType } from "../../schema/model/column-type.ts";
import type { Operation } from "../operation.ts";
import { describeOperation } from "./describe-operation.ts";
import { findDataLoss } from "./find-data-loss.ts";
import { operationSign } from "./operation-sign.ts";

const title: Column = { name: "title", type: { kind: "varchar", length: 255 }, nullable: true };

const alter = (changes: Partial<Column>): Operation => ({
  kind: "alterColumn",
  table: "todos",
  from: title,
  to: { ...title, ...changes },
});

describe("describeOperation", () => {
  it.each<readonly [Operation, string]>([
    [{ kind: "addColumn", table: "todos", column: title }, "add column title to todos"],
    [
      alter({ type: { kind: "text" }, nullable: false }),
      "change type of todos.title from varchar(255) to text, make it not null",
    ],
    [
      {
        kind: "alterColumn",
        table: "todos",
        from: { ...title, type: { kind: "raw", sql: "text" } },
        to: { ...title, type: { kind: "text" } },
      },
      'change type of todos.title from raw("text") to text',
    ],
    [alter({ nullable: false }), "make todos.title not null"],
    [
      alter({ nullable: false, default: { kind: "value", value: "x" } }),
      'make todos.title not null, set its default to "x"',
    ],
    [alter({ default: { kind: "now" } }), "set default of todos.title to now"],
    [alter({ generated: { expression: "a + 1", storage: "stored" } }), "compute todos.title as (a + 1), stored"],
    [alter({ collation: "NOCASE", comment: "hm" }), 'set collation of todos.title to NOCASE, set its comment to "hm"'],
    [alter({ options: { any: { x: 1 } } }), "change options of todos.title"],
    [alter({}), "leave todos.title as it is"],
    [
      { kind: "setTableOptions", table: "todos", from: { any: { rowSecurity: true, fill: 70 } }, to: null },
      "drop options of todos: rowSecurity, fill",
    ],
    [
      {
        kind: "setTableOptions",
        table: "todos",
        from: { any: { rowSecurity: true, fill: 70 } },
        to: { any: { fill: 80 } },
      },
      'set options of todos to {"any":{"fill":80}}, without rowSecurity',
    ],
    [
      { kind: "createTable", table: { name: "t", columns: [title], constraints: [], indexes: [] } },
      "create table t (1 column)",
    ],
    [
      {
        kind: "addConstraint",
        table: "todos",
        constraint: {
          kind: "foreignKey",
          name: "fk",
          columns: ["a", "b"],
          references: { table: "x", columns: ["c", "d"] },
        },
      },
      "add foreign key fk (a, b) to x (c, d) to todos",
    ],
    [
      { kind: "dropConstraint", table: "todos", constraint: { kind: "check", expression: "a > 0" } },
      "drop check (a > 0) from todos",
    ],
    [
      {
        kind: "createIndex",
        table: "todos",
        index: {
          name: "ix",
          unique: true,
          where: "a > 0",
          parts: [{ column: "a", order: "desc" }, { expression: "lower(b)" }],
        },
      },
      "create unique index ix (a desc, (lower(b))) where a > 0 on todos",
    ],
    [
      {
        kind: "alterTable",
        table: "todos",
        operations: [
          { kind: "renameColumn", table: "todos", from: "a", to: "b" },
          { kind: "dropColumn", table: "todos", column: title },
        ],
      },
      "rename column todos.a to b; drop column title from todos",
    ],
    [{ kind: "execute", sql: "UPDATE todos\n   SET a = 1" }, "run UPDATE todos SET a = 1"],
    [{ kind: "bulkInsert", table: "todos", rows: [{}, {}] }, "insert 2 rows into todos"],
  ])("%# says %s", (operation, expected) => {
    expect(describeOperation(operation)).toBe(expected);
  });

  it("keeps long SQL on one short line", () => {
    const text = describeOperation({ kind: "execute", sql: "x ".repeat(100) });
    expect(text).toBe(`run ${"x ".repeat(28)}x...`);
  });
});

describe("operationSign", () => {
  it("tells what comes, goes and changes", () => {
    expect(operationSign({ kind: "addColumn", table: "t", column: title })).toBe("+");
    expect(operationSign({ kind: "dropColumn", table: "t", column: title })).toBe("-");
    expect(operationSign(alter({ nullable: false }))).toBe("~");
  });
});

describe("findDataLoss", () => {
  const change = (from: ColumnType, to: ColumnType): string | undefined =>
    findDataLoss({
      kind: "alterColumn",
      table: "t",
      from: { name: "c", type: from, nullable: true },
      to: { name: "c", type: to, nullable: true },
    });
  const varchar = (length: number): ColumnType => ({ kind: "varchar", length });
  const decimal = (precision: number, scale: number): ColumnType => ({ kind: "decimal", precision, scale });

  it.each<readonly [ColumnType, ColumnType, string | undefined]>([
    [varchar(10), varchar(20), undefined],
    [varchar(10), { kind: "text" }, undefined],
    [varchar(20), varchar(10), "what is longer than 10 characters in t.c"],
    [{ kind: "text" }, varchar(10), "what is longer than 10 characters in t.c"],
    [{ kind: "text" }, { kind: "integer" }, "what is no integer in t.c"],
    [{ kind: "integer" }, { kind: "text" }, undefined],
    [{ kind: "integer" }, { kind: "bigint" }, undefined],
    [{ kind: "bigint" }, { kind: "integer" }, "numbers beyond the range of integer in t.c"],
    [{ kind: "double" }, { kind: "integer" }, "what stands after the decimal point in t.c"],
    [{ kind: "integer" }, { kind: "double" }, undefined],
    [{ kind: "bigint" }, { kind: "double" }, "digits beyond double precision in t.c"],
    [decimal(10, 2), decimal(12, 2), undefined],
    [decimal(10, 2), decimal(10, 1), "digits beyond the first 1 after the point in t.c"],
    [decimal(10, 2), decimal(10, 4), "numbers with more than 6 digits before the point in t.c"],
    [{ kind: "timestamp", timezone: true }, { kind: "date" }, "the time of day in t.c"],
    [{ kind: "timestamp", timezone: true }, { kind: "timestamp", timezone: false }, "the time zone in t.c"],
    [{ kind: "date" }, { kind: "timestamp", timezone: false }, undefined],
    [{ kind: "boolean" }, { kind: "integer" }, undefined],
    [{ kind: "integer" }, { kind: "boolean" }, "what is no boolean in t.c"],
  ])("from %j to %j: %s", (from, to, expected) => {
    expect(change(from, to)).toBe(expected);
  });

  it("asks the engine what a change of type loses", () => {
    const operation: Operation = {
      kind: "alterColumn",
      table: "t",
      from: { name: "c", type: varchar(20), nullable: true },
      to: { name: "c", type: varchar(10), nullable: true },
    };
    const batch: Operation = { kind: "alterTable", table: "t", operations: [operation] };
    expect(findDataLoss(batch, { describeNarrowing: () => undefined })).toBeUndefined();
    expect(findDataLoss(batch, { describeNarrowing: () => "everything" })).toBe("everything in t.c");
  });

  it("says what drops destroy, but not for computed columns", () => {
    const table = { name: "t", columns: [title], constraints: [], indexes: [] };
    expect(findDataLoss({ kind: "dropTable", table })).toBe("all rows of t");
    expect(findDataLoss({ kind: "dropColumn", table: "t", column: title })).toBe("the values of t.title");
    const computed: Column = { ...title, generated: { expression: "a", storage: "stored" } };
    expect(findDataLoss({ kind: "dropColumn", table: "t", column: computed })).toBeUndefined();
    expect(findDataLoss(alter({ generated: { expression: "a", storage: "stored" } }))).toBe(
      "the values of todos.title, which is computed from then on",
    );
  });

  it("says that a column which stops numbering rows loses its counter", () => {
    const id: Column = { name: "id", type: { kind: "integer" }, nullable: false };
    const operation: Operation = { kind: "alterColumn", table: "t", from: { ...id, autoIncrement: true }, to: id };
    expect(findDataLoss(operation)).toBe("the counter of t.id");
    expect(findDataLoss({ ...operation, from: id, to: { ...id, autoIncrement: true } })).toBeUndefined();
  });

  it("collects what a batch destroys", () => {
    const drop = { kind: "dropColumn", table: "t", column: title } as const;
    const rename = { kind: "renameColumn", table: "t", from: "a", to: "b" } as const;
    expect(findDataLoss({ kind: "alterTable", table: "t", operations: [drop, rename, drop] })).toBe(
      "the values of t.title; the values of t.title",
    );
    expect(findDataLoss({ kind: "alterTable", table: "t", operations: [rename] })).toBeUndefined();
  });
});
