import type { TableOperation } from "../../../ops/operation.ts";
import { renameTableColumns } from "../../../ops/apply/rename-column.ts";
import type { Column } from "../../../schema/model/column.ts";
import { findColumn, type Table } from "../../../schema/model/table.ts";
import { foldName } from "../../../kernel/fold-name.ts";
import { findFreeName } from "./find-free-name.ts";

/** A column whose values come along. */
export interface CopiedColumn {
  readonly from: Column;
  readonly to: Column;
  /** The SQL expression that a change of type gives its values by; absent where they are converted. */
  readonly using?: string;
}

/** What a rebuild has to build, and what it does with each column. */
export interface RebuildPlan {
  /** The table as it is. */
  readonly before: Table;
  /**
   * The table to build. Columns that the same batch renames still have their old names: renaming them afterwards lets SQLite
   * carry the new names into views, triggers and foreign keys of other tables, which no rebuild could.
   */
  readonly target: Table;
  /** Columns that are there before and after, computed ones aside. */
  readonly copied: readonly CopiedColumn[];
  /** Columns that are new, computed ones aside. */
  readonly added: readonly Column[];
  readonly dropped: readonly Column[];
  /** Renames to make in the new table, in this order. */
  readonly renames: readonly (readonly [from: string, to: string])[];
}

/** Where the columns of a table come from: old names by new ones, undefined for those that are new. */
type Origins = ReadonlyMap<string, string | undefined>;

function followColumns(before: Table, operations: readonly TableOperation[]): Origins {
  const origins = new Map<string, string | undefined>(before.columns.map(({ name }) => [name, name]));
  for (const operation of operations) {
    if (operation.kind === "addColumn") origins.set(operation.column.name, undefined);
    if (operation.kind === "dropColumn") origins.delete(operation.column.name);
    if (operation.kind === "renameColumn") {
      origins.set(operation.to, origins.get(operation.from));
      origins.delete(operation.from);
    }
  }
  return origins;
}

/** The expressions that give columns their values, by the names that the columns end up with. */
function followExpressions(operations: readonly TableOperation[]): ReadonlyMap<string, string> {
  const expressions = new Map<string, string>();
  for (const operation of operations) {
    if (operation.kind === "alterColumn" && operation.using !== undefined) {
      expressions.set(operation.to.name, operation.using);
    }
    const moved = operation.kind === "renameColumn" ? expressions.get(operation.from) : undefined;
    if (operation.kind === "renameColumn" && moved !== undefined) {
      expressions.delete(operation.from);
      expressions.set(operation.to, moved);
    }
  }
  return expressions;
}

const TEMPORARY = "_limbeck_";

/** The names that the columns have until they are renamed, by their final names; only those that differ. */
function findInterimNames(origins: Origins): ReadonlyMap<string, string> {
  const used = [...origins.values()].filter((origin) => origin !== undefined);
  const taken = [...origins.keys(), ...used];
  const names = new Map<string, string>();
  for (const [name, origin] of origins) {
    // A new column may not take the name that a renamed one still has.
    const isUsed = used.some((other) => foldName(other) === foldName(name));
    const interim = origin ?? (isUsed ? findFreeName(`${TEMPORARY}${name}`, taken) : name);
    if (interim !== name) names.set(name, interim);
    taken.push(interim);
  }
  return names;
}

/** Puts renames into an order in which no name is taken; a circle is broken with one more name. */
function orderRenames(
  target: Table,
  interim: ReadonlyMap<string, string>,
): readonly (readonly [from: string, to: string])[] {
  const taken = new Set(target.columns.map(({ name }) => foldName(name)));
  let pending = [...interim].map(([to, from]) => [from, to] as const);
  const finalNames = [...interim.keys()];
  const ordered: (readonly [string, string])[] = [];
  const rename = (from: string, to: string): void => {
    ordered.push([from, to]);
    taken.delete(foldName(from));
    taken.add(foldName(to));
  };
  while (pending.length > 0) {
    const free = pending.find(([from, to]) => foldName(from) === foldName(to) || !taken.has(foldName(to)));
    const [from, to] = free ?? pending[0] ?? ["", ""];
    if (free) {
      rename(from, to);
      pending = pending.filter((pair) => pair !== free);
    } else {
      const further = findFreeName(`${TEMPORARY}${from}`, [...taken, ...finalNames]);
      rename(from, further);
      pending = pending.map((pair) => (pair[0] === from ? ([further, to] as const) : pair));
    }
  }
  return ordered;
}

/**
 * Works out how one table becomes another.
 *
 * @param operations what leads from `before` to `after`
 */
export function planRebuild(before: Table, after: Table, operations: readonly TableOperation[]): RebuildPlan {
  const origins = followColumns(before, operations);
  const interim = findInterimNames(origins);
  const target = interim.size === 0 ? after : renameTableColumns(after, interim);
  const kept = new Set(origins.values());
  const stored = target.columns.filter(({ generated }) => !generated);
  const expressions = new Map(
    Array.from(followExpressions(operations), ([name, using]) => [interim.get(name) ?? name, using]),
  );
  const copied = stored.flatMap((to) => {
    const from = kept.has(to.name) ? findColumn(before, to.name) : undefined;
    const using = expressions.get(to.name);
    return from ? [{ from, to, ...(using !== undefined && { using }) }] : [];
  });
  return {
    before,
    target,
    copied,
    added: stored.filter((column) => !copied.some(({ to }) => to === column)),
    dropped: before.columns.filter(({ name }) => !kept.has(name)),
    renames: orderRenames(target, interim),
  };
}
