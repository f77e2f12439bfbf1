import { operationErrors } from "../../kernel/errors/operation-errors.ts";
import type { Schema } from "../../schema/model/schema.ts";
import { listParents, type Table } from "../../schema/model/table.ts";
import { mentionsIdentifier } from "../expression/identifiers.ts";
import { dispatchOperation, type Operation, type OperationMap, type OperationTable } from "../operation.ts";
import { applyAddColumn, applyAlterColumn, applyDropColumn } from "./apply-column.ts";
import { applyAddConstraint, applyDropConstraint } from "./apply-constraint.ts";
import { applyAlterEnum, applyCreateEnum, applyDropEnum, applyRenameEnumValue } from "./apply-enum.ts";
import { applyCreateIndex, applyDropIndex, applyRenameIndex } from "./apply-index.ts";
import { applyCreateObject, applyDropObject, applyReplaceObject } from "./apply-object.ts";
import { applyAlterSequence, applyCreateSequence, applyDropSequence } from "./apply-sequence.ts";
import {
  applyCreateTable,
  applyDropTable,
  applyRenameTable,
  applySetTableComment,
  applySetTableOptions,
} from "./apply-table.ts";
import { applyCreateTrigger, applyCreateView, applyDropTrigger, applyDropView } from "./apply-view.ts";
import { prepareParkedTable, removeParkedTable } from "./apply-soft-delete.ts";
import { isSameData } from "./same-data.ts";
import { applyRenameColumn } from "./rename-column.ts";

const APPLY: OperationTable<Schema, [Schema]> = {
  createTable: applyCreateTable,
  dropTable: applyDropTable,
  renameTable: applyRenameTable,
  addColumn: applyAddColumn,
  dropColumn: applyDropColumn,
  renameColumn: applyRenameColumn,
  alterColumn: applyAlterColumn,
  addConstraint: applyAddConstraint,
  dropConstraint: applyDropConstraint,
  createIndex: applyCreateIndex,
  dropIndex: applyDropIndex,
  renameIndex: applyRenameIndex,
  setTableOptions: applySetTableOptions,
  setTableComment: applySetTableComment,
  createView: applyCreateView,
  dropView: applyDropView,
  createTrigger: applyCreateTrigger,
  dropTrigger: applyDropTrigger,
  createEnum: applyCreateEnum,
  dropEnum: applyDropEnum,
  alterEnum: applyAlterEnum,
  renameEnumValue: applyRenameEnumValue,
  createSequence: applyCreateSequence,
  dropSequence: applyDropSequence,
  alterSequence: applyAlterSequence,
  createObject: applyCreateObject,
  dropObject: applyDropObject,
  replaceObject: applyReplaceObject,
  alterTable: applyAlterTable,
  enableSoftDelete: (operation, schema) => removeParkedTable(operation, applyAlterTable(operation, schema)),
  disableSoftDelete: (operation, schema) => applyAlterTable(operation, prepareParkedTable(operation, schema)),
  execute: ({ affects = [] }, schema) => applyOperations(affects, schema),
  custom: ({ verbs, data }, schema) => applyOperations(verbs.affects?.(data) ?? [], schema),
  // Rows are no part of the schema; the table may even be one that the schema does not hold.
  bulkInsert: (_operation, schema) => schema,
};

function applyAlterTable(
  { table, operations }: Pick<OperationMap["alterTable"], "table" | "operations">,
  schema: Schema,
): Schema {
  for (const operation of operations) {
    if (operation.table !== table) throw operationErrors.otherTable({ table, other: operation.table });
  }
  return applyOperations(operations, schema);
}

/**
 * The schema after an operation. Strict: what is created must not be there, what is changed or dropped must be there
 * exactly as the operation says.
 *
 * @throws OperationError when the operation does not fit the schema
 * @example
 * applyOperation({ kind: "renameTable", from: "todo", to: "todos" }, schema);
 */
export function applyOperation(operation: Operation, schema: Schema): Schema {
  return dispatchOperation(APPLY, operation, schema);
}

/** The schema after operations that run one after the other. */
export function applyOperations(operations: readonly Operation[], schema: Schema): Schema {
  return operations.reduce<Schema>((state, operation) => applyOperation(operation, state), schema);
}

function collectTexts(table: Table): readonly string[] {
  return [
    ...table.columns.flatMap(({ generated }) => generated?.expression ?? []),
    ...table.constraints.flatMap((constraint) => (constraint.kind === "check" ? constraint.expression : [])),
    ...table.indexes.flatMap(({ where, parts }) => [where, ...parts.map(({ expression }) => expression)]),
  ].filter((text) => text !== undefined);
}

/** Whether a rename reaches into a text, which the engine rewrites in its own way. */
function isNamedInText(
  name: string,
  schema: Schema | undefined,
  texts: (schema: Schema) => readonly string[],
): boolean {
  if (!schema) return true;
  const definitions = [...schema.views, ...schema.triggers, ...schema.objects].map(({ definition }) => definition);
  return [...definitions, ...texts(schema)].some((text) => mentionsIdentifier(text, name));
}

const transparent = (): boolean => false;

function isAnyOpaque(operations: readonly Operation[], before: Schema | undefined): boolean {
  let schema = before;
  for (const operation of operations) {
    if (isOpaque(operation, schema)) return true;
    schema = schema && applyOperation(operation, schema);
  }
  return false;
}

const OPAQUE: OperationTable<boolean, [Schema | undefined]> = {
  createTable: transparent,
  dropTable: transparent,
  renameTable: ({ from }, before) => isNamedInText(from, before, ({ tables }) => tables.flatMap(collectTexts)),
  addColumn: transparent,
  dropColumn: transparent,
  renameColumn: ({ table, from }, before) =>
    isNamedInText(from, before, ({ tables }) => tables.filter(({ name }) => name === table).flatMap(collectTexts)),
  alterColumn: transparent,
  addConstraint: transparent,
  dropConstraint: transparent,
  createIndex: transparent,
  dropIndex: transparent,
  renameIndex: transparent,
  // Of a table that joins another, or leaves it, the engine says which columns are its own.
  setTableOptions: ({ from, to }) =>
    !isSameData(listParents({ options: from ?? {} }), listParents({ options: to ?? {} })),
  setTableComment: transparent,
  createView: transparent,
  dropView: transparent,
  createTrigger: transparent,
  dropTrigger: transparent,
  createEnum: transparent,
  dropEnum: transparent,
  // What a type made anew does to the texts that speak of it is for the engine to spell.
  alterEnum: transparent,
  renameEnumValue: () => true,
  createSequence: transparent,
  dropSequence: transparent,
  alterSequence: transparent,
  // A user's statement is not the engine's: what it spells, and what else comes with it, is read again.
  createObject: () => true,
  dropObject: () => true,
  replaceObject: () => true,
  alterTable: ({ operations }, before) => isAnyOpaque(operations, before),
  enableSoftDelete: ({ operations }, before) => isAnyOpaque(operations, before),
  disableSoftDelete: ({ operations }, before) => isAnyOpaque(operations, before),
  execute: ({ affects }, before) => affects === undefined || isAnyOpaque(affects, before),
  custom: ({ verbs, data }, before) => verbs.affects === undefined || isAnyOpaque(verbs.affects(data), before),
  bulkInsert: transparent,
};

/**
 * Whether {@link applyOperation} cannot say all that an operation does to a database, so that its schema has to be read
 * again: after raw SQL, and after a rename that reaches into the text of a view, a trigger or an expression.
 *
 * @param before the schema before the operation; without it every rename counts as opaque
 */
export function isOpaque(operation: Operation, before?: Schema): boolean {
  return dispatchOperation<boolean, [Schema | undefined]>(OPAQUE, operation, before);
}
