import { assert, boolean, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { applyOperation } from "../../ops/apply/apply-operation.ts";
import type { Operation } from "../../ops/operation.ts";
import { reverseOperation } from "../../ops/reverse/reverse-operation.ts";
import type { ForeignKey } from "../../schema/model/constraint.ts";
import { findTable, type Schema } from "../../schema/model/schema.ts";
import { arbitrarySchemaPair } from "../../testing/arbitraries/arbitrary-schema.ts";
import { DEFAULT_DIFF_RULES, type DiffRules } from "../diff-rules.ts";
import { diffSchema } from "../diff-schema.ts";

const flatten = (operations: readonly Operation[]): readonly Operation[] =>
  operations.flatMap((one): readonly Operation[] => (one.kind === "alterTable" ? one.operations : [one]));

function collectForeignKeys(schema: Schema): readonly ForeignKey[] {
  return schema.tables.flatMap(({ constraints }) => constraints.filter((one) => one.kind === "foreignKey"));
}

/** What a server that checks foreign keys at once would refuse. */
function findBrokenKeys(schema: Schema): readonly string[] {
  return collectForeignKeys(schema).flatMap(({ references }) => {
    const target = findTable(schema, references.table);
    if (!target) return [`no table ${references.table}`];
    const missing = references.columns.filter((column) => !target.columns.some(({ name }) => name === column));
    return missing.map((column) => `no column ${references.table}.${column}`);
  });
}

/** Whether the target has a key for it. */
function hasKey(schema: Schema, { references }: ForeignKey): boolean {
  const wanted = references.columns.toSorted().join();
  const constraints = findTable(schema, references.table)?.constraints ?? [];
  return constraints.some(
    (one) => (one.kind === "primaryKey" || one.kind === "unique") && one.columns.toSorted().join() === wanted,
  );
}

function findRepeatedNames(schema: Schema): readonly string[] {
  const names = [...schema.tables, ...schema.views, ...schema.tables.flatMap(({ indexes }) => indexes)].map(
    ({ name }) => name,
  );
  return names.filter((name, position) => names.indexOf(name) !== position);
}

function readSource(definition: string): string {
  const [, quoted, bare = ""] = /FROM (?:"([^"]+)"|(\w+))/.exec(definition) ?? [];
  return quoted ?? bare;
}

function hasRelation(schema: Schema, name: string): boolean {
  return [...schema.tables, ...schema.views].some((one) => one.name === name);
}

/** The foreign keys that an operation brings. */
function findNewKeys(operation: Operation): readonly ForeignKey[] {
  if (operation.kind === "createTable") return operation.table.constraints.filter((one) => one.kind === "foreignKey");
  return operation.kind === "addConstraint" && operation.constraint.kind === "foreignKey" ? [operation.constraint] : [];
}

const isForeignKeyChange = (one: Operation): boolean => "constraint" in one && one.constraint.kind === "foreignKey";

/** Everything that goes wrong on the way, step by step. */
function replay(operations: readonly Operation[], start: Schema, { inlineForeignKeys }: DiffRules): readonly string[] {
  const problems: string[] = [];
  let schema = start;
  for (const operation of operations) {
    schema = applyOperation(operation, schema);
    if (!inlineForeignKeys) {
      problems.push(...findBrokenKeys(schema));
      for (const key of findNewKeys(operation)) {
        if (!hasKey(schema, key)) problems.push(`no key of ${key.references.table} for a foreign key`);
      }
    }
    problems.push(...findRepeatedNames(schema).map((name) => `${name} twice`));
    if (operation.kind === "createView" && !hasRelation(schema, readSource(operation.view.definition))) {
      problems.push(`view ${operation.view.name} before what it selects from`);
    }
    if (operation.kind === "dropTable") {
      const broken = schema.views.filter(({ definition }) => readSource(definition) === operation.table.name);
      problems.push(...broken.map(({ name }) => `table of view ${name} dropped before it`));
    }
  }
  return problems;
}

describe("the order of operations, for any two schemas", () => {
  const checked: DiffRules = { ...DEFAULT_DIFF_RULES, inlineForeignKeys: false };
  const unchecked: DiffRules = { ...DEFAULT_DIFF_RULES, inlineForeignKeys: true };

  it("never needs what is not there, where foreign keys are checked at once", () => {
    assert(
      property(arbitrarySchemaPair(), ([current, target]) => {
        expect(replay(flatten(diffSchema(current, target, checked)), current, checked)).toEqual([]);
      }),
    );
  });

  it("never needs what is not there on the way back either", () => {
    assert(
      property(arbitrarySchemaPair(), ([current, target]) => {
        const there = flatten(diffSchema(current, target, checked));
        const back = there.toReversed().map(reverseOperation);
        const end = there.reduce<Schema>((schema, operation) => applyOperation(operation, schema), current);
        expect(replay(back, end, checked)).toEqual([]);
      }),
    );
  });

  it("drops views and triggers before anything else changes, and creates them after everything else", () => {
    const isText = ({ kind }: Operation): boolean => /(?:View|Trigger)$/.test(kind);
    assert(
      property(arbitrarySchemaPair(), boolean(), ([current, target], inlineForeignKeys) => {
        const operations = diffSchema(current, target, { ...checked, inlineForeignKeys });
        const firstOther = operations.findIndex((one) => !isText(one));
        const lastOther = operations.findLastIndex((one) => !isText(one));
        const misplaced = operations.filter(({ kind }, position) => {
          if (firstOther < 0) return false;
          return kind.startsWith("drop") ? position > firstOther : position < lastOther;
        });
        expect(misplaced.filter(isText)).toEqual([]);
      }),
    );
  });

  it("keeps all changes of a table together where foreign keys are not checked, but for keys in the way of columns", () => {
    assert(
      property(arbitrarySchemaPair(), ([current, target]) => {
        const operations = diffSchema(current, target, unchecked);
        expect(replay(operations, current, unchecked)).toEqual([]);
        const others = operations.filter((one) => !flatten([one]).every(isForeignKeyChange));
        const changed = others.flatMap((one) => ("table" in one && typeof one.table === "string" ? one.table : []));
        expect(changed).toEqual([...new Set(changed)]);
        expect(operations.filter((one) => one.kind === "alterTable" && one.operations.length < 2)).toEqual([]);
      }),
    );
  });
});
