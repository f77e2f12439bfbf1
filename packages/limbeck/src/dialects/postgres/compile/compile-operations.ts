import type { CompileContext } from "../../../dialect/dialect.ts";
import { createSoftDeleteCompilers } from "../../../dialect/soft-delete/compile-soft-delete.ts";
import type { Statement } from "../../../dialect/statement.ts";
import { operationErrors } from "../../../kernel/errors/operation-errors.ts";
import { describeOperation } from "../../../ops/describe/describe-operation.ts";
import type { OperationMap, OperationTable } from "../../../ops/operation.ts";
import { joinName, quoteBeside, quoteName, splitName } from "../names.ts";
import { quoteIdentifier, quoteText } from "../quote.ts";
import type { Constraint } from "../../../schema/model/constraint.ts";
import { findTable, type Schema } from "../../../schema/model/schema.ts";
import { findColumn, listParents } from "../../../schema/model/table.ts";
import { canReplace } from "../replace-object.ts";
import { compileAlterColumn } from "./alter-column.ts";
import { compileAlterTable } from "./alter-table.ts";
import { compileBulkInsert } from "./bulk-insert.ts";
import { createCustomCompiler } from "../../../dialect/compile-custom.ts";
import { countOn } from "./count-on.ts";
import { compileExecute } from "./compile-execute.ts";
import { alterStorage } from "./column-storage.ts";
import { commentOnColumn, commentOnTable } from "./comments.ts";
import { compileCreateTable } from "./create-table.ts";
import { createObjectCompilers } from "./object-compilers.ts";
import { completeNotNull } from "./not-null.ts";
import { TYPE_KINDS } from "./dependent-types.ts";
import { nameParts } from "./part-names.ts";
import { readColumnOptions, renderColumn } from "./render-column.ts";
import { renderConstraint, validateParts } from "./render-constraint.ts";
import { compileIndex } from "./render-index.ts";
import { compileTableOptions, restoreIndex } from "./table-options.ts";
import { compileCreateTrigger, compileCreateView, compileDropTrigger } from "./views-and-triggers.ts";

const alter = (table: string): string => `ALTER TABLE ${quoteName(table)}`;

/** Where it goes is not for PostgreSQL to say: every new column comes last. */
function compileAddColumn(
  { table, column }: OperationMap["addColumn"],
  { serverVersion }: CompileContext,
): readonly Statement[] {
  const { name, comment } = column;
  const options = readColumnOptions(table, column);
  return [
    { sql: `${alter(table)} ADD COLUMN ${renderColumn(table, column, serverVersion)}` },
    ...completeNotNull(table, column, options),
    ...alterStorage(table, name, {}, options),
    ...(comment === undefined || comment === "" ? [] : [commentOnColumn(table, name, comment)]),
  ];
}

/** A primary key leaves NOT NULL behind. On a column that the table has from another one nothing else would take that away. */
function allowNulls(table: string, constraint: Constraint, before: Schema): readonly Statement[] {
  const found = findTable(before, table);
  if (constraint.kind !== "primaryKey" || !found) return [];
  const kept = found.options?.["postgres"]?.["notNull"];
  const inherited = constraint.columns.filter((name) => !findColumn(found, name));
  const parents = listParents(found).flatMap((name) => findTable(before, name) ?? []);
  return inherited
    .filter((name) => !(Array.isArray(kept) && kept.includes(name)))
    .filter((name) => parents.every((parent) => findColumn(parent, name)?.nullable !== false))
    .map((name) => ({ sql: `${alter(table)} ALTER COLUMN ${quoteIdentifier(name)} DROP NOT NULL` }));
}

/** @throws OperationError (constraintNotFound) for one without a name: on PostgreSQL every constraint has one */
function compileDropConstraint(
  operation: OperationMap["dropConstraint"],
  { before }: CompileContext,
): readonly Statement[] {
  const { table, constraint } = operation;
  if (constraint.name === undefined) {
    throw operationErrors.constraintNotFound({ table, constraint: describeOperation(operation), constraints: [] });
  }
  return [
    { sql: `${alter(table)} DROP CONSTRAINT ${quoteIdentifier(constraint.name)}` },
    ...allowNulls(table, constraint, before),
  ];
}

/** Another name, another schema, or both. */
function compileRenameTable({ from, to }: OperationMap["renameTable"]): readonly Statement[] {
  const [old, fresh] = [splitName(from), splitName(to)];
  const isMoved = old.schema !== fresh.schema;
  const home = fresh.schema === undefined ? "current_schema()" : quoteIdentifier(fresh.schema);
  if (isMoved && fresh.schema === undefined) {
    // SET SCHEMA takes a name only, and which schema is the first one is for the session to say.
    const move = `EXECUTE format('ALTER TABLE %s SET SCHEMA %I', ${quoteText(quoteName(from))}, ${home});`;
    const moved = joinName({ schema: undefined, name: old.name });
    return [{ sql: `DO $limbeck$ BEGIN ${move} END $limbeck$` }, ...renameWithin(moved, fresh.name)];
  }
  if (!isMoved) return renameWithin(from, fresh.name);
  return [
    { sql: `${alter(from)} SET SCHEMA ${home}` },
    ...renameWithin(joinName({ schema: fresh.schema, name: old.name }), fresh.name),
  ];
}

function renameWithin(from: string, name: string): readonly Statement[] {
  return splitName(from).name === name ? [] : [{ sql: `${alter(from)} RENAME TO ${quoteIdentifier(name)}` }];
}

/** What PostgreSQL runs for each operation. */
export const COMPILE: OperationTable<readonly Statement[], [CompileContext]> = {
  createTable: compileCreateTable,
  dropTable: ({ table }) => [{ sql: `DROP TABLE ${quoteName(table.name)}` }],
  renameTable: compileRenameTable,
  addColumn: compileAddColumn,
  dropColumn: ({ table, column }) => [{ sql: `${alter(table)} DROP COLUMN ${quoteIdentifier(column.name)}` }],
  renameColumn: ({ table, from, to }) => [
    { sql: `${alter(table)} RENAME COLUMN ${quoteIdentifier(from)} TO ${quoteIdentifier(to)}` },
  ],
  alterColumn: compileAlterColumn,
  addConstraint: ({ table, constraint }, { after }) => [
    { sql: `${alter(table)} ADD ${renderConstraint(constraint)}` },
    ...nameParts(table, constraint),
    ...validateParts(constraint),
    ...restoreIndex(table, constraint.name, after),
  ],
  dropConstraint: compileDropConstraint,
  createIndex: ({ table, index }, { after }) => [
    ...compileIndex(table, index),
    ...restoreIndex(table, index.name, after),
  ],
  dropIndex: ({ table, index }) => [{ sql: `DROP INDEX ${quoteBeside(index.name, table)}` }],
  renameIndex: ({ table, from, to }) => [
    { sql: `ALTER INDEX ${quoteBeside(from, table)} RENAME TO ${quoteIdentifier(to)}` },
  ],
  setTableOptions: compileTableOptions,
  setTableComment: ({ table, to }) => [commentOnTable(table, to)],
  createView: compileCreateView,
  dropView: ({ view }) => [{ sql: `DROP VIEW ${quoteName(view.name)}` }],
  createTrigger: compileCreateTrigger,
  dropTrigger: compileDropTrigger,
  ...createObjectCompilers(() => COMPILE),
  alterTable: (operation, context) => compileAlterTable(operation, context, COMPILE),
  ...createSoftDeleteCompilers({
    engine: "PostgreSQL",
    quoteIdentifier,
    quoteName,
    compile: () => COMPILE,
    keepNumbers: "OVERRIDING SYSTEM VALUE ",
    freeze: (table) => ({ sql: `LOCK TABLE ${quoteName(table)} IN ACCESS EXCLUSIVE MODE`, isAuxiliary: true }),
    countOn,
  }),
  execute: compileExecute,
  custom: createCustomCompiler("postgres", compileExecute),
  bulkInsert: compileBulkInsert,
};

const always = (): boolean => true;
const never = (): boolean => false;

/** Which operations have to know the table they meet: those that touch more than they name, and those that check it before the server does. */
export const NEEDS_SCHEMA: OperationTable<boolean> = {
  createTable: ({ table }) => table.options?.["postgres"]?.["partitionOf"] !== undefined,
  dropTable: never,
  renameTable: never,
  addColumn: never,
  dropColumn: always,
  renameColumn: never,
  alterColumn: always,
  addConstraint: never,
  dropConstraint: ({ constraint }) => constraint.kind === "primaryKey",
  createIndex: never,
  dropIndex: never,
  renameIndex: never,
  setTableOptions: ({ from }) => from?.["postgres"]?.["partitionOf"] !== undefined,
  setTableComment: never,
  createView: ({ keepAttached }) => keepAttached === true,
  dropView: never,
  createTrigger: never,
  dropTrigger: never,
  createEnum: never,
  dropEnum: never,
  alterEnum: always,
  renameEnumValue: never,
  createSequence: never,
  dropSequence: never,
  alterSequence: never,
  createObject: ({ object, keepAttached }) => object.kind === "grants" || keepAttached === true,
  dropObject: never,
  replaceObject: ({ from, to }) => TYPE_KINDS.includes(to.kind) || !canReplace(from, to),
  alterTable: always,
  enableSoftDelete: always,
  disableSoftDelete: always,
  execute: never,
  custom: never,
  bulkInsert: always,
};
