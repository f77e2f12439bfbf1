import { array, assert, nat, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { applyOperation, applyOperations } from "../../ops/apply/apply-operation.ts";
import type { Operation } from "../../ops/operation.ts";
import { reverseOperation } from "../../ops/reverse/reverse-operation.ts";
import { findTable, type Schema } from "../../schema/model/schema.ts";
import { arbitrarySchemaPair } from "../../testing/arbitraries/arbitrary-schema.ts";
import { DEFAULT_DIFF_RULES } from "../diff-rules.ts";
import { diffSchema } from "../diff-schema.ts";
import { findRenameCandidates } from "../rename-candidates.ts";
import { isSameStructure } from "../same-structure.ts";
import { parseRename } from "./parse-rename.ts";
import type { Rename } from "./rename.ts";

const RULES = { ...DEFAULT_DIFF_RULES, inlineForeignKeys: true };

const formerly = (name: string): string => `former ${name}`;

/** The renames of some tables and columns that both schemas have, and the current schema before them. */
function undoRenames(
  current: Schema,
  target: Schema,
  choices: readonly number[],
): readonly [Schema, readonly Rename[]] {
  const isChosen = (position: number): boolean => (choices[position % choices.length] ?? 0) % 3 === 0;
  const renames: Rename[] = [];
  const operations: Operation[] = [];
  for (const [position, table] of current.tables.entries()) {
    const other = findTable(target, table.name);
    if (!other) continue;
    for (const [place, { name }] of table.columns.entries()) {
      if (!isChosen(position * 7 + place) || !other.columns.some((column) => column.name === name)) continue;
      operations.push({ kind: "renameColumn", table: table.name, from: name, to: formerly(name) });
      renames.push({ table: table.name, from: formerly(name), to: name });
    }
    if (!isChosen(position + 1)) continue;
    operations.push({ kind: "renameTable", from: table.name, to: formerly(table.name) });
    renames.push({ from: formerly(table.name), to: table.name });
  }
  return [applyOperations(operations, current), renames];
}

const sortByText = <One>(list: readonly One[]): readonly One[] =>
  list.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

const canonicalize = (schema: Schema): Schema => ({
  ...schema,
  tables: sortByText(
    schema.tables.map((table) => ({
      ...table,
      columns: sortByText(table.columns),
      constraints: sortByText(table.constraints),
      indexes: sortByText(table.indexes),
    })),
  ),
  views: sortByText(schema.views),
  triggers: sortByText(schema.triggers),
});

describe("diffSchema with renames, for any two schemas", () => {
  const cases = [arbitrarySchemaPair(), array(nat({ max: 30 }), { minLength: 3, maxLength: 20 })] as const;

  it("leads to the target, and back", () => {
    assert(
      property(...cases, ([current, target], choices) => {
        const [before, renames] = undoRenames(current, target, choices);
        const operations = diffSchema(before, target, RULES, renames);
        const after = applyOperations(operations, before);
        expect(canonicalize(after)).toEqual(canonicalize(target));
        const back = operations
          .toReversed()
          .reduce((schema, one) => applyOperation(reverseOperation(one), schema), after);
        expect(canonicalize(back)).toEqual(canonicalize(before));
      }),
    );
  });

  it("renames what it is told to, and drops none of it", () => {
    assert(
      property(...cases, ([current, target], choices) => {
        const [before, renames] = undoRenames(current, target, choices);
        const operations = diffSchema(before, target, RULES, renames).flatMap((one): readonly Operation[] =>
          one.kind === "alterTable" ? one.operations : [one],
        );
        const carriedOut = operations.filter(({ kind }) => kind === "renameTable" || kind === "renameColumn");
        expect(carriedOut).toHaveLength(renames.length);
        const dropped = operations.flatMap((one) =>
          one.kind === "dropTable" ? one.table.name : one.kind === "dropColumn" ? one.column.name : [],
        );
        expect(dropped.filter((name) => name.startsWith("former"))).toEqual([]);
      }),
    );
  });

  it("drops nothing that could live on in what is created, for one who says yes to every question", () => {
    assert(
      property(...cases, ([current, target], choices) => {
        const [before] = undoRenames(current, target, choices);
        const renames: Rename[] = [];
        for (;;) {
          const [question] = findRenameCandidates(before, target, RULES, renames).filter(({ required }) => required);
          if (!question) break;
          renames.push(parseRename(question.answer));
          expect(renames.length).toBeLessThan(200);
        }
        const operations = diffSchema(before, target, RULES, renames).flatMap((one): readonly Operation[] =>
          one.kind === "alterTable" ? one.operations : [one],
        );
        const added = operations.flatMap((one) => (one.kind === "addColumn" ? [one] : []));
        const lost = operations.flatMap((one) => (one.kind === "dropColumn" && !one.column.generated ? [one] : []));
        const couldLive = lost.filter(({ table, column }) =>
          added.some(
            (other) =>
              other.table === table && !other.column.generated && RULES.sameType(column.type, other.column.type),
          ),
        );
        expect(couldLive).toEqual([]);
        const created = operations.flatMap((one) => (one.kind === "createTable" ? one.table : []));
        const dropped = operations.flatMap((one) => (one.kind === "dropTable" ? one.table : []));
        const twins = dropped.filter((table) => created.some((other) => isSameStructure(table.columns, other.columns)));
        expect(twins).toEqual([]);
      }),
    );
  });
});
