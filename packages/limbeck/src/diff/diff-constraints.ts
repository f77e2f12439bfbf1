import { foldName } from "../kernel/fold-name.ts";
import type { TableOperation } from "../ops/operation.ts";
import type { Constraint } from "../schema/model/constraint.ts";
import type { NamingContext } from "../schema/builder/naming-convention.ts";
import type { Table } from "../schema/model/table.ts";
import type { TablePair } from "./table-pair.ts";
import { isSameConstraint, type ConstraintContext } from "./same-constraint.ts";

/** What a naming function may have been told of a constraint: for a check, that cannot be seen any more. */
function guessContexts(constraint: Constraint, { columns, constraints }: Table): readonly Partial<NamingContext>[] {
  if (constraint.kind !== "check") return [{}];
  const checks = constraints.filter(({ kind }) => kind === "check");
  return [...columns.map(({ name }) => ({ columns: [name] })), ...checks.map((_, index) => ({ position: index + 1 }))];
}

function isSameName(a: string, b: string, { rules }: ConstraintContext): boolean {
  return a === b || (rules.foldColumnNames && foldName(a) === foldName(b));
}

function isConventional(wanted: Constraint, table: Table, context: ConstraintContext): boolean {
  const { conventionName } = context.rules;
  if (!conventionName) return false;
  const { name, ...unnamed } = wanted;
  return guessContexts(wanted, table).some((guess) => {
    const conventional = conventionName(unnamed, table.name, guess);
    // The table, or a column, may be spelled as the database has it, and the name as the models have it.
    if (conventional === undefined || name === undefined) return conventional === name;
    return isSameName(conventional, name, context);
  });
}

/** Whether a constraint of the database is, name included, one of the target: no name and the convention's are the same. */
function isCounterpart(
  found: Constraint,
  wanted: Constraint,
  { current, target }: Pick<TablePair, "current" | "target">,
  context: ConstraintContext,
): boolean {
  if (found.kind !== wanted.kind || !isSameConstraint(found, wanted, context)) return false;
  if (found.name === undefined) return wanted.name === undefined || isConventional(wanted, target, context);
  if (wanted.name === undefined) return isConventional(found, current, context);
  return isSameName(found.name, wanted.name, context);
}

/** What turns the constraints of one table into those of another, in no order. */
export function diffConstraints(pair: TablePair, context: ConstraintContext): readonly TableOperation[] {
  const { original, current, target } = pair;
  const table = current.name;
  const missing = [...target.constraints];
  const operations: TableOperation[] = [];
  for (const [position, found] of current.constraints.entries()) {
    const match = missing.findIndex((wanted) => isCounterpart(found, wanted, pair, context));
    if (match >= 0) missing.splice(match, 1);
    // Constraints go before columns are renamed, so that their texts name columns that are there.
    else operations.push({ kind: "dropConstraint", table, constraint: original.constraints[position] ?? found });
  }
  return [
    ...operations,
    ...missing.map((constraint): TableOperation => ({ kind: "addConstraint", table, constraint })),
  ];
}
