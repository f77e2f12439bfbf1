import { foldName } from "../kernel/fold-name.ts";
import type { Operation, TableOperation } from "../ops/operation.ts";
import type { Column } from "../schema/model/column.ts";
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

const hasColumn = ({ columns }: Table, name: string): boolean => columns.some((column) => column.name === name);

/**
 * A table that begins to inherit, or no longer does: nothing of what it has of its own comes or goes, only indexes of other names come, and before it begins columns
 * that it has to have because a parent has them.
 */
function diffHeir(
  { current, target }: TablePair,
  parents: readonly Table[],
  rules: DiffRules,
): readonly TableOperation[] {
  const { name: table } = current;
  const options = diffTableOptions(current, target, rules);
  if (listParents(target).length === 0) return options;
  const { added } = matchNames(current.indexes, target.indexes);
  const [own, other] = [current, target].map(({ columns }) =>
    columns.filter(({ name }) => hasColumn(current, name) && hasColumn(target, name)),
  );
  const missing = listInherited(target, parents).filter(({ name }) => !hasColumn(current, name));
  return [
    ...missing.map((column): TableOperation => ({ kind: "addColumn", table, column })),
    ...diffColumns({ ...current, columns: own ?? [] }, { ...target, columns: other ?? [] }, rules),
    ...options,
    ...added.map((index): TableOperation => ({ kind: "createIndex", table, index })),
  ];
}

/** The columns that a table has from its parents, and they from theirs. */
function listInherited(table: Table, tables: readonly Table[]): readonly Column[] {
  return listParents(table)
    .flatMap((name) => tables.find((one) => one.name === name) ?? [])
    .flatMap((parent) => [...parent.columns, ...listInherited(parent, tables)]);
}

/** A table without those of its columns that the other one has from its parents: which of them were its own before it began to inherit counts for nothing. */
function withoutShared(table: Table, other: Table, parents: readonly Table[]): Table {
  const inherited = listInherited(table, parents);
  const isShared = ({ name }: Column): boolean =>
    !hasColumn(other, name) && inherited.some((column) => column.name === name);
  return table.columns.some(isShared)
    ? { ...table, columns: table.columns.filter((column) => !isShared(column)) }
    : table;
}

function settleHeir({ original, current, target }: TablePair, wholes: Wholes): TablePair {
  if (listParents(target).length === 0 || isPartition(target)) return { original, current, target };
  return {
    original: withoutShared(original, target, wholes.target),
    current: withoutShared(current, target, wholes.target),
    target: withoutShared(target, current, wholes.current),
  };
}

/** Tables that partitions may leave or join, in the three states. */
type Wholes = { readonly [State in keyof SchemaStates]: readonly Table[] };

/** Tables with the foreign keys that stay: those that go, and those that come, do so on the whole table, and its partitions follow. */
function keepShared(
  tables: readonly Table[],
  others: readonly Table[],
  renewed: ReadonlySet<string>,
): readonly Table[] {
  const byName = new Map(others.map((other) => [other.name, other]));
  return tables.map((table) => {
    const other = renewed.has(table.name) ? undefined : byName.get(table.name);
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

const listParts = ({ options = {} }: Table): readonly unknown[] =>
  Object.values(options).map(({ partitionOf }) => partitionOf);

/** Whether a partition is to have other rows of its table: it leaves, and comes back when those are there that make room for it. */
const isRebound = ({ current, target }: TablePair): boolean => !isSameStructure(listParts(current), listParts(target));

/** Tables as they are before and after, without the columns that come: those reach who inherits already. */
function findLasting({ current, target }: Wholes): readonly Table[] {
  const byName = new Map(current.map((table) => [table.name, table]));
  return target.map((table) => {
    const before = byName.get(table.name);
    return before ? { ...table, columns: table.columns.filter(({ name }) => hasColumn(before, name)) } : table;
  });
}

function diffTable(pair: TablePair, wholes: Wholes, context: ConstraintContext): readonly TableOperation[] {
  const { current, target } = pair;
  const isMoved = !isSameStructure(listParents(current), listParents(target));
  const isPart = isPartition(current) || isPartition(target);
  if (isPart && (isMoved || isRebound(pair))) return diffPartition(pair, wholes, context);
  if (isMoved) return diffHeir(pair, findLasting(wholes), context.rules);
  return [...diffInside(settleHeir(pair, wholes), context), ...diffTableOptions(current, target, context.rules)];
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
