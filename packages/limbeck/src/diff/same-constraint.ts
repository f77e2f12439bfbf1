import { foldName } from "../kernel/fold-name.ts";
import type { Constraint, Deferrable, ForeignKey } from "../schema/model/constraint.ts";
import { findPrimaryKey, type Table } from "../schema/model/table.ts";
import type { DiffRules } from "./diff-rules.ts";
import { isSameOptions } from "./same-column.ts";

/** What a constraint is compared against besides its counterpart. */
export interface ConstraintContext {
  readonly rules: DiffRules;
  /** The table of that name in the target, for keys that name no columns. */
  readonly findTarget: (table: string) => Table | undefined;
}

const isSameName = (a: string, b: string, fold: boolean): boolean => a === b || (fold && foldName(a) === foldName(b));

function isSameList(a: readonly string[], b: readonly string[], fold: boolean): boolean {
  return a.length === b.length && a.every((name, position) => isSameName(name, b[position] ?? "", fold));
}

/** The columns that a key points to; one that names none means the primary key. */
function resolveReferences(key: ForeignKey, { findTarget }: ConstraintContext): readonly string[] {
  const { table, columns } = key.references;
  if (columns.length > 0) return columns;
  const target = findTarget(table);
  return (target && findPrimaryKey(target)?.columns) ?? [];
}

function isSameDeferral(
  a: Deferrable | undefined,
  b: Deferrable | undefined,
  { foldImmediateKeys }: DiffRules,
): boolean {
  const fold = (deferral: Deferrable | undefined): Deferrable | undefined =>
    foldImmediateKeys && deferral === "initially immediate" ? undefined : deferral;
  return fold(a) === fold(b);
}

function isSameForeignKey(a: ForeignKey, b: ForeignKey, context: ConstraintContext): boolean {
  const { foldTableNames, foldColumnNames } = context.rules;
  return (
    isSameName(a.references.table, b.references.table, foldTableNames) &&
    isSameList(a.columns, b.columns, foldColumnNames) &&
    isSameList(resolveReferences(a, context), resolveReferences(b, context), foldColumnNames) &&
    (a.onDelete ?? "no action") === (b.onDelete ?? "no action") &&
    (a.onUpdate ?? "no action") === (b.onUpdate ?? "no action") &&
    (a.match ?? "simple") === (b.match ?? "simple") &&
    isSameDeferral(a.deferrable, b.deferrable, context.rules)
  );
}

function isSameBody(a: Constraint, b: Constraint, context: ConstraintContext): boolean {
  const { rules } = context;
  if (a.kind === "check") return b.kind === "check" && rules.sameExpression(a.expression, b.expression);
  if (a.kind === "foreignKey") return b.kind === "foreignKey" && isSameForeignKey(a, b, context);
  if (b.kind !== a.kind || !isSameList(a.columns, b.columns, rules.foldColumnNames)) return false;
  return a.kind === "primaryKey" || b.kind === "primaryKey" || isSameDeferral(a.deferrable, b.deferrable, rules);
}

/** Whether two constraints demand the same, whatever their names. */
export function isSameConstraint(a: Constraint, b: Constraint, context: ConstraintContext): boolean {
  return isSameBody(a, b, context) && isSameOptions(a.options, b.options, context.rules);
}
