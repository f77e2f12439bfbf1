import { assert, constantFrom, property, tuple } from "fast-check";
import { describe, expect, it } from "vitest";
import { applyOperations } from "../ops/apply/apply-operation.ts";
import type { Operation } from "../ops/operation.ts";
import { reverseOperation } from "../ops/reverse/reverse-operation.ts";
import type { Schema } from "../schema/model/schema.ts";
import type { Table } from "../schema/model/table.ts";
import { arbitrarySchema, arbitrarySchemaPair } from "../testing/arbitraries/arbitrary-schema.ts";
import { PORTABLE_TRAITS, type ArbitraryTraits } from "../testing/arbitraries/traits.ts";
import { DEFAULT_DIFF_RULES, type DiffRules } from "./diff-rules.ts";
import { diffSchema } from "./diff-schema.ts";

const TRAITS: ArbitraryTraits = {
  ...PORTABLE_TRAITS,
  collations: ["NOCASE", "RTRIM"],
  flavours: [
    {},
    { options: { engine: { strict: true } } },
    { options: { engine: { packed: true } }, needsPrimaryKey: true },
  ],
};

const arbitraryRules = tuple(constantFrom("ignore", "exact"), constantFrom(true, false)).map(
  ([columnOrder, inlineForeignKeys]): DiffRules => ({ ...DEFAULT_DIFF_RULES, columnOrder, inlineForeignKeys }),
);

const sortByText = <One>(list: readonly One[]): readonly One[] =>
  list.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

/** A schema with everything sorted whose order means nothing. */
function canonicalize(schema: Schema, columnOrder: DiffRules["columnOrder"]): Schema {
  const sortTable = (table: Table): Table => ({
    ...table,
    columns: columnOrder === "exact" ? table.columns : sortByText(table.columns),
    constraints: sortByText(table.constraints),
    indexes: sortByText(table.indexes),
  });
  return {
    ...schema,
    tables: sortByText(schema.tables.map(sortTable)),
    views: sortByText(schema.views),
    triggers: sortByText(schema.triggers),
  };
}

const reverseAll = (operations: readonly Operation[]): readonly Operation[] =>
  operations.toReversed().map(reverseOperation);

describe("diffSchema, for any two schemas", () => {
  const pairs = arbitrarySchemaPair(TRAITS);

  it("gives operations that turn the one into the other", () => {
    assert(
      property(pairs, arbitraryRules, ([current, target], rules) => {
        const operations = diffSchema(current, target, rules);
        const after = applyOperations(operations, current);
        expect(canonicalize(after, rules.columnOrder)).toEqual(canonicalize(target, rules.columnOrder));
      }),
    );
  });

  it("gives operations whose reverses lead back, to the place of every column", () => {
    assert(
      property(pairs, arbitraryRules, ([current, target], rules) => {
        const operations = diffSchema(current, target, rules);
        const after = applyOperations(operations, current);
        const back = applyOperations(reverseAll(operations), after);
        expect(canonicalize(back, "exact")).toEqual(canonicalize(current, "exact"));
      }),
    );
  });

  it("finds nothing more to do afterwards", () => {
    assert(
      property(pairs, arbitraryRules, ([current, target], rules) => {
        const after = applyOperations(diffSchema(current, target, rules), current);
        expect(diffSchema(after, target, rules)).toEqual([]);
      }),
    );
  });

  it("finds no difference between a schema and itself", () => {
    assert(
      property(arbitrarySchema(TRAITS), (schema) => {
        expect(diffSchema(schema, structuredClone(schema), DEFAULT_DIFF_RULES)).toEqual([]);
      }),
    );
  });

  it("does not depend on the order of tables, views, triggers, constraints and indexes", () => {
    assert(
      property(pairs, arbitraryRules, ([current, target], rules) => {
        const reverse = (schema: Schema): Schema => ({
          ...schema,
          tables: schema.tables.toReversed().map((table) => ({
            ...table,
            constraints: table.constraints.toReversed(),
            indexes: table.indexes.toReversed(),
          })),
          views: schema.views.toReversed(),
          triggers: schema.triggers.toReversed(),
        });
        const after = applyOperations(diffSchema(reverse(current), reverse(target), rules), reverse(current));
        expect(canonicalize(after, rules.columnOrder)).toEqual(canonicalize(target, rules.columnOrder));
        expect(diffSchema(current, target, rules)).toEqual(
          diffSchema(structuredClone(current), structuredClone(target), rules),
        );
      }),
    );
  });

  it("never drops and adds a table or a column that both have", () => {
    assert(
      property(pairs, ([current, target]) => {
        const operations = diffSchema(current, target, DEFAULT_DIFF_RULES).flatMap((one): readonly Operation[] =>
          one.kind === "alterTable" ? one.operations : [one],
        );
        const kept = operations.filter((one) => {
          if (one.kind === "dropTable") return target.tables.some(({ name }) => name === one.table.name);
          if (one.kind !== "dropColumn") return false;
          const table = target.tables.find(({ name }) => name === one.table);
          return table?.columns.some(({ name }) => name === one.column.name) ?? true;
        });
        expect(kept).toEqual([]);
      }),
    );
  });
});
