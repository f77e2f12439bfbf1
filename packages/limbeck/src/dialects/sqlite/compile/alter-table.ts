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

/** A constraint in the words in which ADD COLUMN takes it along; undefined when it is not about this column alone. */
function renderAtColumn(constraint: Constraint, { column, table }: OperationMap["addColumn"], schema: Schema) {
  if (constraint.kind === "foreignKey" && constraint.columns.length === 1 && constraint.columns[0] === column.name) {
    return `${renderConstraintName(constraint.name)}${renderReferences(constraint)}`;
  }
  const others = schema.tables.find(({ name }) => name === table)?.columns ?? [];
  const isOwnCheck =
    constraint.kind === "check" &&
    !constraint.options &&
    !others.some(({ name }) => name !== column.name && mentionsIdentifier(constraint.expression, name));
  return isOwnCheck ? renderConstraint(constraint) : undefined;
}

/** The constraints right behind an `addColumn` that ADD COLUMN can take along; else a new reference would cost a rebuild. */
function collectInlineConstraints(
  operations: readonly TableOperation[],
  position: number,
  schema: Schema,
): readonly string[] {
  const added = operations[position];
  const inline: string[] = [];
  if (added?.kind !== "addColumn") return inline;
  for (const next of operations.slice(position + 1)) {
    const rendered = next.kind === "addConstraint" ? renderAtColumn(next.constraint, added, schema) : undefined;
    if (rendered === undefined) break;
    inline.push(rendered);
  }
  return inline;
}

/** Whether all changes can be made in place; if one cannot, it is named. */
type NativeBatch =
  | { readonly statements: readonly Statement[] }
  | { readonly reason: string; readonly obstacle: TableOperation };

function alterAllNatively(operations: readonly TableOperation[], context: CompileContext): NativeBatch {
  const statements: Statement[] = [];
  let { before } = context;
  for (let position = 0; position < operations.length; position += 1) {
    const operation = operations[position];
    if (!operation) break;
    const inline = collectInlineConstraints(operations, position, before);
    const together = operations.slice(position, position + 1 + inline.length);
    const after = together.reduce<Schema>((schema, one) => applyOperation(one, schema), before);
    const step: CompileContext = { ...context, before, after };
    const native: NativeAlteration =
      operation.kind === "addColumn" ? addColumnNatively(operation, inline, step) : alterNatively(operation, step);
    if (!("statements" in native)) return { reason: native.reason, obstacle: operation };
    statements.push(...native.statements);
    position += inline.length;
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
