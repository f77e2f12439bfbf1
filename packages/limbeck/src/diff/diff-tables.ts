import { foldName } from "../kernel/fold-name.ts";
import type { Operation, TableOperation } from "../ops/operation.ts";
import type { Constraint } from "../schema/model/constraint.ts";
import type { DialectOptions } from "../schema/model/dialect-options.ts";
import { standAlone } from "../schema/model/partition.ts";
import { isPartition, listParents, type Table } from "../schema/model/table.ts";
import { diffColumns } from "./diff-columns.ts";
import { diffConstraints } from "./diff-constraints.ts";
import { diffIndexes } from "./diff-indexes.ts";
import type { DiffRules } from "./diff-rules.ts";
import { matchNames } from "./match-names.ts";
import type { GivenPlace } from "./order/effect-context.ts";
import { releaseReferences } from "./release-references.ts";
import { renewTables } from "./renew-tables.ts";
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

function withoutParents(options: DialectOptions = {}): DialectOptions {
  const entries = Object.entries(options).map(([dialect, own]) => {
    const { partitionOf: _partitionOf, inherits: _inherits, notNull: _notNull, inherited: _inherited, ...rest } = own;
    return [dialect, rest] as const;
  });
  return Object.fromEntries(entries);
}

/** A table that begins to inherit, or no longer does: nothing of what it has of its own comes or goes, only indexes of other names come. */
function diffHeir({ current, target }: TablePair, rules: DiffRules): readonly TableOperation[] {
  const options = diffTableOptions(current, target, rules);
  if (listParents(target).length === 0) return options;
  const { added } = matchNames(current.indexes, target.indexes);
  return [...options, ...added.map((index): TableOperation => ({ kind: "createIndex", table: current.name, index }))];
}

/** Tables that partitions may leave or join, in the three states. */
type Wholes = { readonly [State in keyof SchemaStates]: readonly Table[] };

/** Tables with the foreign keys that stay: those that go, and those that come, do so on the whole table, and its partitions follow. */
function keepShared(
  tables: readonly Table[],
  others: readonly Table[],
  renewed: ReadonlySet<string>,
): readonly Table[] {
  return tables.map((table) => {
    const other = renewed.has(table.name) ? undefined : others.find(({ name }) => name === table.name);
    const isShared = (one: Constraint): boolean =>
      one.kind !== "foreignKey" || (other?.constraints.some(({ name }) => name === one.name) ?? false);
    return { ...table, constraints: table.constraints.filter(isShared) };
  });
}

/** A table joins another one as its partition when it is like that, and is like that when it leaves. */
function diffPartition({ original, current, target }: TablePair, wholes: Wholes, context: ConstraintContext) {
  const alone = withoutParents(current.options);
  const free = (table: Table, tables: readonly Table[]): Table => ({ ...standAlone(table, tables), options: alone });
  const [old, found, wanted] = [
    free(original, wholes.original),
    free(current, wholes.current),
    free(target, wholes.target),
  ];
  const [wasPart, willBePart] = [isPartition(current), isPartition(target)];
  return [
    ...(wasPart ? diffTableOptions(current, willBePart ? found : target, context.rules) : []),
    ...diffInside({ original: old, current: found, target: wanted }, context),
    ...(willBePart ? diffTableOptions(wasPart ? found : current, target, context.rules) : []),
  ];
}

function diffInside(pair: TablePair, context: ConstraintContext): readonly TableOperation[] {
  const { current, target } = pair;
  return [
    ...diffConstraints(pair, context),
    ...diffIndexes(pair, context.rules),
    ...diffColumns(current, target, context.rules),
    ...diffTableComment(current, target, context.rules),
  ];
}

function diffTable(pair: TablePair, wholes: Wholes, context: ConstraintContext): readonly TableOperation[] {
  const { current, target } = pair;
  const isMoved = !isSameStructure(listParents(current), listParents(target));
  if (isMoved && (isPartition(current) || isPartition(target))) return diffPartition(pair, wholes, context);
  return isMoved
    ? diffHeir(pair, context.rules)
    : [...diffInside(pair, context), ...diffTableOptions(current, target, context.rules)];
}

function indexTables(tables: readonly Table[], fold: boolean): (name: string) => Table | undefined {
  const key = (name: string): string => (fold ? foldName(name) : name);
  const byName = new Map(tables.map((table) => [key(table.name), table]));
  return (name) => byName.get(key(name));
}

/** What turns the tables of one schema into those of another, renames aside, in no order. */
export interface TableChanges {
  readonly operations: readonly Operation[];
  /** Tables that are made anew, with their rows. */
  readonly renewed: ReadonlySet<string>;
  /** Where operations come that do not say so themselves. */
  readonly places: ReadonlyMap<Operation, GivenPlace>;
}

/** Compares the tables of two schemas. */
export function diffTables({ original, current, target }: SchemaStates, rules: DiffRules): TableChanges {
  const { removed, added, common } = matchNames(current.tables, target.tables);
  const originals = new Map(original.tables.map((table) => [table.name, table]));
  const context: ConstraintContext = { rules, findTarget: indexTables(target.tables, rules.foldTableNames) };
  const states = { original, current, target };
  const find = (name: string): readonly Table[] => [originals.get(name) ?? []].flat();
  const renewed = renewTables(
    {
      pairs: common.map(([found, wanted]) => [originals.get(found.name) ?? found, wanted] as const),
      // A table goes before columns are renamed, so that its foreign keys name columns that are there.
      removed: removed.flatMap(({ name }) => find(name)),
      added,
    },
    states,
    rules,
  );
  const wholes: Wholes = {
    original: keepShared(original.tables, target.tables, renewed.names),
    current: keepShared(current.tables, target.tables, renewed.names),
    target: keepShared(target.tables, current.tables, renewed.names),
  };
  const operations = [
    ...renewed.operations,
    ...common
      .filter(([, wanted]) => !renewed.names.has(wanted.name))
      .map(([found, wanted]) =>
        diffTable({ original: originals.get(found.name) ?? found, current: found, target: wanted }, wholes, context),
      ),
  ].flat();
  const released = rules.referencesHoldKeys ? releaseReferences(operations, states, context) : [];
  return { operations: [...operations, ...released], renewed: renewed.names, places: renewed.places };
}
