import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OperationError } from "../../kernel/errors/operation-errors.ts";
import type { Column } from "../../schema/model/column.ts";
import type { ColumnType } from "../../schema/model/column-type.ts";
import type { Constraint } from "../../schema/model/constraint.ts";
import type { Schema } from "../../schema/model/schema.ts";
import type { Table } from "../../schema/model/table.ts";
import type { TableIndex } from "../../schema/model/table-index.ts";
import { applyOperation } from "../apply/apply-operation.ts";
import type { Operation, TableOperation } from "../operation.ts";
import { canReverse, reverseOperation } from "./reverse-operation.ts";

const NAMES = ["a", "b", "c", "d", "e"] as const;
const FRESH = "fresh";

const typeArbitrary: fc.Arbitrary<ColumnType> = fc.constantFrom<ColumnType>(
  { kind: "text" },
  { kind: "integer" },
  { kind: "varchar", length: 5 },
);

const columnArbitrary = (name: string): fc.Arbitrary<Column> =>
  fc.record(
    {
      name: fc.constant(name),
      type: typeArbitrary,
      nullable: fc.boolean(),
      default: fc.constantFrom({ kind: "now" }, { kind: "value", value: 1 }),
      comment: fc.constantFrom("x", "y"),
    },
    { requiredKeys: ["name", "type", "nullable"] },
  );

const constraintArbitrary = (columns: readonly string[], name: string): fc.Arbitrary<Constraint> => {
  const some = fc.subarray([...columns], { minLength: 1 });
  return fc.oneof(
    some.map((list): Constraint => ({ kind: "unique", name, columns: list })),
    some.map((list): Constraint => ({ kind: "check", name, expression: list.map((one) => `${one} > 0`).join(" OR ") })),
    some.map((list): Constraint => ({
      kind: "foreignKey",
      name,
      columns: list,
      references: { table: "t", columns: list },
    })),
  );
};

const indexArbitrary = (columns: readonly string[], name: string): fc.Arbitrary<TableIndex> =>
  fc
    .constantFrom(...columns)
    .chain((column) =>
      fc.constantFrom<TableIndex>(
        { name, parts: [{ column }], unique: true },
        { name, parts: [{ expression: `lower(${column})`, order: "desc" }], unique: false, where: `${column} > 'a'` },
      ),
    );

const tableArbitrary = (name: string): fc.Arbitrary<Table> =>
  fc.shuffledSubarray([...NAMES], { minLength: 2 }).chain((columns) =>
    fc.record({
      name: fc.constant(name),
      columns: fc.tuple(...columns.map(columnArbitrary)),
      // The last column stays free of users, so that there is always one that can be dropped.
      constraints: fc
        .array(fc.constant(null), { maxLength: 3 })
        .chain((slots) => fc.tuple(...slots.map((_, at) => constraintArbitrary(columns.slice(0, -1), `k${at}`)))),
      indexes: fc
        .array(fc.constant(null), { maxLength: 2 })
        .chain((slots) => fc.tuple(...slots.map((_, at) => indexArbitrary(columns.slice(0, -1), `i${at}`)))),
    }),
  );

const schemaArbitrary: fc.Arbitrary<Schema> = fc.record({
  enums: fc.constant([]),
  sequences: fc.constant([]),
  objects: fc.constant([]),
  tables: fc.tuple(tableArbitrary("t"), tableArbitrary("u")),
  views: fc.constant([{ name: "v", definition: "SELECT 1" }]),
  triggers: fc.constant([{ name: "g", table: "t", definition: "CREATE TRIGGER g ..." }]),
});

function listDrops(table: Table): readonly TableOperation[] {
  const last = table.columns.at(-1)!;
  const place = table.columns.at(-2)!.name;
  return [
    ...table.constraints.map((constraint): TableOperation => ({
      kind: "dropConstraint",
      table: table.name,
      constraint,
    })),
    ...table.indexes.map((index): TableOperation => ({ kind: "dropIndex", table: table.name, index })),
    { kind: "dropColumn", table: table.name, column: last, after: place },
    { kind: "dropColumn", table: table.name, column: last },
  ];
}

/** A change of the table that fits it as it is. */
function changeArbitrary(table: Table): fc.Arbitrary<TableOperation> {
  const names = table.columns.map(({ name }) => name);
  const place = fc.option(fc.constantFrom<string | null>(null, ...names), { nil: undefined });
  return fc.oneof(
    fc.constantFrom(...listDrops(table)),
    fc.tuple(columnArbitrary(FRESH), place).map(([column, after]): TableOperation => ({
      kind: "addColumn",
      table: table.name,
      column,
      ...(after !== undefined && { after }),
    })),
    fc
      .constantFrom(...names)
      .map((from): TableOperation => ({ kind: "renameColumn", table: table.name, from, to: FRESH })),
    fc
      .constantFrom(...table.columns)
      .chain((from) =>
        columnArbitrary(from.name).map((to): TableOperation => ({ kind: "alterColumn", table: table.name, from, to })),
      ),
    constraintArbitrary(names, FRESH).map((constraint): TableOperation => ({
      kind: "addConstraint",
      table: table.name,
      constraint,
    })),
    indexArbitrary(names, FRESH).map((index): TableOperation => ({ kind: "createIndex", table: table.name, index })),
    fc.constant<TableOperation>({
      kind: "setTableOptions",
      table: table.name,
      from: table.options ?? null,
      to: { any: { x: true } },
    }),
    fc.constant<TableOperation>({ kind: "setTableComment", table: table.name, from: table.comment ?? null, to: "new" }),
  );
}

/** Two changes one after the other, the second fitting what the first leaves. */
function batchArbitrary(schema: Schema, table: Table): fc.Arbitrary<Operation> {
  return changeArbitrary(table).chain((first) => {
    const after = applyOperation(first, schema).tables.find(({ name }) => name === table.name)!;
    const fits = (operation: TableOperation): boolean => {
      try {
        return applyOperation(operation, applyOperation(first, schema)) !== undefined;
      } catch (error) {
        if (error instanceof OperationError) return false;
        throw error;
      }
    };
    const batch = (...operations: readonly TableOperation[]): Operation => ({
      kind: "alterTable",
      table: table.name,
      operations,
      recreate: "always",
    });
    if (after.columns.length < 2) return fc.constant(batch(first));
    return changeArbitrary(after)
      .filter(fits)
      .map((second) => batch(first, second));
  });
}

const caseArbitrary: fc.Arbitrary<readonly [Schema, Operation]> = schemaArbitrary.chain((schema) => {
  const [t, u] = schema.tables as [Table, Table];
  const operations: fc.Arbitrary<Operation> = fc.oneof(
    changeArbitrary(t),
    changeArbitrary(u),
    batchArbitrary(schema, u),
    tableArbitrary(FRESH).map((table): Operation => ({ kind: "createTable", table })),
    fc.constantFrom<Operation>(
      // Only u: dropping t would take its trigger along, which a table's definition does not hold.
      { kind: "dropTable", table: u },
      { kind: "renameTable", from: "t", to: FRESH },
      { kind: "createView", view: { name: FRESH, definition: "SELECT 2" } },
      { kind: "dropView", view: schema.views[0]! },
      { kind: "createTrigger", trigger: { name: FRESH, table: "v", definition: "..." } },
      { kind: "dropTrigger", trigger: schema.triggers[0]! },
      { kind: "execute", sql: "x", reverse: "y", affects: [{ kind: "renameTable", from: "u", to: FRESH }] },
      ...t.indexes.map(({ name }): Operation => ({ kind: "renameIndex", table: "t", from: name, to: FRESH })),
    ),
  );
  return operations
    .filter((operation) => isPossible(schema, operation))
    .map((operation) => [schema, operation] as const);
});

/** A column of t that a key of u points to cannot be dropped. */
function isPossible(schema: Schema, operation: Operation): boolean {
  try {
    applyOperation(operation, schema);
    return true;
  } catch (error) {
    if (error instanceof OperationError && error.reason === "columnInUse") return false;
    throw error;
  }
}

const sortByText = <Element>(list: readonly Element[]): readonly Element[] =>
  list.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

/** Constraints, indexes, tables, views and triggers have no order; columns do. */
function withoutOrder(schema: Schema): Schema {
  const tables = schema.tables.map((table) => ({
    ...table,
    constraints: sortByText(table.constraints),
    indexes: sortByText(table.indexes),
  }));
  return {
    ...schema,
    tables: sortByText(tables),
    views: sortByText(schema.views),
    triggers: sortByText(schema.triggers),
  };
}

describe("reverseOperation", () => {
  it("gives back exactly the schema before", () => {
    fc.assert(
      fc.property(caseArbitrary, ([schema, operation]) => {
        const after = applyOperation(operation, schema);
        expect(withoutOrder(applyOperation(reverseOperation(operation), after))).toEqual(withoutOrder(schema));
      }),
    );
  });

  it("twice gives the operation itself", () => {
    fc.assert(
      fc.property(caseArbitrary, ([, operation]) => {
        expect(canReverse(operation)).toBe(true);
        expect(reverseOperation(reverseOperation(operation))).toEqual(operation);
      }),
    );
  });

  it("refuses raw SQL without its own reverse, and inserted rows, with the reason", () => {
    const raw: Operation = { kind: "execute", sql: "DELETE FROM t" };
    const rows: Operation = { kind: "bulkInsert", table: "t", rows: [{ a: 1 }] };
    expect(canReverse(raw)).toBe(false);
    expect(canReverse(rows)).toBe(false);
    expect(() => reverseOperation(raw)).toThrow(OperationError);
    expect(() => reverseOperation(rows)).toThrow('LB0511: "insert 1 row into t" cannot be taken back.');
  });

  it("is blocked by an irreversible step that raw SQL declares", () => {
    const operation: Operation = {
      kind: "execute",
      sql: "x",
      reverse: "y",
      affects: [{ kind: "execute", sql: "z" }],
    };
    expect(canReverse(operation)).toBe(false);
  });

  it("does not bind the values of a statement to its reverse", () => {
    const operation: Operation = { kind: "execute", sql: "x ?", parameters: [1], reverse: "y" };
    expect(reverseOperation(operation)).toEqual({ kind: "execute", sql: "y" });
  });
});
