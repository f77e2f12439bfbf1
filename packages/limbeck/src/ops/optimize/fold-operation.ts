import { LimbeckError } from "../../kernel/errors/limbeck-error.ts";
import { EMPTY_SCHEMA, findTable } from "../../schema/model/schema.ts";
import type { Table } from "../../schema/model/table.ts";
import { applyOperation, isOpaque } from "../apply/apply-operation.ts";
import { mentionsIdentifier } from "../expression/identifiers.ts";
import type { Operation } from "../operation.ts";
import { reverseOperation } from "../reverse/reverse-operation.ts";
import { adaptOperation } from "./adapt-operation.ts";
import { findTouchedTables } from "./touched-tables.ts";

/** Changes that nothing can depend on that came before them: they only add. */
const ADDS: ReadonlySet<Operation["kind"]> = new Set(["addColumn", "addConstraint", "createIndex", "setTableComment"]);

const isAdding = (operation: Operation): boolean =>
  operation.kind === "alterTable" ? operation.operations.every(isAdding) : ADDS.has(operation.kind);

/** The statement behind something that names what it needs in a text; undefined for anything else. */
function readDefinition(operation: Operation): string | undefined {
  if (operation.kind === "createView") return operation.view.definition;
  return operation.kind === "createTrigger" ? `${operation.trigger.table} ${operation.trigger.definition}` : undefined;
}

/** Whether a change of a table may come before another operation as well. */
function maySwap(operation: Operation, table: string, other: Operation): boolean {
  const definition = readDefinition(other);
  if (definition !== undefined) return !mentionsIdentifier(definition, table);
  const [own, others] = [findTouchedTables(operation), findTouchedTables(other)];
  if (!own || !others || others.changed.includes(table)) return false;
  if (own.mentioned.some((name) => others.changed.includes(name))) return false;
  return isAdding(operation) || !others.mentioned.includes(table);
}

/** A table after a change of it; undefined where that cannot be told without a database. */
function changeTable(table: Table, operation: Operation): Table | undefined {
  if (operation.kind === "alterTable") {
    return operation.operations.reduce<Table | undefined>((one, change) => one && changeTable(one, change), table);
  }
  const schema = { ...EMPTY_SCHEMA, tables: [table] };
  try {
    const adapted = adaptOperation(operation, table);
    if (isOpaque(adapted, schema)) return undefined;
    return findTable(applyOperation(adapted, schema), table.name);
  } catch (error) {
    if (error instanceof LimbeckError) return undefined;
    throw error;
  }
}

/** Puts a change of a table into the statement that creates it. */
export function foldIntoCreation(done: readonly Operation[], operation: Operation): readonly Operation[] | undefined {
  const [name, ...others] = findTouchedTables(operation)?.changed ?? [];
  if (name === undefined || others.length > 0 || operation.kind === "dropTable") return undefined;
  const position = done.findLastIndex((one) => one.kind === "createTable" && one.table.name === name);
  const creation = done[position];
  if (creation?.kind !== "createTable") return undefined;
  if (!done.slice(position + 1).every((one) => maySwap(operation, name, one))) return undefined;
  const table = changeTable(creation.table, operation);
  return table && done.with(position, { kind: "createTable", table });
}

/** Whether an operation is about one table and no other. */
function isAboutOnly(operation: Operation, table: string): boolean {
  const touched = findTouchedTables(operation);
  return touched?.changed.join() === table;
}

/** Leaves out what was done to a table that is dropped in the end, its creation included. */
export function foldIntoDrop(done: readonly Operation[], operation: Operation): readonly Operation[] | undefined {
  if (operation.kind !== "dropTable") return undefined;
  const { name } = operation.table;
  const first = done.findIndex((one) => isAboutOnly(one, name));
  if (first === -1) return undefined;
  const since = done.slice(first);
  const rest = since.filter((one) => !isAboutOnly(one, name));
  const isFree = rest.every((one) => {
    const touched = findTouchedTables(one);
    return touched && !touched.mentioned.includes(name) && !touched.changed.includes(name);
  });
  // What others refer to may have to be there until they do not.
  if (!isFree || since.some((one) => one.kind === "dropTable" && one.table.name === name)) return undefined;
  const before = [...done.slice(0, first), ...rest];
  const changes = since.filter((one) => isAboutOnly(one, name));
  if (changes[0]?.kind === "createTable") return before;
  // A key that goes may have to be gone before what it points to can change.
  const pointedTo = new Set(changes.flatMap((one) => findTouchedTables(one)?.mentioned ?? []));
  if (rest.some((one) => findTouchedTables(one)?.changed.some((changed) => pointedTo.has(changed)))) return undefined;
  const table = changes
    .toReversed()
    .map(reverseOperation)
    .reduce<Table | undefined>((one, change) => one && changeTable(one, change), operation.table);
  return table && [...before, { kind: "dropTable", table }];
}

/** Leaves out a view that comes and goes, unless something else needs it meanwhile; or a trigger, which nothing needs. */
export function foldObjectIntoNothing(
  done: readonly Operation[],
  operation: Operation,
): readonly Operation[] | undefined {
  if (operation.kind === "dropTrigger") {
    const { name, table } = operation.trigger;
    const position = done.findLastIndex(
      (one) => one.kind === "createTrigger" && one.trigger.name === name && one.trigger.table === table,
    );
    return position === -1 ? undefined : done.toSpliced(position, 1);
  }
  if (operation.kind !== "dropView") return undefined;
  const { name } = operation.view;
  const position = done.findLastIndex((one) => one.kind === "createView" && one.view.name === name);
  const isNeeded = done.slice(position + 1).some((one) => mentionsIdentifier(readDefinition(one) ?? "", name));
  return position === -1 || isNeeded ? undefined : done.toSpliced(position, 1);
}

/** Leaves out a column or an index that comes and goes. */
export function foldIntoNothing(done: readonly Operation[], operation: Operation): readonly Operation[] | undefined {
  if (operation.kind !== "dropColumn" && operation.kind !== "dropIndex") return undefined;
  const { table } = operation;
  const position = done.findLastIndex((one) => findTouchedTables(one)?.changed.includes(table) ?? true);
  const last = done[position];
  const isSame =
    (operation.kind === "dropColumn" && last?.kind === "addColumn" && last.column.name === operation.column.name) ||
    (operation.kind === "dropIndex" && last?.kind === "createIndex" && last.index.name === operation.index.name);
  return isSame && last.table === table ? done.toSpliced(position, 1) : undefined;
}
