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
  /** Columns that are renamed, by their old names. */
  readonly columns: readonly { readonly table: string; readonly name: string }[];
}

/**
 * The disturbance that comes of tables.
 *
 * @param dropped the tables that are dropped
 */
export function createDisturbance(renames: SettledRenames, dropped: readonly string[]): Disturbance {
  const oldNames = new Map(renames.tables.map(({ from, to }) => [to, from]));
  return {
    relations: [...dropped, ...oldNames.values()],
    columns: renames.columns.map(({ table, from }) => ({ table: oldNames.get(table) ?? table, name: from })),
  };
}

/** Whether SQL text speaks of something that is disturbed. */
export function isDisturbed(sql: string, { relations, columns }: Disturbance): boolean {
  if (findMentioned(sql, relations).length > 0) return true;
  return columns.some(({ table, name }) => findMentioned(sql, [table, name]).length === 2);
}
