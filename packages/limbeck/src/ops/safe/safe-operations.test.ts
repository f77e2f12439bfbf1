import { describe, expect, it } from "vitest";
import type { Column } from "../../schema/model/column.ts";
import type { Constraint } from "../../schema/model/constraint.ts";
import type { DialectOptions } from "../../schema/model/dialect-options.ts";
import type { TableIndex } from "../../schema/model/table-index.ts";
import type { Operation, TableOperation } from "../operation.ts";
import { fillDefaults } from "./fill-defaults.ts";
import { spreadAdditions, type TakeOptionsApart } from "./spread-additions.ts";
import { traceNames } from "./trace-names.ts";

const DUE: Column = { name: "due", type: { kind: "date" }, nullable: false };
const add = (column: Column): TableOperation & { readonly kind: "addColumn" } => ({
  kind: "addColumn",
  table: "todos",
  column,
});

const QUOTING = {
  quoteIdentifier: (name: string) => `"${name}"`,
  quoteName: (name: string) => `"${name}"`,
  quoteLiteral: (value: unknown) => (typeof value === "string" ? `'${value}'` : String(value)),
};

describe("spreadAdditions", () => {
  it("lets a column that may not be NULL come first, and forbids NULL in it afterwards", () => {
    const open = { ...DUE, nullable: true };
    const drop: Operation = { kind: "dropColumn", table: "todos", column: { ...DUE, name: "old" } };
    expect(spreadAdditions([{ kind: "alterTable", table: "todos", operations: [drop, add(DUE)] }])).toEqual([
      { kind: "alterTable", table: "todos", operations: [drop, add(open)] },
      { kind: "alterColumn", table: "todos", from: open, to: DUE },
    ]);
  });

  const index: TableOperation & { readonly kind: "createIndex" } = {
    kind: "createIndex",
    table: "todos",
    index: { name: "ix", parts: [{ column: "due" }], unique: true },
  };
  const tell = (to: DialectOptions): TableOperation => ({ kind: "setTableOptions", table: "todos", from: null, to });
  const open = { ...DUE, nullable: true };
  const forbid: TableOperation = { kind: "alterColumn", table: "todos", from: open, to: DUE };

  it("says last which new index identifies rows, whose columns are never NULL", () => {
    const options = tell({ postgres: { replicaIdentity: { index: "ix" } } });
    expect(spreadAdditions([{ kind: "alterTable", table: "todos", operations: [add(DUE), options, index] }])).toEqual([
      { kind: "alterTable", table: "todos", operations: [add(open), index] },
      { kind: "alterTable", table: "todos", operations: [forbid, options] },
    ]);
  });

  it("leaves in its place what else is said of the table, which other changes may wait for", () => {
    const options = tell({ sqlite: { strict: true } });
    expect(spreadAdditions([{ kind: "alterTable", table: "todos", operations: [options, add(DUE), index] }])).toEqual([
      { kind: "alterTable", table: "todos", operations: [options, add(open), index] },
      forbid,
    ]);
  });

  it("takes a change of options apart where columns wait", () => {
    const seen: Column = { name: "seen", type: { kind: "raw", sql: "DATETIME" }, nullable: true };
    const computed: Column = { ...seen, type: { kind: "text" }, generated: { expression: "due", storage: "stored" } };
    const late: TableOperation = { kind: "alterColumn", table: "todos", from: seen, to: computed };
    const options = { kind: "setTableOptions", table: "todos", from: {}, to: { sqlite: { strict: true } } } as const;
    const [loose, strict] = [
      { ...options, to: null },
      { ...options, from: null },
    ];
    const takeApart = (): ReturnType<TakeOptionsApart> => ({ early: [loose], late: [strict] });
    const group: Operation = { kind: "alterTable", table: "todos", operations: [options, add(DUE), late] };
    expect(spreadAdditions([group], takeApart)).toEqual([
      { kind: "alterTable", table: "todos", operations: [loose, add(open)] },
      { kind: "alterTable", table: "todos", operations: [forbid, strict, late] },
    ]);
    const plain: Operation = { kind: "alterTable", table: "todos", operations: [options, add(DUE), index] };
    expect(spreadAdditions([plain], takeApart)).toEqual([
      { kind: "alterTable", table: "todos", operations: [options, add(open), index] },
      forbid,
    ]);
  });

  const constrain = (constraint: Constraint): TableOperation => ({ kind: "addConstraint", table: "todos", constraint });
  const point = (columns: readonly string[], table: string, to: string, more: object = {}): TableOperation =>
    constrain({ kind: "foreignKey", columns, references: { table, columns: [to] }, ...more });
  const search = (more: Partial<TableIndex>): TableOperation => ({
    kind: "createIndex",
    table: "todos",
    index: { name: "late", parts: [{ column: "due" }], unique: true, ...more },
  });
  const compute = (expression: string): TableOperation =>
    add({ name: "year", type: { kind: "text" }, nullable: true, generated: { expression, storage: "stored" } });
  const ALONE = { postgres: { nullsNotDistinct: true } };

  it.each<[string, TableOperation]>([
    ["an index of places", search({ unique: false, options: { mysql: { kind: "spatial" } } })],
    ["a unique index that takes NULL for a value", search({ options: ALONE })],
    ["a unique index over an expression", search({ parts: [{ expression: "coalesce(due, 0)" }] })],
    ["a unique index with a condition", search({ parts: [{ column: "id" }], where: "due IS NULL" })],
    ["a key that takes NULL for a value", constrain({ kind: "unique", columns: ["due"], options: ALONE })],
    ["a check", constrain({ kind: "check", expression: '"due" IS NOT NULL' })],
    ["a key from one new column to another", point(["due"], "todos", "due")],
    ["a key to a new column", point(["id"], "todos", "due")],
    ["a key that wants all columns or none", point(["due"], "days", "day", { match: "full" })],
    ["a computed column", compute("substr(due, 1, 4)")],
    [
      "a column that is computed anew",
      {
        kind: "alterColumn",
        table: "todos",
        from: { ...DUE, name: "x" },
        to: { ...DUE, name: "x", generated: { expression: "due", storage: "stored" } },
      },
    ],
  ])("makes %s when the new column may not be NULL, and nothing else", (_, late) => {
    const operations = [add(DUE), index, late, point(["id"], "lists", "id")];
    expect(spreadAdditions([{ kind: "alterTable", table: "todos", operations }])).toEqual([
      { kind: "alterTable", table: "todos", operations: [add(open), index, point(["id"], "lists", "id")] },
      { kind: "alterTable", table: "todos", operations: [forbid, late] },
    ]);
  });

  it("leaves columns in their order that come to the same place", () => {
    const place = (operation: TableOperation): TableOperation => ({ ...operation, after: "id" }) as TableOperation;
    const other = add({ name: "c", type: { kind: "integer" }, nullable: true });
    const operations = [place(add(DUE)), place(compute("substr(due, 1, 4)")), place(other)];
    expect(spreadAdditions([{ kind: "alterTable", table: "todos", operations }])).toEqual([
      { kind: "alterTable", table: "todos", operations: [place(add(open))] },
      { kind: "alterTable", table: "todos", operations: [forbid, ...operations.slice(1)] },
    ]);
  });

  it("splits a table only when its rows have what decides where they go", () => {
    const split = tell({ mysql: { partitionBy: "LIST (due) (PARTITION a VALUES IN (1))" } });
    expect(spreadAdditions([{ kind: "alterTable", table: "todos", operations: [add(DUE), split] }])).toEqual([
      { kind: "alterTable", table: "todos", operations: [add(open)] },
      { kind: "alterTable", table: "todos", operations: [forbid, split] },
    ]);
  });

  it.each<[string, TableOperation]>([
    ["a key from the new column to one that was there", point(["due"], "todos", "id")],
    ["a check of something else", constrain({ kind: "check", expression: "title <> 'due'" })],
    ["a column that is computed from others", compute("substr(title, 1, 4)")],
    ["an index over an expression that is not unique", search({ unique: false, parts: [{ expression: "abs(due)" }] })],
  ])("leaves in its place %s", (_, early) => {
    expect(spreadAdditions([{ kind: "alterTable", table: "todos", operations: [add(DUE), early] }])).toEqual([
      { kind: "alterTable", table: "todos", operations: [add(open), early] },
      forbid,
    ]);
  });

  it("does not leave a table without its key while something waits", () => {
    const key: Constraint = { kind: "primaryKey", columns: ["id"] };
    const drop: TableOperation = { kind: "dropConstraint", table: "todos", constraint: key };
    const name = constrain({ ...key, name: "pk_todos" });
    const overYear = search({ unique: false, parts: [{ column: "year" }] });
    expect(
      spreadAdditions([
        { kind: "alterTable", table: "todos", operations: [drop, add(DUE), compute("due"), name, overYear, index] },
      ]),
    ).toEqual([
      { kind: "alterTable", table: "todos", operations: [drop, add(open), name, index] },
      { kind: "alterTable", table: "todos", operations: [forbid, compute("due"), overYear] },
    ]);
  });

  it("keeps the key of a table until it gets one of which a column has to wait", () => {
    const old: Constraint = { kind: "primaryKey", columns: ["id"] };
    const drop: TableOperation = { kind: "dropConstraint", table: "todos", constraint: old };
    const rename: TableOperation = { kind: "renameColumn", table: "todos", from: "id", to: "former_id" };
    const key = constrain({ kind: "primaryKey", columns: ["year", "former_id"] });
    const operations = [drop, add(DUE), rename, compute("due"), key, index];
    expect(spreadAdditions([{ kind: "alterTable", table: "todos", operations }])).toEqual([
      { kind: "alterTable", table: "todos", operations: [add(open), index] },
      { kind: "alterTable", table: "todos", operations: [forbid, drop, rename, compute("due"), key] },
    ]);
  });

  it("takes columns apart as well that come after what has to wait", () => {
    const done: Column = { ...DUE, name: "done" };
    const openDone = add({ ...done, nullable: true });
    const forbidDone: TableOperation = { kind: "alterColumn", table: "todos", from: openDone.column, to: done };
    const check = constrain({ kind: "check", expression: "done > year" });
    const operations = [add(DUE), compute("due"), add(done), check];
    expect(spreadAdditions([{ kind: "alterTable", table: "todos", operations }])).toEqual([
      { kind: "alterTable", table: "todos", operations: [add(open), openDone] },
      { kind: "alterTable", table: "todos", operations: [forbid, forbidDone, compute("due"), check] },
    ]);
  });

  it.each<[string, readonly Operation[]]>([
    ["has a default", [add({ ...DUE, default: { kind: "now" } })]],
    ["may be NULL", [add({ ...DUE, nullable: true })]],
    ["is computed", [add({ ...DUE, generated: { expression: "1", storage: "stored" } })]],
    ["is numbered", [add({ ...DUE, autoIncrement: true })]],
    [
      "is a key",
      [add(DUE), { kind: "addConstraint", table: "todos", constraint: { kind: "primaryKey", columns: ["due"] } }],
    ],
    [
      "belongs to a new table",
      [{ kind: "createTable", table: { name: "todos", columns: [], constraints: [], indexes: [] } }, add(DUE)],
    ],
  ])("leaves one alone that %s", (_, operations) => {
    expect(spreadAdditions(operations)).toEqual(operations);
  });
});

describe("fillDefaults", () => {
  const open: Column = { name: "done", type: { kind: "text" }, nullable: true };
  const closed: Column = { ...open, nullable: false, default: { kind: "value", value: "no" } };
  const alter: TableOperation = { kind: "alterColumn", table: "todos", from: open, to: closed };

  it("gives rows the default before the change", () => {
    const [update, ...rest] = fillDefaults([alter], QUOTING);
    expect(update).toMatchObject({ kind: "execute", sql: `UPDATE "todos" SET "done" = 'no' WHERE "done" IS NULL` });
    expect(rest).toEqual([alter]);
  });

  it("does so by the name that the column has before the group", () => {
    const rename: TableOperation = { kind: "renameColumn", table: "todos", from: "ready", to: "done" };
    const [update] = fillDefaults([{ kind: "alterTable", table: "todos", operations: [rename, alter] }], QUOTING);
    expect(update).toMatchObject({ sql: `UPDATE "todos" SET "ready" = 'no' WHERE "ready" IS NULL` });
  });

  it.each<[string, Operation]>([
    ["is none", { kind: "alterColumn", table: "todos", from: open, to: { ...open, nullable: false } }],
    ["is the clock", { kind: "alterColumn", table: "todos", from: open, to: { ...closed, default: { kind: "now" } } }],
    [
      "changes nothing, as NULL stays allowed",
      { kind: "alterColumn", table: "todos", from: open, to: { ...closed, nullable: true } },
    ],
  ])("says nothing where the default %s", (_, operation) => {
    expect(fillDefaults([operation], QUOTING)).toEqual([operation]);
  });
});

describe("traceNames", () => {
  const names = traceNames([
    { kind: "renameTable", from: "tasks", to: "todos" },
    { kind: "renameColumn", table: "todos", from: "name", to: "title" },
    add(DUE),
    add({
      name: "initial",
      type: { kind: "text" },
      nullable: true,
      generated: { expression: "substr(title, 1, 1)", storage: "stored" },
    }),
    { kind: "createTable", table: { name: "lists", columns: [], constraints: [], indexes: [] } },
  ]);

  it("finds what tables and columns were called", () => {
    expect(names.table("todos")).toBe("tasks");
    expect(names.columns("todos", ["id", "title"])).toEqual(["id", "name"]);
    expect(names.expression("todos", "title <> 'title' AND id > 0")).toBe("name <> 'title' AND id > 0");
  });

  it("knows what new columns are generated from", () => {
    expect(names.generated("todos", "initial")).toBe("substr(name, 1, 1)");
    expect(names.generated("todos", "due")).toBeUndefined();
    expect(names.generated("todos", "title")).toBeUndefined();
  });

  it("knows what was not there", () => {
    expect(names.table("lists")).toBeUndefined();
    expect(names.columns("todos", ["id", "due"])).toBeUndefined();
    expect(names.expression("lists", "id > 0")).toBeUndefined();
  });
});
