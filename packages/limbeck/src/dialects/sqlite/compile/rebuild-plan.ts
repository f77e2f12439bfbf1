import type { TableOperation } from "../../../ops/operation.ts";
import { renameTableColumns } from "../../../ops/apply/rename-column.ts";
import type { Column } from "../../../schema/model/column.ts";
import { findColumn, type Table } from "../../../schema/model/table.ts";

/** A column whose values come along. */
export interface CopiedColumn {
  readonly from: Column;
  readonly to: Column;
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

const TEMPORARY = "_limbeck_";

/** The names that the columns have until they are renamed, by their final names; only those that differ. */
function findInterimNames(origins: Origins): ReadonlyMap<string, string> {
  const used = new Set(origins.values());
  const names = new Map<string, string>();
  for (const [name, origin] of origins) {
    // A new column may not take the name that a renamed one still has.
    const interim = origin ?? (used.has(name) ? `${TEMPORARY}${name}` : name);
    if (interim !== name) names.set(name, interim);
  }
  return names;
}

/** Puts renames into an order in which no name is taken; a circle is broken with one more name. */
function orderRenames(
  target: Table,
  interim: ReadonlyMap<string, string>,
): readonly (readonly [from: string, to: string])[] {
  const taken = new Set(target.columns.map(({ name }) => name));
  let pending = [...interim].map(([to, from]) => [from, to] as const);
  const ordered: (readonly [string, string])[] = [];
  const rename = (from: string, to: string): void => {
    ordered.push([from, to]);
    taken.delete(from);
    taken.add(to);
  };
  while (pending.length > 0) {
    const free = pending.find(([, to]) => !taken.has(to));
    const [from, to] = free ?? pending[0] ?? ["", ""];
    if (free) {
      rename(from, to);
      pending = pending.filter((pair) => pair !== free);
    } else {
      rename(from, `${TEMPORARY}${from}`);
      pending = pending.map((pair) => (pair[0] === from ? ([`${TEMPORARY}${from}`, to] as const) : pair));
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
  const copied = stored.flatMap((to) => {
    const from = kept.has(to.name) ? findColumn(before, to.name) : undefined;
    return from ? [{ from, to }] : [];
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
