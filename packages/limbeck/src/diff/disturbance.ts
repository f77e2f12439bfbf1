import type { Operation } from "../ops/operation.ts";
import { findTable, type Schema } from "../schema/model/schema.ts";
import { listDescendants } from "../schema/model/table.ts";
import type { DiffRules } from "./diff-rules.ts";
import { findMentioned } from "./find-mentioned.ts";
import type { SettledRenames } from "./renames/settle-renames.ts";

/**
 * What the changes do to names that views and triggers may speak of. One that speaks of such a name is made anew even
 * when its text stays: in between it would speak of nothing, which some engines refuse, and a rename would make others
 * rewrite it.
 */
export interface Disturbance {
  /** Tables and views that are dropped or renamed, by their old names. */
  readonly relations: readonly string[];
  /** Columns that are renamed or, where the engine holds on to them, dropped or given another type, by their old names. */
  readonly columns: readonly { readonly table: string; readonly name: string }[];
}

/** Whether an engine that holds on to columns lets go of this one for the change only when nobody holds it. */
function changesColumn(operation: Operation, rules: DiffRules): boolean {
  if (operation.kind === "dropColumn") return true;
  if (operation.kind !== "alterColumn") return false;
  const { from, to } = operation;
  const isComputed = from.generated !== undefined || to.generated !== undefined;
  return !rules.sameType(from.type, to.type) || from.collation !== to.collation || isComputed;
}

/** The columns of a table that are computed from others, from which they are made anew when one of these changes. */
function findComputedFrom({ table, name }: Disturbance["columns"][number], schema: Schema): Disturbance["columns"] {
  const columns = findTable(schema, table)?.columns ?? [];
  return columns
    .filter((column) => column.generated && findMentioned(column.generated.expression, [name]).length > 0)
    .map((column) => ({ table, name: column.name }));
}

/** Objects that speak of a table outside of any text that is only run, as functions do that give its rows. */
function findGivers(table: string, { objects }: Schema, rules: DiffRules): readonly string[] {
  return objects.flatMap((object) => {
    const called = rules.comesBeforeTables(object) ? rules.findCalledName(object) : undefined;
    return called !== undefined && findMentioned(rules.findHoldingText(object), [table]).length > 0 ? called : [];
  });
}

/**
 * The columns that operations drop or give another type, and those computed from them, by their new names.
 *
 * @param schema what there is, under these names
 */
export function findChangedColumns(
  operations: readonly Operation[],
  schema: Schema,
  rules: DiffRules,
): Disturbance["columns"] {
  const changed = operations
    .flatMap((one) => (one.kind === "alterTable" ? one.operations : one))
    .filter((one) => changesColumn(one, rules))
    .flatMap((one) => {
      if (one.kind === "dropColumn") return { table: one.table, name: one.column.name };
      return one.kind === "alterColumn" ? { table: one.table, name: one.from.name } : [];
    });
  const everywhere = [...changed, ...changed.flatMap((column) => findComputedFrom(column, schema))];
  // A change of a column reaches all tables that have it, and what gives their rows.
  return everywhere.flatMap(({ table, name }) =>
    [table, ...listDescendants(schema.tables, table)]
      .flatMap((one) => [one, ...findGivers(one, schema, rules)])
      .map((one) => ({ table: one, name })),
  );
}

/** The name of a table, or of an index or a constraint, on which there may be a note. */
function findDropped(operation: Operation): readonly string[] {
  if (operation.kind === "dropTable") return [operation.table.name];
  if (operation.kind === "dropIndex") return [operation.index.name];
  return operation.kind === "dropConstraint" ? [operation.constraint.name ?? []].flat() : [];
}

/**
 * The disturbance that comes of tables.
 *
 * @param changes what is done to the tables, by their new names
 * @param current what there is, under its new names
 */
export function createDisturbance(
  renames: SettledRenames,
  { changes, current }: { readonly changes: readonly Operation[]; readonly current: Schema },
  rules: DiffRules,
): Disturbance {
  const oldTables = new Map(renames.tables.map(({ from, to }) => [to, from]));
  const toOldTable = (table: string): string => oldTables.get(table) ?? table;
  const toOldColumn = (table: string, name: string): string =>
    renames.columns.find((one) => one.table === table && one.to === name)?.from ?? name;
  const changed = rules.viewsHoldColumns ? findChangedColumns(changes, current, rules) : [];
  return {
    relations: [...changes.flatMap(findDropped), ...oldTables.values()],
    columns: [
      ...renames.columns.map(({ table, from }) => ({ table: toOldTable(table), name: from })),
      ...changed.map(({ table, name }) => ({ table: toOldTable(table), name: toOldColumn(table, name) })),
    ],
  };
}

/** Whether SQL text speaks of something that is disturbed. */
export function isDisturbed(sql: string, { relations, columns }: Disturbance): boolean {
  if (findMentioned(sql, relations).length > 0) return true;
  return columns.some(({ table, name }) => findMentioned(sql, [table, name]).length === 2);
}
