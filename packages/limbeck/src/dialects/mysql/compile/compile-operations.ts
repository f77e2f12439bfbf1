import type { CompileContext } from "../../../dialect/dialect.ts";
import { REFUSED_OBJECTS_NEED_SCHEMA, refuseObjects } from "../../../dialect/refuse-objects.ts";
import { createSoftDeleteCompilers } from "../../../dialect/soft-delete/compile-soft-delete.ts";
import type { Statement } from "../../../dialect/statement.ts";
import type { OperationTable } from "../../../ops/operation.ts";
import { quoteIdentifier } from "../quote.ts";
import { compileAlterTable, compileTableOperation } from "./alter-table.ts";
import { compileBulkInsert } from "./bulk-insert.ts";
import { createCustomCompiler } from "../../../dialect/compile-custom.ts";
import { compileExecute } from "./compile-execute.ts";
import { compileCreateTable } from "./create-table.ts";
import { OBJECT_COMPILERS } from "./object-operations.ts";
import { ENGINE } from "./read-options.ts";
import { SEQUENCE_COMPILERS } from "./sequence-operations.ts";
import { compileCreateTrigger, compileCreateView, compileDropTrigger } from "./views-and-triggers.ts";

/** What the server runs for each operation. */
export const COMPILE: OperationTable<readonly Statement[], [CompileContext]> = {
  createTable: compileCreateTable,
  dropTable: ({ table }) => [{ sql: `DROP TABLE ${quoteIdentifier(table.name)}` }],
  renameTable: ({ from, to }) => [{ sql: `RENAME TABLE ${quoteIdentifier(from)} TO ${quoteIdentifier(to)}` }],
  addColumn: compileTableOperation,
  dropColumn: compileTableOperation,
  renameColumn: compileTableOperation,
  alterColumn: compileTableOperation,
  addConstraint: compileTableOperation,
  dropConstraint: compileTableOperation,
  createIndex: compileTableOperation,
  dropIndex: compileTableOperation,
  renameIndex: ({ table, from, to }) => [
    { sql: `ALTER TABLE ${quoteIdentifier(table)} RENAME INDEX ${quoteIdentifier(from)} TO ${quoteIdentifier(to)}` },
  ],
  setTableOptions: compileTableOperation,
  setTableComment: compileTableOperation,
  createView: compileCreateView,
  dropView: ({ view }) => [{ sql: `DROP VIEW ${quoteIdentifier(view.name)}` }],
  createTrigger: compileCreateTrigger,
  dropTrigger: compileDropTrigger,
  alterTable: compileAlterTable,
  ...createSoftDeleteCompilers({
    engine: ENGINE,
    quoteIdentifier,
    quoteName: quoteIdentifier,
    compile: () => COMPILE,
    // Rows are looked at one by one, and one may point to the next. https://dev.mysql.com/doc/refman/8.0/en/innodb-foreign-key-constraints.html
    unchecked: [{ sql: "SET SESSION foreign_key_checks = 0" }, { sql: "SET SESSION foreign_key_checks = 1" }],
  }),
  execute: compileExecute,
  custom: createCustomCompiler("mysql", compileExecute),
  bulkInsert: compileBulkInsert,
  ...refuseObjects(ENGINE),
  ...SEQUENCE_COMPILERS,
  ...OBJECT_COMPILERS,
};

const always = (): boolean => true;
const never = (): boolean => false;

/** Which operations have to know the table they meet: those that touch more than they name, and those that say again what stays. */
export const NEEDS_SCHEMA: OperationTable<boolean> = {
  createTable: never,
  dropTable: never,
  renameTable: never,
  addColumn: always,
  dropColumn: always,
  renameColumn: never,
  alterColumn: always,
  addConstraint: always,
  dropConstraint: always,
  createIndex: always,
  dropIndex: always,
  renameIndex: never,
  setTableOptions: always,
  setTableComment: never,
  createView: never,
  dropView: never,
  createTrigger: never,
  dropTrigger: never,
  alterTable: always,
  enableSoftDelete: always,
  disableSoftDelete: always,
  execute: never,
  custom: never,
  bulkInsert: always,
  ...REFUSED_OBJECTS_NEED_SCHEMA,
};
