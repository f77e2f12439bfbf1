import { isSameStructure } from "../../../diff/same-structure.ts";
import type { CompileContext } from "../../../dialect/dialect.ts";
import type { Statement } from "../../../dialect/statement.ts";
import { applyOperation } from "../../../ops/apply/apply-operation.ts";
import {
  dispatchOperation,
  type OperationMap,
  type OperationTable,
  type TableOperation,
} from "../../../ops/operation.ts";
import { findTable } from "../../../schema/model/schema.ts";
import { quoteBeside, quoteName } from "../names.ts";
import { quoteIdentifier } from "../quote.ts";

/** An operation that makes something anew under another name, by the position of the one that drops it. */
type Renames = ReadonlyMap<number, { readonly position: number; readonly sql: string }>;

function findName(operation: TableOperation | undefined): string | undefined {
  switch (operation?.kind) {
    case "addConstraint":
    case "dropConstraint":
      return operation.constraint.name;
    case "createIndex":
    case "dropIndex":
      return operation.index.name;
    default:
      return undefined;
  }
}

const COUNTERPARTS: Readonly<Record<string, string>> = { dropConstraint: "addConstraint", dropIndex: "createIndex" };

/** What is left of a constraint or an index without its name. */
function findBody(operation: TableOperation): object | undefined {
  if (operation.kind === "addConstraint" || operation.kind === "dropConstraint") {
    return { ...operation.constraint, name: undefined };
  }
  const isIndex = operation.kind === "createIndex" || operation.kind === "dropIndex";
  return isIndex ? { ...operation.index, name: undefined } : undefined;
}

function renderRename(operation: TableOperation, from: string, to: string): string {
  const [old, fresh] = [quoteIdentifier(from), quoteIdentifier(to)];
  if (operation.kind === "dropIndex") return `ALTER INDEX ${quoteBeside(from, operation.table)} RENAME TO ${fresh}`;
  return `ALTER TABLE ${quoteName(operation.table)} RENAME CONSTRAINT ${old} TO ${fresh}`;
}

/**
 * Constraints and indexes that are dropped and made anew with nothing but another name: giving them the name costs nothing, while making them looks at every row.
 * A name that is still taken cannot be given, so names that change places are not found.
 */
function findRenames({ table, operations }: OperationMap["alterTable"], { before }: CompileContext): Renames {
  const found = findTable(before, table);
  const taken = new Set([...(found?.constraints ?? []), ...(found?.indexes ?? [])].map(({ name }) => name));
  const renames = new Map<number, { readonly position: number; readonly sql: string }>();
  const used = new Set<number>();
  for (const [position, operation] of operations.entries()) {
    const counterpart = COUNTERPARTS[operation.kind];
    const from = findName(operation);
    const match = operations.findIndex(
      (other, later) =>
        later > position &&
        other.kind === counterpart &&
        !used.has(later) &&
        isSameStructure(findBody(operation), findBody(other)),
    );
    const to = findName(operations[match]);
    if (from === undefined || to === undefined || from === to || taken.has(to)) continue;
    used.add(match);
    renames.set(position, { position: match, sql: renderRename(operation, from, to) });
  }
  return renames;
}

/**
 * Several changes of one table, each in place and in its turn; PostgreSQL never has to build a table anew.
 *
 * @param compile what becomes of one of them
 */
export function compileAlterTable(
  operation: OperationMap["alterTable"],
  context: CompileContext,
  compile: OperationTable<readonly Statement[], [CompileContext]>,
): readonly Statement[] {
  const renames = findRenames(operation, context);
  const replaced = new Set([...renames.values()].map(({ position }) => position));
  let { before } = context;
  return operation.operations.flatMap((one, position) => {
    const after = applyOperation(one, before);
    const step = { ...context, before, after };
    before = after;
    if (replaced.has(position)) return [];
    const rename = renames.get(position);
    return rename ? [{ sql: rename.sql }] : dispatchOperation(compile, one, step);
  });
}
