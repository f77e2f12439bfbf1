import type { Column } from "../../schema/model/column.ts";
import type { Constraint } from "../../schema/model/constraint.ts";
import type { DialectOptions } from "../../schema/model/dialect-options.ts";
import type { TableIndex } from "../../schema/model/table-index.ts";
import { mentionsIdentifier } from "../expression/identifiers.ts";
import type { TableOperation } from "../operation.ts";

/** Whether something is said anywhere in a value, as it is in the options of an index. */
export const says = (value: unknown, word: string): boolean =>
  value === word ||
  (typeof value === "object" && value !== null && Object.values(value).some((one) => says(one, word)));

/** Whether a column is mentioned anywhere in a value: by its name, or in SQL text. */
export const saysOf = (value: unknown, column: string): boolean =>
  (typeof value === "string" && (value === column || mentionsIdentifier(value, column))) ||
  (typeof value === "object" && value !== null && Object.values(value).some((one) => saysOf(one, column)));

/** Whether an engine is told that NULL is a value like others, of which there may be one. */
const takesNullForValue = (options: DialectOptions | undefined): boolean =>
  Object.values(options ?? {}).some(({ nullsNotDistinct }) => nullsNotDistinct === true);

/** Whether SQL text has one of the columns in it. */
const mentions = (sql: string | undefined, columns: readonly string[]): boolean =>
  sql !== undefined && columns.some((column) => mentionsIdentifier(sql, column));

/** What is computed from a column is computed of NULL while that is all there is, and so is an expression that is put into rows. */
function isComputedFrom({ generated, default: given }: Column, columns: readonly string[]): boolean {
  return mentions(generated?.expression, columns) || (given?.kind === "expression" && mentions(given.sql, columns));
}

/** An index of places is only made over columns without NULL; others that are unique take NULL for a value where they are told to, or make one of it. */
function isIndexOfValues({ parts, unique, where, options }: TableIndex, columns: readonly string[]): boolean {
  const isOver = parts.some(({ column }) => column !== undefined && columns.includes(column));
  const isComputed = mentions(where, columns) || parts.some(({ expression }) => mentions(expression, columns));
  return (isOver && says(options, "spatial")) || (unique && (isComputed || (isOver && takesNullForValue(options))));
}

/**
 * A check says what NULL is to it; a key over several columns may want all of them or none. To a column that may be NULL some engines let none point that may not,
 * and what points to it within the table already has a value that no row has yet.
 */
function isRuleOfValues(constraint: Constraint, table: string, columns: readonly string[]): boolean {
  if (constraint.kind === "check") return mentions(constraint.expression, columns);
  const isOver = constraint.columns.some((column) => columns.includes(column));
  if (constraint.kind !== "foreignKey") return isOver && takesNullForValue(constraint.options);
  const { references, match } = constraint;
  const isAtItself = references.table === table && references.columns.some((column) => columns.includes(column));
  return isAtItself || (isOver && match === "full");
}

/**
 * Whether a change of a table can only be made when rows have values in columns that are new in it.
 *
 * @param columns the new columns, in which there is only NULL before
 */
export function wantsValues(operation: TableOperation, columns: readonly string[]): boolean {
  switch (operation.kind) {
    case "addColumn":
      return isComputedFrom(operation.column, columns);
    case "alterColumn":
      return isComputedFrom(operation.to, columns);
    case "createIndex":
      return isIndexOfValues(operation.index, columns);
    case "addConstraint":
      return isRuleOfValues(operation.constraint, operation.table, columns);
    case "setTableOptions":
      return columns.some((column) => saysOf(operation.to, column));
    default:
      return false;
  }
}
