import { operationErrors } from "../../../kernel/errors/operation-errors.ts";
import type { Column } from "../../../schema/model/column.ts";
import type { PrimaryKey } from "../../../schema/model/constraint.ts";
import { findPrimaryKey, type Table } from "../../../schema/model/table.ts";
import { quoteIdentifier } from "../quote.ts";
import { renderStrictType, renderType } from "../types.ts";
import { readOptions } from "./read-options.ts";
import { renderConflict, renderConstraintName } from "./render-clauses.ts";
import { renderDefault } from "./render-default.ts";
import { findRowidColumn } from "./rowid-column.ts";

/**
 * The primary key, if it has to be written at the column: AUTOINCREMENT usually is, and `INTEGER PRIMARY KEY DESC` means
 * something else at the table.
 */
export function findInlineKey(table: Table): PrimaryKey | undefined {
  const key = findPrimaryKey(table);
  const [name] = key?.columns ?? [];
  if (!key || key.columns.length !== 1) return undefined;
  const { inline } = readOptions(key.options, "primaryKey", `The primary key of "${table.name}"`);
  return inline || table.columns.some((column) => column.name === name && column.autoIncrement) ? key : undefined;
}

function refuseImpossibleAutoIncrement(table: Table, column: Column): void {
  if (column.autoIncrement && findRowidColumn(table) !== column.name) {
    throw operationErrors.autoIncrementDoesNotFit({
      table: table.name,
      column: column.name,
      problem: "SQLite numbers rows only in a column of type integer that is the whole primary key.",
    });
  }
}

function renderInlineKey(table: Table, column: Column): string {
  const key = findInlineKey(table);
  if (key?.columns[0] !== column.name) return "";
  const { onConflict, termSuffixes } = readOptions(key.options, "primaryKey", `The primary key of "${table.name}"`);
  const order = termSuffixes?.[0] ? ` ${termSuffixes[0]}` : "";
  const counter = column.autoIncrement ? " AUTOINCREMENT" : "";
  return ` ${renderConstraintName(key.name)}PRIMARY KEY${order}${renderConflict(onConflict)}${counter}`;
}

function renderNotNull(table: Table, column: Column): string {
  const { notNull, notNullConflict, notNullName } = readOptions(
    column.options,
    "column",
    `Column "${table.name}.${column.name}"`,
  );
  // The rowid cannot be NULL, so hardly anyone says so, and other tools would see a difference.
  const isSaid = notNull ?? (notNullConflict !== undefined || notNullName !== undefined);
  if (column.nullable || (!isSaid && findRowidColumn(table) === column.name)) return "";
  return ` ${renderConstraintName(notNullName)}NOT NULL${renderConflict(notNullConflict)}`;
}

/**
 * A column as CREATE TABLE and ADD COLUMN write it.
 *
 * @param table the table with the column in it, which says whether types are strict and where the primary key is written
 * @throws OperationError for an unknown option, a default that does not fit, or an impossible AUTOINCREMENT
 */
export function renderColumn(table: Table, column: Column): string {
  refuseImpossibleAutoIncrement(table, column);
  const { strict } = readOptions(table.options, "table", `Table "${table.name}"`);
  const options = readOptions(column.options, "column", `Column "${table.name}.${column.name}"`);
  const type = strict ? renderStrictType(column.type) : renderType(column.type);
  const defaultSql = renderDefault(column);
  return [
    quoteIdentifier(column.name),
    type === "" ? "" : ` ${type}`,
    renderInlineKey(table, column),
    renderNotNull(table, column),
    defaultSql === undefined ? "" : ` ${renderConstraintName(options.defaultName)}DEFAULT ${defaultSql}`,
    column.collation === undefined
      ? ""
      : ` ${renderConstraintName(options.collationName)}COLLATE ${quoteIdentifier(column.collation)}`,
    column.generated
      ? ` ${renderConstraintName(options.generatedName)}GENERATED ALWAYS AS (${column.generated.expression}) ${column.generated.storage.toUpperCase()}`
      : "",
  ].join("");
}
