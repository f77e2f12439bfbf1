import type { Statement } from "../../../dialect/statement.ts";
import { mentionsIdentifier } from "../../../ops/expression/identifiers.ts";
import type { Constraint } from "../../../schema/model/constraint.ts";
import { findTable, type Schema } from "../../../schema/model/schema.ts";
import type { TableIndex } from "../../../schema/model/table-index.ts";
import { quoteName } from "../names.ts";
import { quoteIdentifier } from "../quote.ts";
import { alterStorage } from "./column-storage.ts";
import { commentOnColumn } from "./comments.ts";
import { readColumnOptions, renderColumn } from "./render-column.ts";
import { renderConstraint } from "./render-constraint.ts";
import { compileIndex } from "./render-index.ts";
import { restoreIndex } from "./table-options.ts";

/** The generated columns of a table that are computed from a column. */
export function findGeneratedFrom(table: string, column: string, schema: Schema): readonly string[] {
  const columns = findTable(schema, table)?.columns ?? [];
  return columns
    .filter(({ name, generated }) => name !== column && generated && mentionsIdentifier(generated.expression, column))
    .map(({ name }) => name);
}

/** Takes columns away, and with them the indexes and constraints that speak of them. */
export function dropGenerated(table: string, columns: readonly string[]): readonly Statement[] {
  return columns.map((column) => ({
    sql: `ALTER TABLE ${quoteName(table)} DROP COLUMN ${quoteIdentifier(column)}`,
  }));
}

/** Whether a constraint goes with a column. */
export function constrains(constraint: Constraint, column: string): boolean {
  if (constraint.kind === "check") return mentionsIdentifier(constraint.expression, column);
  return constraint.columns.includes(column);
}

/** Whether an index goes with a column. */
export function indexes({ parts, where = "" }: TableIndex, column: string): boolean {
  const texts = [where, ...parts.map(({ expression = "" }) => expression)];
  return parts.some((part) => part.column === column) || texts.some((text) => mentionsIdentifier(text, column));
}

/** Gives columns back as the schema has them, at the end of the table, with the indexes and constraints that went with them. */
export function addGenerated(
  table: string,
  columns: readonly string[],
  schema: Schema,
  version: string,
): readonly Statement[] {
  const found = findTable(schema, table);
  if (!found || columns.length === 0) return [];
  const name = quoteName(table);
  const isLost = (uses: (column: string) => boolean): boolean => columns.some((column) => uses(column));
  return [
    ...found.columns
      .filter((column) => columns.includes(column.name))
      .flatMap((column) => [
        { sql: `ALTER TABLE ${name} ADD COLUMN ${renderColumn(table, column, version)}` },
        ...alterStorage(table, column.name, {}, readColumnOptions(table, column)),
        ...(column.comment === undefined ? [] : [commentOnColumn(table, column.name, column.comment)]),
      ]),
    ...found.constraints
      .filter((constraint) => isLost((column) => constrains(constraint, column)))
      .flatMap((constraint) => [
        { sql: `ALTER TABLE ${name} ADD ${renderConstraint(constraint)}` },
        ...restoreIndex(table, constraint.name, schema),
      ]),
    ...found.indexes
      .filter((index) => isLost((column) => indexes(index, column)))
      .flatMap((index) => [...compileIndex(table, index), ...restoreIndex(table, index.name, schema)]),
  ];
}
