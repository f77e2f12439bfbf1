import type { Constraint, PrimaryKey } from "../../../schema/model/constraint.ts";
import { findColumn, findPrimaryKey, type Table } from "../../../schema/model/table.ts";
import { renderType } from "../types.ts";
import { hasRowid } from "./rowid-column.ts";

/**
 * A key whose column SQLite fails to rename (seen with 3.40 and 3.53): of type INTEGER, and a UNIQUE that names it too stands in front of it, or in
 * a table without rowid behind it. `RENAME COLUMN` leaves the old name in the UNIQUE, and then refuses its own work.
 */
interface FragileKey {
  readonly key: PrimaryKey;
  /** The constraints on the wrong side of the key. */
  readonly misplaced: readonly Constraint[];
}

function findFragileKey(table: Table): FragileKey | undefined {
  const key = findPrimaryKey(table);
  const column = key?.columns[0];
  if (!key || column === undefined || key.columns.length > 1) return undefined;
  const type = findColumn(table, column)?.type;
  if (!type || renderType(type).toUpperCase() !== "INTEGER") return undefined;
  const position = table.constraints.indexOf(key);
  const suspects = hasRowid(table) ? table.constraints.slice(0, position) : table.constraints.slice(position + 1);
  const misplaced = suspects.filter((one) => one.kind === "unique" && one.columns.includes(column));
  return misplaced.length > 0 ? { key, misplaced } : undefined;
}

/** Whether SQLite can rename a column of a table as it is written. */
export function isRenamable(table: Table, column: string): boolean {
  return findFragileKey(table)?.key.columns[0] !== column;
}

/** The constraints of a table in an order in which every column can be renamed; mostly as they are. */
export function orderConstraints(table: Table): readonly Constraint[] {
  const fragile = findFragileKey(table);
  if (!fragile) return table.constraints;
  const first = hasRowid(table) ? [fragile.key] : fragile.misplaced;
  return [...first, ...table.constraints.filter((one) => !first.includes(one))];
}
