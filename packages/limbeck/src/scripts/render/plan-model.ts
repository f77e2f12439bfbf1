import type { PlannedTable } from "./plan-table.ts";
import { conventionalName, nameConstraints, type NamingConvention } from "../../schema/builder/naming-convention.ts";
import type { Constraint } from "../../schema/model/constraint.ts";
import { findTable, type Schema } from "../../schema/model/schema.ts";
import { findPrimaryKey, type Table } from "../../schema/model/table.ts";
import { planTable } from "./plan-table.ts";

/** A key that names no columns points to the primary key; a builder has to name them. */
function nameTargetColumns(constraint: Constraint, schema: Schema): Constraint {
  if (constraint.kind !== "foreignKey" || constraint.references.columns.length > 0) return constraint;
  const target = findTable(schema, constraint.references.table);
  const columns = target && findPrimaryKey(target)?.columns;
  return columns ? { ...constraint, references: { ...constraint.references, columns } } : constraint;
}

/** Which column of a table a constraint can be said on: its only one, or the one that the convention names a condition after. */
function findOwner(constraint: Constraint, { name, columns }: Table, convention: NamingConvention): number {
  if (constraint.kind !== "check") {
    const [only] = constraint.columns;
    return constraint.columns.length === 1 ? columns.findIndex((column) => column.name === only) : -1;
  }
  return columns.findIndex(
    (column) => conventionalName(constraint, name, convention, { columns: [column.name] }) === constraint.name,
  );
}

const KIND_ORDER: Readonly<Record<Constraint["kind"], number>> = { primaryKey: 0, unique: 1, check: 2, foreignKey: 3 };

/** Splits constraints into those that read on their columns, in the order in which builders bring them, and the rest. */
function sortConstraints(table: Table, convention: NamingConvention) {
  const owned = table.constraints
    .map((constraint) => ({ constraint, owner: findOwner(constraint, table, convention) }))
    .filter(({ owner }) => owner >= 0)
    .toSorted((a, b) => a.owner - b.owner || KIND_ORDER[a.constraint.kind] - KIND_ORDER[b.constraint.kind]);
  const onColumns = new Map<string, Constraint>();
  for (const { constraint, owner } of owned) {
    // A column takes one key of a kind, and any number of conditions.
    const place = constraint.kind === "check" ? `${owner} check ${constraint.name}` : `${owner} ${constraint.kind}`;
    if (!onColumns.has(place)) onColumns.set(place, constraint);
  }
  const chosen = new Set(onColumns.values());
  return { onColumns: [...chosen], rest: table.constraints.filter((constraint) => !chosen.has(constraint)) };
}

/**
 * The builders of a table as a model: as {@link planTable}, but constraints without a name count as named by the convention, and their order
 * means nothing.
 *
 * @returns undefined when no builders make this table
 */
export function planModel(table: Table, schema: Schema, convention: NamingConvention): PlannedTable | undefined {
  const constraints = table.constraints.map((one) => nameTargetColumns(one, schema));
  const { onColumns, rest } = sortConstraints({ ...table, constraints }, convention);
  const name = (list: readonly Constraint[]): readonly Constraint[] => nameConstraints(list, table.name, convention);
  const sorted = { ...table, constraints: [...name(onColumns), ...name(rest)] };
  return planTable(sorted, convention);
}
