import { array, nat, tuple, type Arbitrary } from "fast-check";
import type { Rename } from "../../../../packages/limbeck/src/diff/renames/rename.ts";
import { applyOperation } from "../../../../packages/limbeck/src/ops/apply/apply-operation.ts";
import { mentionsIdentifier } from "../../../../packages/limbeck/src/ops/expression/identifiers.ts";
import type { Operation } from "../../../../packages/limbeck/src/ops/operation.ts";
import { findTable, type Schema } from "../../../../packages/limbeck/src/schema/model/schema.ts";
import { arbitrarySchemaPair } from "../../../../packages/limbeck/src/testing/arbitraries/arbitrary-schema.ts";
import type { Table } from "../../../../packages/limbeck/src/schema/model/table.ts";
import type { RandomEngine } from "./random-engine.ts";

/** Two schemas, and what only has another name in the second one. */
export interface DrawnPair {
  readonly from: Schema;
  readonly to: Schema;
  readonly renames: readonly Rename[];
  /** What rows are made with. */
  readonly seed: number;
}

const formerly = (name: string): string => `former_${name.replaceAll(/\W/g, "")}`;

/** A rename, and the operation that gives the first schema the former name. */
interface Renaming {
  readonly rename: Rename;
  readonly undo: Operation;
}

/** Some servers name keys after their table, and give them other names with it, which a schema in memory does not follow. */
const hasOwnNames = ({ constraints }: Table): boolean =>
  constraints.every(({ kind, name }) => kind !== "foreignKey" || name !== undefined);

/** What both schemas have, and texts that name things do not speak of. */
function listRenamings(before: Schema, after: Schema): readonly Renaming[] {
  const texts = [...before.views, ...before.triggers, ...before.objects].map(({ definition }) => definition);
  const isFree = (name: string): boolean => texts.every((text) => !mentionsIdentifier(text, name));
  return before.tables.flatMap((table): readonly Renaming[] => {
    const other = findTable(after, table.name);
    if (!other || !isFree(table.name)) return [];
    const to = table.name;
    const columns = table.columns.filter(
      ({ name }) =>
        isFree(name) &&
        other.columns.some((one) => one.name === name) &&
        // What is computed from it has its name in a text.
        table.columns.every(({ generated }) => !generated || !mentionsIdentifier(generated.expression, name)),
    );
    const indexes = table.indexes.filter((index) =>
      other.indexes.some((one) => JSON.stringify(one) === JSON.stringify(index)),
    );
    return [
      ...columns.map(({ name }): Renaming => ({
        rename: { kind: "column", table: to, from: formerly(name), to: name },
        undo: { kind: "renameColumn", table: to, from: name, to: formerly(name) },
      })),
      ...indexes.map(({ name }): Renaming => ({
        rename: { kind: "index", table: to, from: formerly(name), to: name },
        undo: { kind: "renameIndex", table: to, from: name, to: formerly(name) },
      })),
      ...(hasOwnNames(table)
        ? [
            {
              rename: { kind: "table", from: formerly(to), to },
              undo: { kind: "renameTable", from: to, to: formerly(to) },
            } satisfies Renaming,
          ]
        : []),
    ];
  });
}

function undoSome(before: Schema, after: Schema, choices: readonly number[]) {
  const chosen = listRenamings(before, after).filter(
    (_, position) => (choices[position % choices.length] ?? 0) % 7 === 0,
  );
  // A table gets its former name last, so that its columns are found until then.
  const ordered = chosen.toSorted((a, b) => Number(a.rename.kind === "table") - Number(b.rename.kind === "table"));
  return {
    from: ordered.reduce((schema, { undo }) => applyOperation(undo, schema), before),
    renames: ordered.map(({ rename }) => rename),
  };
}

/** Two schemas with much in common, as an engine can hold them. */
export const drawPairs = ({ traits, adapt }: RandomEngine): Arbitrary<DrawnPair> => {
  const choices = array(nat({ max: 100 }), { minLength: 12, maxLength: 24 });
  return tuple(arbitrarySchemaPair(traits), choices, choices, nat()).map(([[before, after], first, second, seed]) => {
    const to = adapt(after, second);
    return { ...undoSome(adapt(before, first), to, first), to, seed };
  });
};
