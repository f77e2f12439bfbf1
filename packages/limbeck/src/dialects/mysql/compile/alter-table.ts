import type { CompileContext } from "../../../dialect/dialect.ts";
import type { Statement } from "../../../dialect/statement.ts";
import { applyOperation } from "../../../ops/apply/apply-operation.ts";
import type { OperationMap, TableOperation } from "../../../ops/operation.ts";
import { quoteIdentifier } from "../quote.ts";
import { listAlterParts } from "./alter-clauses.ts";
import type { AlterPart } from "./alter-part.ts";

/** What an operation makes or takes away, by a name that is unlike those of other things. */
function findThing(operation: TableOperation): string | undefined {
  switch (operation.kind) {
    case "addColumn":
    case "dropColumn":
      return `column ${operation.column.name}`.toLowerCase();
    case "alterColumn":
      return `column ${operation.to.name}`.toLowerCase();
    case "addConstraint":
    case "dropConstraint":
      return `${operation.constraint.kind} ${operation.constraint.name ?? ""}`.toLowerCase();
    case "createIndex":
    case "dropIndex":
      return `index ${operation.index.name}`.toLowerCase();
    default:
      return undefined;
  }
}

/** Indexes and keys may go and come back under one name in a statement; columns and foreign keys may not. */
function mayComeBack(first: TableOperation, second: TableOperation): boolean {
  const isDrop = first.kind === "dropIndex" || first.kind === "dropConstraint";
  const isAdd = second.kind === "createIndex" || second.kind === "addConstraint";
  const isReference = first.kind === "dropConstraint" && first.constraint.kind === "foreignKey";
  return isDrop && isAdd && !isReference;
}

/** Whether an operation cannot stand in one statement with some before it: all clauses of a statement see the table as it was. */
function mustWait(operation: TableOperation, group: readonly TableOperation[]): boolean {
  if (group.length === 0) return false;
  const isRename = operation.kind === "renameColumn";
  if (group.some(({ kind }) => (kind === "renameColumn") !== isRename)) return true;
  const thing = findThing(operation);
  return group.some((other) => thing !== undefined && findThing(other) === thing && !mayComeBack(other, operation));
}

function toStatements(table: string, clauses: readonly string[]): readonly Statement[] {
  if (clauses.length === 0) return [];
  const separator = clauses.length === 1 ? " " : "\n  ";
  return [{ sql: `ALTER TABLE ${quoteIdentifier(table)}${separator}${clauses.join(`,${separator}`)}` }];
}

/** Ends a statement. */
const BREAK: AlterPart = { clauses: [], isSeparate: true };

/** One change of a table. */
export function compileTableOperation(operation: TableOperation, context: CompileContext): readonly Statement[] {
  return joinParts(operation.table, listAlterParts(operation, context));
}

function joinParts(table: string, parts: readonly AlterPart[]): readonly Statement[] {
  const statements: Statement[] = [];
  let clauses: string[] = [];
  const flush = (): void => {
    statements.push(...toStatements(table, clauses));
    clauses = [];
  };
  for (const part of parts) {
    if (part.isSeparate) flush();
    // Two operations may ask for the same index of a foreign key.
    clauses.push(...part.clauses.filter((clause) => !clauses.includes(clause)));
    if (part.isSeparate || part.statement) flush();
    if (part.statement) statements.push(part.statement);
  }
  flush();
  return statements;
}

/** Several changes of one table, in as few statements as possible: each of them may copy the table, and commits by itself. */
export function compileAlterTable(
  { table, operations }: OperationMap["alterTable"],
  context: CompileContext,
): readonly Statement[] {
  const parts: AlterPart[] = [];
  let group: TableOperation[] = [];
  let { before } = context;
  for (const operation of operations) {
    const after = applyOperation(operation, before);
    const [first, ...rest] = listAlterParts(operation, { ...context, before, after });
    before = after;
    if (!first) continue;
    if (mustWait(operation, group)) {
      parts.push(BREAK);
      group = [];
    }
    parts.push(first, ...rest);
    group.push(operation);
  }
  return joinParts(table, parts);
}
