import type { CompileContext } from "../../../dialect/dialect.ts";
import type { Statement } from "../../../dialect/statement.ts";
import { mentionsIdentifier } from "../../../ops/expression/identifiers.ts";
import { applyOperation } from "../../../ops/apply/apply-operation.ts";
import type { OperationMap, TableOperation } from "../../../ops/operation.ts";
import { quoteIdentifier } from "../quote.ts";
import { findTable, type Schema } from "../../../schema/model/schema.ts";
import { findCapabilities } from "../capabilities.ts";
import { keepsFormerRows } from "../former-rows.ts";
import { listAlterParts } from "./alter-clauses.ts";
import type { AlterPart } from "./alter-part.ts";
import { placeComputed } from "./place-computed.ts";
import { placeEngine } from "./place-engine.ts";
import { placeNumbering } from "./place-numbering.ts";
import { placeReferencedKeys } from "./place-referenced-keys.ts";
import {
  dropReferenceIndexes,
  keepOrphanedIndexes,
  keepReferenceIndexes,
  releaseReferenceIndexes,
} from "./reference-indexes.ts";

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

type Kind = TableOperation["kind"];

const changesReference = (operation: TableOperation, kind: Kind): boolean =>
  operation.kind === kind && "constraint" in operation && operation.constraint.kind === "foreignKey";

/** Whether it is about a key of the table to itself: the server looks at the table that a key points to as it was. */
const pointsToItself = (operation: TableOperation, kind: Kind): boolean =>
  operation.kind === kind &&
  "constraint" in operation &&
  operation.constraint.kind === "foreignKey" &&
  operation.constraint.references.table === operation.table;

/** Such a key is added after everything else that happens to the table, and dropped before. */
function isKeptApart(operation: TableOperation, group: readonly TableOperation[]): boolean {
  if (pointsToItself(operation, "addConstraint")) return !group.every((one) => changesReference(one, "addConstraint"));
  return group.some((one) => pointsToItself(one, "dropConstraint")) && !changesReference(operation, "dropConstraint");
}

/** Whether a column goes from which another one is computed that is changed: checks of that one are read with what it was computed from. */
const takesSource = (operation: TableOperation, group: readonly TableOperation[]): boolean =>
  operation.kind === "dropColumn" &&
  group.some(
    (one) =>
      one.kind === "alterColumn" &&
      one.from.generated !== undefined &&
      mentionsIdentifier(one.from.generated.expression, operation.column.name),
  );

/**
 * Whether a column of a foreign key, on either side, gets another name: the server does that in place only, while a column that is computed may need the table to be
 * copied for the same.
 */
function renamesReferenced(operation: TableOperation, { tables }: Schema): boolean {
  if (operation.kind !== "renameColumn") return false;
  const { table, from } = operation;
  return tables.some(({ name, constraints }) =>
    constraints.some(
      (one) =>
        one.kind === "foreignKey" &&
        ((name === table && one.columns.includes(from)) ||
          (one.references.table === table && one.references.columns.includes(from))),
    ),
  );
}

/** Whether an operation cannot stand in one statement with some before it: all clauses of a statement see the table as it was. */
function mustWait(operation: TableOperation, { operations: group, before }: Group, now: Schema): boolean {
  if (renamesReferenced(operation, now) || group.some((one) => renamesReferenced(one, before))) return true;
  const isRename = operation.kind === "renameColumn";
  // Columns that exchange their names: one has its name for between only then.
  if (isRename && group.some((one) => one.kind === "renameColumn" && one.to === operation.from)) return true;
  if (group.some(({ kind }) => (kind === "renameColumn") !== isRename)) return true;
  if (isKeptApart(operation, group) || takesSource(operation, group)) return true;
  const thing = findThing(operation);
  return group.some((other) => thing !== undefined && findThing(other) === thing && !mayComeBack(other, operation));
}

/** Former rows change with the table, which the server does only where it is told to. https://mariadb.com/kb/en/system-versioned-tables/#altering-history */
const KEEPING_HISTORY = "SET STATEMENT system_versioning_alter_history = 'KEEP' FOR ";

/** The table whose statements are written. */
interface Altered {
  readonly name: string;
  readonly isVersioned: boolean;
}

function toStatements({ name, isVersioned }: Altered, clauses: readonly string[]): readonly Statement[] {
  if (clauses.length === 0) return [];
  const separator = clauses.length === 1 ? " " : "\n  ";
  const setting =
    isVersioned && !clauses.every((clause) => clause.endsWith(" SYSTEM VERSIONING")) ? KEEPING_HISTORY : "";
  return [{ sql: `${setting}ALTER TABLE ${quoteIdentifier(name)}${separator}${clauses.join(`,${separator}`)}` }];
}

function joinParts(table: Altered, parts: readonly AlterPart[]): readonly Statement[] {
  const statements: Statement[] = [];
  let clauses: string[] = [];
  const flush = (): void => {
    statements.push(...toStatements(table, clauses));
    clauses = [];
  };
  for (const part of parts) {
    if (part.isSeparate) flush();
    clauses.push(...part.clauses);
    if (part.isSeparate || part.statement) flush();
    if (part.statement) statements.push(part.statement);
  }
  flush();
  return statements;
}

/** Operations that stand in one statement, with what the table was before and is after them. */
interface Group {
  readonly operations: readonly TableOperation[];
  readonly parts: readonly AlterPart[];
  readonly before: Schema;
  readonly after: Schema;
}

/** What the foreign keys of the table need beforehand, and what they need no more afterwards. */
function serveReferences(table: string, { before, after }: Group, serverVersion: string) {
  const [old, fresh] = [findTable(before, table), findTable(after, table)];
  if (!old || !fresh) return { first: [], last: [] };
  const capabilities = findCapabilities(serverVersion);
  const first = [...keepReferenceIndexes(old, fresh, capabilities), ...keepOrphanedIndexes(old, fresh)];
  const dropped = new Set(dropReferenceIndexes(old, fresh, capabilities));
  return {
    first,
    last: [
      ...[...dropped].filter((clause) => !first.includes(clause)),
      ...releaseReferenceIndexes(old, fresh, capabilities),
    ],
  };
}

function compileGroup(table: string, group: Group, serverVersion: string): readonly Statement[] {
  const [start, ...rest] = group.parts;
  if (!start) return [];
  const { first, last } = serveReferences(table, group, serverVersion);
  const clauses = [...new Set([...start.clauses, ...first])];
  const altered = {
    name: table,
    isVersioned: [group.before, group.after].some((schema) => keepsFormerRows(findTable(schema, table)?.options)),
  };
  return joinParts(altered, [{ ...start, clauses }, ...rest, ...(last.length === 0 ? [] : [{ clauses: last }])]);
}

/** One change of a table. */
export function compileTableOperation(operation: TableOperation, context: CompileContext): readonly Statement[] {
  const group = { operations: [operation], parts: listAlterParts(operation, context), ...context };
  return compileGroup(operation.table, group, context.serverVersion);
}

/** Whether something takes statements of its own, so that what comes before and after it stands in others: foreign keys need an index in between, too. */
const isApart = (parts: readonly AlterPart[]): boolean => parts.some(({ isSeparate }) => isSeparate);

/** Several changes of one table, in as few statements as possible: each of them may copy the table, and commits by itself. */
export function compileAlterTable(
  { table, operations }: OperationMap["alterTable"],
  context: CompileContext,
): readonly Statement[] {
  const groups: Group[] = [];
  let { before } = context;
  const placed = placeEngine(placeComputed(placeNumbering(placeReferencedKeys(table, operations, before))));
  for (const operation of placed) {
    const after = applyOperation(operation, before);
    const parts = listAlterParts(operation, { ...context, before, after });
    const last = groups.at(-1);
    if (last && !isApart(parts) && !isApart(last.parts) && !mustWait(operation, last, before)) {
      const joined = { operations: [...last.operations, operation], parts: [...last.parts, ...parts] };
      groups.splice(-1, 1, { ...last, ...joined, after });
    } else {
      groups.push({ operations: [operation], parts, before, after });
    }
    before = after;
  }
  return groups.flatMap((group) => compileGroup(table, group, context.serverVersion));
}
