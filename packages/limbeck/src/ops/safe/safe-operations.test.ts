import { describe, expect, it } from "vitest";
import type { Column } from "../../schema/model/column.ts";
import type { DialectOptions } from "../../schema/model/dialect-options.ts";
import type { Operation, TableOperation } from "../operation.ts";
import { fillDefaults } from "./fill-defaults.ts";
import { spreadAdditions } from "./spread-additions.ts";
import { traceNames } from "./trace-names.ts";

const DUE: Column = { name: "due", type: { kind: "date" }, nullable: false };
const add = (column: Column): Operation & { readonly kind: "addColumn" } => ({
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
  const forbid: Operation = { kind: "alterColumn", table: "todos", from: open, to: DUE };

  it("says last which new index identifies rows, whose columns are never NULL", () => {
    const options = tell({ postgres: { replicaIdentity: { index: "ix" } } });
    expect(spreadAdditions([{ kind: "alterTable", table: "todos", operations: [add(DUE), options, index] }])).toEqual([
      { kind: "alterTable", table: "todos", operations: [add(open), index] },
      forbid,
      options,
    ]);
  });

  it("leaves in its place what else is said of the table, which other changes may wait for", () => {
    const options = tell({ sqlite: { strict: true } });
    expect(spreadAdditions([{ kind: "alterTable", table: "todos", operations: [options, add(DUE), index] }])).toEqual([
      { kind: "alterTable", table: "todos", operations: [options, add(open), index] },
      forbid,
    ]);
  });

  it("makes an index of places, and a key from one new column to another, when neither may be NULL", () => {
    const point = (columns: readonly string[], to: string): TableOperation => ({
      kind: "addConstraint",
      table: "todos",
      constraint: { kind: "foreignKey", columns, references: { table: "todos", columns: [to] } },
    });
    const spatial: TableOperation = {
      kind: "createIndex",
      table: "todos",
      index: { name: "sp", parts: [{ column: "due" }], unique: false, options: { mysql: { kind: "spatial" } } },
    };
    const operations = [add(DUE), spatial, index, point(["due"], "due"), point(["id"], "due"), point(["due"], "id")];
    expect(spreadAdditions([{ kind: "alterTable", table: "todos", operations }])).toEqual([
      {
        kind: "alterTable",
        table: "todos",
        operations: [add(open), index, point(["id"], "due"), point(["due"], "id")],
      },
      forbid,
      spatial,
      point(["due"], "due"),
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
  const alter: Operation = { kind: "alterColumn", table: "todos", from: open, to: closed };

  it("gives rows the default before the change", () => {
    const [update, ...rest] = fillDefaults([alter], QUOTING);
    expect(update).toMatchObject({ kind: "execute", sql: `UPDATE "todos" SET "done" = 'no' WHERE "done" IS NULL` });
    expect(rest).toEqual([alter]);
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
