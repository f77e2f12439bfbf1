import type { CompileContext } from "../../../dialect/dialect.ts";
import type { Statement } from "../../../dialect/statement.ts";
import { operationErrors } from "../../../kernel/errors/operation-errors.ts";
import { applyOperation } from "../../../ops/apply/apply-operation.ts";
import { describeOperation } from "../../../ops/describe/describe-operation.ts";
import { mentionsIdentifier } from "../../../ops/expression/identifiers.ts";
import type { OperationMap, TableOperation } from "../../../ops/operation.ts";
import type { Constraint } from "../../../schema/model/constraint.ts";
import type { Schema } from "../../../schema/model/schema.ts";
import { addColumnNatively, alterNatively, type NativeAlteration } from "./alter-natively.ts";
import { rebuildTable } from "./rebuild.ts";
import { renderConstraintName } from "./render-clauses.ts";
import { renderConstraint, renderReferences } from "./render-constraint.ts";

/** A change of one table: in place where SQLite can, otherwise by a rebuild. */
export function compileTableOperation(operation: TableOperation, context: CompileContext): readonly Statement[] {
  const native = alterNatively(operation, context);
  return "statements" in native ? native.statements : rebuildTable(operation.table, [operation], context);
}

/**
 * A constraint in the words in which ADD COLUMN takes it along; undefined when it is not about this column alone.
 *
 * @param others the other columns of the table, those that the same batch adds among them
 */
function renderAtColumn(constraint: Constraint, column: string, others: readonly string[]): string | undefined {
  if (constraint.kind === "foreignKey" && constraint.columns.length === 1 && constraint.columns[0] === column) {
    return `${renderConstraintName(constraint.name)}${renderReferences(constraint)}`;
  }
  const isOwnCheck =
    constraint.kind === "check" &&
    !constraint.options &&
    !others.some((name) => mentionsIdentifier(constraint.expression, name));
  return isOwnCheck ? renderConstraint(constraint) : undefined;
}

function listOtherColumns(
  { table, column }: OperationMap["addColumn"],
  operations: readonly TableOperation[],
  schema: Schema,
): readonly string[] {
  const present = schema.tables.find(({ name }) => name === table)?.columns ?? [];
  const added = operations.flatMap((one) => (one.kind === "addColumn" ? [one.column] : []));
  return [...present, ...added].map(({ name }) => name).filter((name) => name !== column.name);
}

/**
 * The positions of the constraints that ADD COLUMN can take along; otherwise a new reference would cost a rebuild. They may stand behind other
 * new columns and constraints, but not behind a drop, which may be of the same name.
 */
function findInlineConstraints(
  operations: readonly TableOperation[],
  position: number,
  schema: Schema,
): ReadonlyMap<number, string> {
  const added = operations[position];
  const inline = new Map<number, string>();
  if (added?.kind !== "addColumn") return inline;
  const others = listOtherColumns(added, operations, schema);
  for (const [later, next] of operations.entries()) {
    if (later <= position || next.kind === "addColumn") continue;
    if (next.kind !== "addConstraint") break;
    const rendered = renderAtColumn(next.constraint, added.column.name, others);
    if (rendered !== undefined) inline.set(later, rendered);
  }
  return inline;
}

/** Whether all changes can be made in place; if one cannot, it is named. */
type NativeBatch =
  | { readonly statements: readonly Statement[] }
  | { readonly reason: string; readonly obstacle: TableOperation };

function alterAllNatively(operations: readonly TableOperation[], context: CompileContext): NativeBatch {
  const statements: Statement[] = [];
  const done = new Set<number>();
  let { before } = context;
  for (const [position, operation] of operations.entries()) {
    if (done.has(position)) continue;
    const inline = findInlineConstraints(operations, position, before);
    const together = [operation, ...operations.filter((_, later) => inline.has(later))];
    const after = together.reduce<Schema>((schema, one) => applyOperation(one, schema), before);
    const step: CompileContext = { ...context, before, after };
    const native: NativeAlteration =
      operation.kind === "addColumn"
        ? addColumnNatively(operation, [...inline.values()], step)
        : alterNatively(operation, step);
    if (!("statements" in native)) return { reason: native.reason, obstacle: operation };
    statements.push(...native.statements);
    for (const later of inline.keys()) done.add(later);
    before = after;
  }
  return { statements };
}

/**
 * Several changes of one table: all in place where SQLite can do every one of them, otherwise all by one rebuild.
 *
 * @throws OperationError (rebuildNeeded) when the batch forbids the rebuild that it needs
 */
export function compileAlterTable(
  operation: OperationMap["alterTable"],
  context: CompileContext,
): readonly Statement[] {
  const { table, operations, recreate = "auto" } = operation;
  if (recreate === "always") return rebuildTable(table, operations, context);
  const native = alterAllNatively(operations, context);
  if ("statements" in native) return native.statements;
  if (recreate === "auto") return rebuildTable(table, operations, context);
  throw operationErrors.rebuildNeeded({ table, change: describeOperation(native.obstacle), reason: native.reason });
}
