import type { CompileContext } from "../../../dialect/dialect.ts";
import { REFUSED_OBJECTS_NEED_SCHEMA, refuseObjects } from "../../../dialect/refuse-objects.ts";
import { createSoftDeleteCompilers } from "../../../dialect/soft-delete/compile-soft-delete.ts";
import type { Statement } from "../../../dialect/statement.ts";
import { operationErrors } from "../../../kernel/errors/operation-errors.ts";
import { requireTable } from "../../../ops/apply/edit-schema.ts";
import type { OperationMap, OperationTable } from "../../../ops/operation.ts";
import { foldName } from "../../../kernel/fold-name.ts";
import { parseCreateTrigger } from "../parse/parse-create-trigger.ts";
import { quoteIdentifier } from "../quote.ts";
import { compileAlterTable, compileTableOperation } from "./alter-table.ts";
import { compileBulkInsert } from "./bulk-insert.ts";
import { createCustomCompiler } from "../../../dialect/compile-custom.ts";
import { compileExecute } from "./compile-execute.ts";
import { quoteList } from "./render-clauses.ts";
import { renderCreateIndex, renderCreateTable } from "./render-table.ts";

function compileCreateTable({ table }: OperationMap["createTable"]): readonly Statement[] {
  const indexes = table.indexes.map((index) => ({ sql: renderCreateIndex(table.name, index) }));
  return [{ sql: renderCreateTable(table) }, ...indexes];
}

/** SQLite takes a name in other letters for one that is taken: it has to be given away in between. */
function compileRenameTable({ from, to }: OperationMap["renameTable"]): readonly Statement[] {
  const rename = (old: string, name: string): Statement => ({
    sql: `ALTER TABLE ${quoteIdentifier(old)} RENAME TO ${quoteIdentifier(name)}`,
  });
  if (foldName(from) !== foldName(to)) return [rename(from, to)];
  const between = `_limbeck_renamed_${to}`;
  return [rename(from, between), rename(between, to)];
}

/** SQLite cannot rename an index; making it anew is the only way. */
function compileRenameIndex(
  { table, from, to }: OperationMap["renameIndex"],
  { after }: CompileContext,
): readonly Statement[] {
  const index = requireTable(after, table).indexes.find(({ name }) => name === to);
  const create = index ? [{ sql: renderCreateIndex(table, index) }] : [];
  return [{ sql: `DROP INDEX ${quoteIdentifier(from)}` }, ...create];
}

function compileCreateView({ view }: OperationMap["createView"]): readonly Statement[] {
  const columns = view.columns ? ` (${quoteList(view.columns)})` : "";
  return [{ sql: `CREATE VIEW ${quoteIdentifier(view.name)}${columns} AS ${view.definition}` }];
}

/** The statement is the user's; what is said about it has to be true, or nothing could drop the trigger again. */
function compileCreateTrigger({ trigger }: OperationMap["createTrigger"]): readonly Statement[] {
  const { name, table, definition } = trigger;
  const found = parseCreateTrigger(definition);
  if (foldName(found.name) !== foldName(name) || foldName(found.table) !== foldName(table)) {
    throw operationErrors.otherTrigger({ name, table, foundName: found.name, foundTable: found.table });
  }
  return [{ sql: definition }];
}

/** What SQLite runs for each operation. */
export const COMPILE: OperationTable<readonly Statement[], [CompileContext]> = {
  createTable: compileCreateTable,
  dropTable: ({ table }) => [{ sql: `DROP TABLE ${quoteIdentifier(table.name)}` }],
  renameTable: compileRenameTable,
  addColumn: compileTableOperation,
  dropColumn: compileTableOperation,
  renameColumn: compileTableOperation,
  alterColumn: compileTableOperation,
  addConstraint: compileTableOperation,
  dropConstraint: compileTableOperation,
  createIndex: compileTableOperation,
  dropIndex: compileTableOperation,
  renameIndex: compileRenameIndex,
  setTableOptions: compileTableOperation,
  setTableComment: compileTableOperation,
  createView: compileCreateView,
  dropView: ({ view }) => [{ sql: `DROP VIEW ${quoteIdentifier(view.name)}` }],
  createTrigger: compileCreateTrigger,
  dropTrigger: ({ trigger }) => [{ sql: `DROP TRIGGER ${quoteIdentifier(trigger.name)}` }],
  ...refuseObjects("SQLite"),
  alterTable: compileAlterTable,
  ...createSoftDeleteCompilers({
    engine: "SQLite",
    quoteIdentifier,
    quoteName: quoteIdentifier,
    compile: () => COMPILE,
  }),
  execute: compileExecute,
  custom: createCustomCompiler("sqlite", compileExecute),
  bulkInsert: compileBulkInsert,
};

const always = (): boolean => true;
const never = (): boolean => false;

/** Which operations have to know the table they meet: those that may rebuild it, or whose words or values depend on it. */
export const NEEDS_SCHEMA: OperationTable<boolean> = {
  createTable: never,
  dropTable: never,
  renameTable: never,
  addColumn: always,
  dropColumn: always,
  renameColumn: always,
  alterColumn: always,
  addConstraint: always,
  dropConstraint: always,
  createIndex: never,
  dropIndex: never,
  renameIndex: always,
  setTableOptions: always,
  setTableComment: never,
  createView: never,
  dropView: never,
  createTrigger: never,
  dropTrigger: never,
  ...REFUSED_OBJECTS_NEED_SCHEMA,
  alterTable: always,
  enableSoftDelete: always,
  disableSoftDelete: always,
  execute: never,
  custom: never,
  bulkInsert: always,
};
