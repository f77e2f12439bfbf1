import type { CompileContext } from "../../../dialect/dialect.ts";
import type { Statement } from "../../../dialect/statement.ts";
import { operationErrors } from "../../../kernel/errors/operation-errors.ts";
import { describeOperation } from "../../../ops/describe/describe-operation.ts";
import type { OperationMap, OperationTable } from "../../../ops/operation.ts";
import { quoteIdentifier } from "../quote.ts";
import { compileAlterColumn } from "./alter-column.ts";
import { compileAlterTable } from "./alter-table.ts";
import { compileBulkInsert } from "./bulk-insert.ts";
import { compileExecute } from "./compile-execute.ts";
import { commentOnColumn, commentOnTable, compileCreateTable } from "./create-table.ts";
import { renderColumn } from "./render-column.ts";
import { renderConstraint } from "./render-constraint.ts";
import { renderCreateIndex } from "./render-index.ts";
import { compileTableOptions } from "./table-options.ts";
import { compileCreateTrigger, compileCreateView, compileDropTrigger } from "./views-and-triggers.ts";

const alter = (table: string): string => `ALTER TABLE ${quoteIdentifier(table)}`;

/** Where it goes is not for PostgreSQL to say: every new column comes last. */
function compileAddColumn({ table, column }: OperationMap["addColumn"]): readonly Statement[] {
  const { name, comment } = column;
  return [
    { sql: `${alter(table)} ADD COLUMN ${renderColumn(table, column)}` },
    ...(comment === undefined || comment === "" ? [] : [commentOnColumn(table, name, comment)]),
  ];
}

/** @throws OperationError (constraintNotFound) for one without a name: on PostgreSQL every constraint has one */
function compileDropConstraint(operation: OperationMap["dropConstraint"]): readonly Statement[] {
  const { table, constraint } = operation;
  if (constraint.name === undefined) {
    throw operationErrors.constraintNotFound({ table, constraint: describeOperation(operation), constraints: [] });
  }
  return [{ sql: `${alter(table)} DROP CONSTRAINT ${quoteIdentifier(constraint.name)}` }];
}

/** What PostgreSQL runs for each operation. */
export const COMPILE: OperationTable<readonly Statement[], [CompileContext]> = {
  createTable: compileCreateTable,
  dropTable: ({ table }) => [{ sql: `DROP TABLE ${quoteIdentifier(table.name)}` }],
  renameTable: ({ from, to }) => [{ sql: `${alter(from)} RENAME TO ${quoteIdentifier(to)}` }],
  addColumn: compileAddColumn,
  dropColumn: ({ table, column }) => [{ sql: `${alter(table)} DROP COLUMN ${quoteIdentifier(column.name)}` }],
  renameColumn: ({ table, from, to }) => [
    { sql: `${alter(table)} RENAME COLUMN ${quoteIdentifier(from)} TO ${quoteIdentifier(to)}` },
  ],
  alterColumn: compileAlterColumn,
  addConstraint: ({ table, constraint }) => [{ sql: `${alter(table)} ADD ${renderConstraint(constraint)}` }],
  dropConstraint: compileDropConstraint,
  createIndex: ({ table, index }) => [{ sql: renderCreateIndex(table, index) }],
  dropIndex: ({ index }) => [{ sql: `DROP INDEX ${quoteIdentifier(index.name)}` }],
  renameIndex: ({ from, to }) => [{ sql: `ALTER INDEX ${quoteIdentifier(from)} RENAME TO ${quoteIdentifier(to)}` }],
  setTableOptions: compileTableOptions,
  setTableComment: ({ table, to }) => [commentOnTable(table, to)],
  createView: compileCreateView,
  dropView: ({ view }) => [{ sql: `DROP VIEW ${quoteIdentifier(view.name)}` }],
  createTrigger: compileCreateTrigger,
  dropTrigger: compileDropTrigger,
  alterTable: (operation, context) => compileAlterTable(operation, context, COMPILE),
  execute: compileExecute,
  bulkInsert: compileBulkInsert,
};

const always = (): boolean => true;
const never = (): boolean => false;

/** Which operations have to know the table they meet: those that touch more than they name, and those that check it before the server does. */
export const NEEDS_SCHEMA: OperationTable<boolean> = {
  createTable: never,
  dropTable: never,
  renameTable: never,
  addColumn: never,
  dropColumn: always,
  renameColumn: never,
  alterColumn: always,
  addConstraint: never,
  dropConstraint: never,
  createIndex: never,
  dropIndex: never,
  renameIndex: never,
  setTableOptions: never,
  setTableComment: never,
  createView: never,
  dropView: never,
  createTrigger: never,
  dropTrigger: never,
  alterTable: always,
  execute: never,
  bulkInsert: always,
};
