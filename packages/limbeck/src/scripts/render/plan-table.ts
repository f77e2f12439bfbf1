import { isDeepStrictEqual } from "node:util";
import { buildTable, collectColumnConstraints, type TableParts } from "../../schema/builder/build-table.ts";
import { ColumnBuilder, type AnyColumnBuilder, type ColumnDescription } from "../../schema/builder/column-builder.ts";
import {
  nameConstraint,
  nameIndex,
  type NamingContext,
  type NamingConvention,
} from "../../schema/builder/naming-convention.ts";
import type { PlainItem } from "../../schema/builder/table-items.ts";
import type { Column } from "../../schema/model/column.ts";
import type { Constraint } from "../../schema/model/constraint.ts";
import type { Table } from "../../schema/model/table.ts";

/** A column as its builder describes it, without any constraint. */
export function describeColumn({ name: _name, autoIncrement = false, ...column }: Column): ColumnDescription {
  return { ...column, autoIncrement, primaryKey: false, unique: false, checks: [] };
}

/** The description with a constraint added that stands on this column alone; undefined when it can't say it. */
function addConstraint(column: ColumnDescription, constraint: Constraint): ColumnDescription | undefined {
  if (constraint.kind === "unique") return { ...column, unique: true };
  if (constraint.kind === "check") {
    return { ...column, checks: [...column.checks, { expression: constraint.expression }] };
  }
  if (constraint.kind === "primaryKey") {
    return column.nullable || column.primaryKey ? undefined : { ...column, primaryKey: true };
  }
  const { references, onDelete, onUpdate } = constraint;
  const actions = { ...(onDelete && { onDelete }), ...(onUpdate && { onUpdate }) };
  return { ...column, references: { table: references.table, column: references.columns[0] ?? "", ...actions } };
}

/** A constraint without its name where the convention gives the same one. */
function dropConventionalName(
  constraint: Constraint,
  table: string,
  convention: NamingConvention,
  context: Partial<NamingContext>,
): Constraint {
  const { name, ...rest } = constraint;
  const unnamed: Constraint = rest;
  return nameConstraint(unnamed, table, convention, context).name === name ? unnamed : constraint;
}

/** The columns that may bring a constraint: its own, or any where it is a condition. */
function listOwners(constraint: Constraint, columns: readonly string[]): readonly string[] {
  return constraint.kind === "check" ? columns : constraint.columns.slice(0, 1);
}

/** How the constraints of a column are named and ordered once it is built. */
function buildConstraints(
  name: string,
  column: ColumnDescription,
  table: string,
  convention: NamingConvention,
): readonly Constraint[] {
  return collectColumnConstraints(name, column).map((constraint) =>
    nameConstraint(constraint, table, convention, constraint.kind === "check" ? { columns: [name] } : {}),
  );
}

/**
 * Moves constraints from the front of the list to the columns, as long as building the columns gives the same list: what stands on
 * one column and is called as the convention says reads best there.
 */
function distributeConstraints(table: Table, convention: NamingConvention) {
  const columns = new Map(table.columns.map((column) => [column.name, describeColumn(column)]));
  let moved = 0;
  for (const constraint of table.constraints) {
    const expected = table.constraints.slice(0, moved + 1);
    const place = (name: string): boolean => {
      const column = columns.get(name);
      const isConventional =
        dropConventionalName(constraint, table.name, convention, { columns: [name] }) !== constraint;
      const changed = column && isConventional ? addConstraint(column, constraint) : undefined;
      if (!changed) return false;
      const trial = [...columns].flatMap(([other, description]) =>
        buildConstraints(other, other === name ? changed : description, table.name, convention),
      );
      if (!isDeepStrictEqual(trial, expected)) return false;
      columns.set(name, changed);
      return true;
    };
    if (!listOwners(constraint, [...columns.keys()]).some(place)) break;
    moved += 1;
  }
  return { columns, rest: table.constraints.slice(moved) };
}

function listItems(
  table: Table,
  constraints: readonly Constraint[],
  convention: NamingConvention,
): readonly PlainItem[] {
  const items: PlainItem[] = [];
  let position = 0;
  for (const constraint of constraints) {
    if (constraint.kind === "check") position += 1;
    items.push(
      dropConventionalName(constraint, table.name, convention, constraint.kind === "check" ? { position } : {}),
    );
  }
  for (const { name, ...index } of table.indexes) {
    items.push({
      kind: "index",
      index: nameIndex(index, table.name, convention) === name ? index : { ...index, name },
    });
  }
  if (table.options) items.push({ kind: "options", options: table.options });
  if (table.comment !== undefined) items.push({ kind: "comment", comment: table.comment });
  return items;
}

/** Builders that make a table which is known: what an engine has made of its rules. */
export interface PlannedTable extends TableParts {
  readonly items: readonly PlainItem[];
}

/**
 * The builders that make a table, as short as the naming convention allows.
 *
 * @returns undefined when no builders make exactly this table, for example when a constraint has no name
 */
export function planTable(table: Table, convention: NamingConvention): PlannedTable | undefined {
  const { columns, rest } = distributeConstraints(table, convention);
  const builders = Object.fromEntries(
    Array.from(columns, ([name, description]): [string, AnyColumnBuilder] => [name, new ColumnBuilder(description)]),
  );
  const parts: PlannedTable = { name: table.name, columns: builders, items: listItems(table, rest, convention) };
  return isDeepStrictEqual(buildTable(parts, convention), table) ? parts : undefined;
}
