import { foldName } from "../kernel/fold-name.ts";
import type { Operation, TableOperation } from "../ops/operation.ts";
import type { DialectOptions } from "../schema/model/dialect-options.ts";
import { listParents, type Table } from "../schema/model/table.ts";
import { diffColumns } from "./diff-columns.ts";
import { diffConstraints } from "./diff-constraints.ts";
import { diffIndexes } from "./diff-indexes.ts";
import type { DiffRules } from "./diff-rules.ts";
import { matchNames } from "./match-names.ts";
import { releaseReferences } from "./release-references.ts";
import { isSameStructure } from "./same-structure.ts";
import { isSameOptions } from "./same-column.ts";
import type { ConstraintContext } from "./same-constraint.ts";
import type { SchemaStates } from "./schema-states.ts";
import type { TablePair } from "./table-pair.ts";

function diffTableOptions(current: Table, target: Table, rules: DiffRules): readonly TableOperation[] {
  if (isSameOptions(current.options, target.options, rules)) return [];
  const orNull = (options: DialectOptions | undefined): DialectOptions | null => options ?? null;
  return [{ kind: "setTableOptions", table: current.name, from: orNull(current.options), to: orNull(target.options) }];
}

function diffTableComment(current: Table, target: Table, rules: DiffRules): readonly TableOperation[] {
  if (rules.ignoreComments || (current.comment ?? "") === (target.comment ?? "")) return [];
  return [{ kind: "setTableComment", table: current.name, from: current.comment ?? null, to: target.comment ?? null }];
}

/** What a table had of its own becomes a part of another one, or the other way round: nothing of that comes or goes, only indexes of other names come. */
function diffJoining({ current, target }: TablePair, rules: DiffRules): readonly TableOperation[] {
  const options = diffTableOptions(current, target, rules);
  if (listParents(target).length === 0) return options;
  const { added } = matchNames(current.indexes, target.indexes);
  return [...options, ...added.map((index): TableOperation => ({ kind: "createIndex", table: current.name, index }))];
}

function diffTable(pair: TablePair, context: ConstraintContext): readonly TableOperation[] {
  const { current, target } = pair;
  if (!isSameStructure(listParents(current), listParents(target))) return diffJoining(pair, context.rules);
  return [
    ...diffConstraints(pair, context),
    ...diffIndexes(pair, context.rules),
    ...diffColumns(current, target, context.rules),
    ...diffTableOptions(current, target, context.rules),
    ...diffTableComment(current, target, context.rules),
  ];
}

function indexTables(tables: readonly Table[], fold: boolean): (name: string) => Table | undefined {
  const key = (name: string): string => (fold ? foldName(name) : name);
  const byName = new Map(tables.map((table) => [key(table.name), table]));
  return (name) => byName.get(key(name));
}

/** What turns the tables of one schema into those of another, renames aside, in no order. */
export function diffTables({ original, current, target }: SchemaStates, rules: DiffRules): readonly Operation[] {
  const { removed, added, common } = matchNames(current.tables, target.tables);
  const originals = new Map(original.tables.map((table) => [table.name, table]));
  const context: ConstraintContext = { rules, findTarget: indexTables(target.tables, rules.foldTableNames) };
  const operations = [
    // A table goes before columns are renamed, so that its foreign keys name columns that are there.
    ...removed.map(({ name }): Operation[] => {
      const table = originals.get(name);
      return table ? [{ kind: "dropTable", table }] : [];
    }),
    ...added.map((table): Operation[] => [{ kind: "createTable", table }]),
    ...common.map(([found, wanted]) =>
      diffTable({ original: originals.get(found.name) ?? found, current: found, target: wanted }, context),
    ),
  ].flat();
  const states = { original, current, target };
  return rules.referencesHoldKeys ? [...operations, ...releaseReferences(operations, states, context)] : operations;
}
