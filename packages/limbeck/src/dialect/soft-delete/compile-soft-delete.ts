import { operationErrors } from "../../kernel/errors/operation-errors.ts";
import { requireTable } from "../../ops/apply/edit-schema.ts";
import type { OperationMap, OperationTable } from "../../ops/operation.ts";
import { listKeptColumns } from "../../ops/soft-delete/parked-table.ts";
import { findTable } from "../../schema/model/schema.ts";
import { findColumn, findPrimaryKey, type Table } from "../../schema/model/table.ts";
import type { CompileContext } from "../dialect.ts";
import type { Statement } from "../statement.ts";
import { guardChildren, guardColumns, guardRest, guardReturn, pointsToItself } from "./parking-guards.ts";
import type { SoftDeleteWords } from "./soft-delete-words.ts";

const changeTable = (
  { table, operations }: OperationMap["enableSoftDelete" | "disableSoftDelete"],
  context: CompileContext,
  { compile }: SoftDeleteWords,
): readonly Statement[] => compile().alterTable({ kind: "alterTable", table, operations }, context);

const listNames = (columns: readonly string[], { quoteIdentifier }: SoftDeleteWords): string =>
  columns.map(quoteIdentifier).join(", ");

/** An empty table of the same types; without keys and defaults, because it only keeps what is given to it. */
function createParkedTable(
  parked: string,
  table: Table,
  columns: readonly string[],
  words: SoftDeleteWords,
): Statement {
  const { quoteName } = words;
  // The same words on every engine. That it may be there, only a script cannot know.
  return {
    sql: `CREATE TABLE IF NOT EXISTS ${quoteName(parked)} AS SELECT ${listNames(columns, words)} FROM ${quoteName(table.name)} WHERE 1 = 0`,
  };
}

/** Statements on rows of a table, with what the engine needs where some of them point to others. */
function wrapUnchecked(table: Table, statements: readonly Statement[], { unchecked }: SoftDeleteWords) {
  return unchecked && pointsToItself(table) ? [unchecked[0], ...statements, unchecked[1]] : statements;
}

function bringBack(
  table: Table,
  { parked, columns }: { readonly parked: string; readonly columns: readonly string[] },
  words: SoftDeleteWords,
): readonly Statement[] {
  const { quoteName, keepNumbers = "", countOn } = words;
  const names = listNames(columns, words);
  const insert = `INSERT INTO ${quoteName(table.name)} (${names}) ${keepNumbers}SELECT ${names} FROM ${quoteName(parked)}`;
  return [
    ...wrapUnchecked(table, [{ sql: insert }], words),
    ...(countOn?.(table) ?? []),
    { sql: `DROP TABLE ${quoteName(parked)}` },
  ];
}

function compileEnable(
  operation: OperationMap["enableSoftDelete"],
  context: CompileContext,
  words: SoftDeleteWords,
): readonly Statement[] {
  const change = changeTable(operation, context, words);
  if (operation.isEmpty) return change;
  const { before, after } = context;
  const parked = operation.parkedIn;
  const table = requireTable(after, operation.table);
  const own = listKeptColumns(table);
  const known = findTable(before, parked);
  if (!known) {
    // A script may meet parked rows or not; with an empty table for them it need not know.
    const create = createParkedTable(parked, table, own, words);
    const guards = guardReturn({ table, parked, columns: own }, after, words);
    return [...change, create, ...guards, ...bringBack(table, { parked, columns: own }, words)];
  }
  const kept = new Set(known.columns.map(({ name }) => name));
  const columns = own.filter((name) => kept.has(name));
  // Before the change, which not every engine takes back, and by what is unique after it.
  const former = columns.filter((name) => findColumn(requireTable(before, operation.table), name));
  const guards = [
    ...guardColumns(table, known, words),
    ...guardReturn({ table, parked, columns: former }, before, words),
  ];
  return [...guards, ...change, ...bringBack(table, { parked, columns }, words)];
}

function park(
  table: Table,
  { column, parkedIn }: OperationMap["disableSoftDelete"],
  context: CompileContext,
  words: SoftDeleteWords,
): readonly Statement[] {
  const { engine, quoteIdentifier, quoteName } = words;
  const key = findPrimaryKey(table)?.columns;
  if (!key) {
    throw operationErrors.unsupported({
      what: `Parking the deleted rows of ${table.name}`,
      engine,
      why: "The table has no primary key, so that nothing tells a row that is parked from one that is deleted meanwhile.",
    });
  }
  const columns = listKeptColumns(table);
  const names = listNames(columns, words);
  const [own, parked] = [quoteName(table.name), quoteName(parkedIn)];
  const deleted = `${quoteIdentifier(column)} IS NOT NULL`;
  const same = key.map((name) => `parked.${quoteIdentifier(name)} = ${own}.${quoteIdentifier(name)}`).join(" AND ");
  return [
    ...guardChildren(table, column, context.before, words),
    createParkedTable(parkedIn, table, columns, words),
    { sql: `INSERT INTO ${parked} (${names}) SELECT ${names} FROM ${own} WHERE ${deleted}` },
    // None but those that are parked: others may have been deleted in between.
    ...wrapUnchecked(
      table,
      [{ sql: `DELETE FROM ${own} WHERE ${deleted} AND EXISTS (SELECT 1 FROM ${parked} AS parked WHERE ${same})` }],
      words,
    ),
  ];
}

function compileDisable(
  operation: OperationMap["disableSoftDelete"],
  context: CompileContext,
  words: SoftDeleteWords,
): readonly Statement[] {
  const { freeze } = words;
  const table = requireTable(context.before, operation.table);
  return [
    ...(freeze ? [freeze(table.name)] : []),
    ...(operation.isEmpty ? [] : park(table, operation, context, words)),
    guardRest(table, operation.column, words),
    ...changeTable(operation, context, words),
  ];
}

/**
 * How an engine makes a table delete softly, and no longer: what happens to the table is a group of changes like any other, and rows are parked around it.
 *
 * @param words what the statements need to know of the engine
 */
export function createSoftDeleteCompilers(
  words: SoftDeleteWords,
): Pick<OperationTable<readonly Statement[], [CompileContext]>, "enableSoftDelete" | "disableSoftDelete"> {
  return {
    enableSoftDelete: (operation, context) => compileEnable(operation, context, words),
    disableSoftDelete: (operation, context) => compileDisable(operation, context, words),
  };
}
