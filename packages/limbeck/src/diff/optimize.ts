import { applyOperation } from "../ops/apply/apply-operation.ts";
import { isTableOperation } from "./order/ranks.ts";
import type { Operation, OperationMap, TableOperation } from "../ops/operation.ts";
import { canReverse, reverseOperation } from "../ops/reverse/reverse-operation.ts";
import { isSameStructure } from "./same-structure.ts";

type Names = ReadonlySet<string> | "everything";

/** The names that an operation deals with; two operations without a common one may trade places. */
function findNames(operation: Operation): Names {
  switch (operation.kind) {
    case "createTable":
    case "dropTable": {
      const { name, constraints, indexes } = operation.table;
      const targets = constraints.flatMap((one) => (one.kind === "foreignKey" ? one.references.table : []));
      return new Set([name, ...targets, ...indexes.map((index) => index.name)]);
    }
    case "renameTable":
      return new Set([operation.from, operation.to]);
    case "createIndex":
    case "dropIndex":
      return new Set([operation.table, operation.index.name]);
    case "renameIndex":
      return new Set([operation.table, operation.from, operation.to]);
    case "addConstraint":
    case "dropConstraint": {
      const { constraint, table } = operation;
      return new Set(constraint.kind === "foreignKey" ? [table, constraint.references.table] : [table]);
    }
    case "alterColumn":
    case "setTableOptions":
    case "setTableComment":
      return new Set([operation.table]);
    default:
      // Foreign keys anywhere follow a renamed column; views, triggers and raw steps may mean anything.
      return "everything";
  }
}

const meet = (a: Names, b: Names): boolean => a === "everything" || b === "everything" || !a.isDisjointFrom(b);

/** Whether `second` takes `first` back, and no rows were lost in between. */
function isUndone(first: Operation, second: Operation): boolean {
  if (first.kind === "addColumn" && second.kind === "dropColumn") {
    return first.table === second.table && isSameStructure(first.column, second.column);
  }
  if (first.kind === "dropTable" || first.kind === "dropColumn" || !canReverse(first)) return false;
  return isSameStructure(reverseOperation(first), second);
}

/** A new table with one of its changes made at once. */
function foldIntoTable({ table }: OperationMap["createTable"], change: Operation): readonly Operation[] {
  const { tables } = applyOperation(change, { tables: [table], views: [], triggers: [] });
  return tables.map((folded) => ({ kind: "createTable", table: folded }));
}

function foldGroup(
  group: OperationMap["alterTable"],
  more: readonly TableOperation[],
): readonly Operation[] | undefined {
  const all = [...group.operations, ...more];
  const operations = optimizeOperations(all).filter(isTableOperation);
  if (operations.length === all.length) return undefined;
  return operations.length === 0 ? [] : [{ ...group, operations }];
}

/** A change and a further change of the same thing as one change. */
function chain(first: Operation, second: Operation): Operation | undefined {
  if (first.kind !== second.kind || !("from" in first) || !("from" in second)) return undefined;
  const isSamePlace = ("table" in first ? first.table : "") === ("table" in second ? second.table : "");
  if (!isSamePlace || !isSameStructure(first.to, second.from)) return undefined;
  // Both are of one kind, so that what the first comes from is what the second may come from.
  return { ...second, from: first.from } as Operation;
}

function foldNewTable(create: OperationMap["createTable"], second: Operation): readonly Operation[] | undefined {
  const { name } = create.table;
  if (second.kind === "dropTable") return second.table.name === name ? [] : undefined;
  const isChange = second.kind === "alterTable" || second.kind === "renameIndex" || isTableOperation(second);
  const changed = second.kind === "renameTable" ? second.from : isChange ? second.table : undefined;
  return changed === name ? foldIntoTable(create, second) : undefined;
}

function foldGroups(first: OperationMap["alterTable"], second: Operation): readonly Operation[] | undefined {
  if (second.kind === "alterTable") {
    const isSame = first.table === second.table && first.recreate === second.recreate;
    return isSame ? foldGroup(first, second.operations) : undefined;
  }
  return isTableOperation(second) && second.table === first.table ? foldGroup(first, [second]) : undefined;
}

/** What two operations in a row come to, or undefined when they stay two. */
function fold(first: Operation, second: Operation): readonly Operation[] | undefined {
  if (isUndone(first, second)) return [];
  if (first.kind === "createTable") return foldNewTable(first, second);
  if (first.kind === "alterTable") return foldGroups(first, second);
  if (first.kind === "addColumn" && second.kind === "alterColumn") {
    const isSame = first.table === second.table && first.column.name === second.from.name;
    return isSame ? [{ ...first, column: second.to }] : undefined;
  }
  const chained = chain(first, second);
  return chained && [chained];
}

function foldOnce(operations: readonly Operation[]): readonly Operation[] | undefined {
  const names = operations.map(findNames);
  for (const [position, first] of operations.entries()) {
    for (let next = position + 1; next < operations.length; next += 1) {
      const second = operations[next];
      const folded = second && fold(first, second);
      // Nothing in between deals with what the first one does, so it may as well come later.
      if (folded)
        return [
          ...operations.slice(0, position),
          ...operations.slice(position + 1, next),
          ...folded,
          ...operations.slice(next + 1),
        ];
      if (meet(names[position] ?? "everything", names[next] ?? "everything")) break;
    }
  }
  return undefined;
}

/**
 * Operations with the same effect, without those that cancel out or are part of another: a column added to a new table,
 * a rename of a rename. What destroys rows is never folded away with what creates their table anew.
 */
export function optimizeOperations(operations: readonly Operation[]): readonly Operation[] {
  let optimized = operations;
  for (let next = foldOnce(optimized); next; next = foldOnce(optimized)) optimized = next;
  return optimized;
}
