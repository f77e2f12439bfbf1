import { applyOperations } from "../../ops/apply/apply-operation.ts";
import type { Operation } from "../../ops/operation.ts";
import { findTable, type Schema } from "../../schema/model/schema.ts";
import type { TableIndex } from "../../schema/model/table-index.ts";
import type { DiffRules } from "../diff-rules.ts";
import { isSameIndex } from "../same-index.ts";
import { renameValues } from "./enum-values.ts";
import type { NamePair, PartRename, SettledRenames } from "./settle-renames.ts";

const TEMPORARY = "_limbeck_renamed_";

/**
 * Renames one after the other so that each new name is free when its turn comes; names that trade places go through a
 * temporary one.
 */
function sequenceRenames(pairs: readonly NamePair[]): readonly NamePair[] {
  const waiting = pairs.filter(({ from, to }) => from !== to);
  const sequence: NamePair[] = [];
  while (waiting.length > 0) {
    const free = waiting.findIndex(({ to }) => !waiting.some(({ from }) => from === to));
    const [next] = waiting.splice(Math.max(free, 0), 1);
    if (!next) break;
    if (free >= 0) sequence.push(next);
    else {
      const temporary = `${TEMPORARY}${next.from}`;
      sequence.push({ from: next.from, to: temporary });
      waiting.push({ from: temporary, to: next.to });
    }
  }
  return sequence;
}

/** The operations of some renames, and the schemas they lead through. */
export interface RenamedSchemas {
  readonly operations: readonly Operation[];
  /** After the renames of tables. */
  readonly withTables: Schema;
  /** After all of them. */
  readonly withAll: Schema;
}

function groupByTable(renames: readonly PartRename[]): ReadonlyMap<string, readonly PartRename[]> {
  return Map.groupBy(renames, ({ table }) => table);
}

/** The renames of indexes that differ in nothing else: one that changed is made anew. */
function findRenamable(
  renames: readonly PartRename[],
  current: Schema,
  target: (current: Schema) => Schema,
  rules: DiffRules,
): readonly PartRename[] {
  if (renames.length === 0) return renames;
  const wanted = target(current);
  const find = (schema: Schema, table: string, index: string): TableIndex | undefined =>
    findTable(schema, table)?.indexes.find(({ name }) => name === index);
  return renames.filter(({ table, from, to }) => {
    const before = find(current, table, from);
    const after = find(wanted, table, to);
    return before !== undefined && after !== undefined && isSameIndex(before, after, rules);
  });
}

/**
 * Carries renames out on a schema.
 *
 * @param target gives the schema that the new names come from, spelled like another
 */
export function applyRenames(
  renames: SettledRenames,
  current: Schema,
  target: (current: Schema) => Schema,
  rules: DiffRules,
): RenamedSchemas {
  const ofTables = sequenceRenames(renames.tables).map((pair): Operation => ({ kind: "renameTable", ...pair }));
  const withTables = applyOperations(ofTables, current);
  const ofColumns = [...groupByTable(renames.columns)].flatMap(([table, pairs]) =>
    sequenceRenames(pairs).map(({ from, to }): Operation => ({ kind: "renameColumn", table, from, to })),
  );
  const withColumns = applyOperations(ofColumns, withTables);
  const renamable = findRenamable(renames.indexes, withColumns, target, rules);
  const ofIndexes = [...groupByTable(renamable)].flatMap(([table, pairs]) =>
    sequenceRenames(pairs).map(({ from, to }): Operation => ({ kind: "renameIndex", table, from, to })),
  );
  const ofValues = renameValues(renames.values, applyOperations(ofIndexes, withColumns), rules);
  return {
    operations: [...ofTables, ...ofColumns, ...ofIndexes, ...ofValues.operations],
    withTables,
    withAll: ofValues.schema,
  };
}
