import type { ColumnType } from "../../../schema/model/column-type.ts";
import type { IndexPart, TableIndex } from "../../../schema/model/table-index.ts";
import { findColumn, type Table } from "../../../schema/model/table.ts";
import type { Capabilities } from "../capabilities.ts";
import type { MysqlIndexOptions } from "../options.ts";
import { quoteIdentifier, quoteText } from "../quote.ts";
import { isUnbounded } from "../types.ts";
import { readOptions } from "./read-options.ts";
import { refuse } from "./refuse.ts";

/** How much of a long text an index holds when nothing is said: what fits into every row format, with four bytes for each character. */
const PREFIX = 191;

/** The type of each column, as far as it is known. */
export type FindType = (column: string) => ColumnType | undefined;

/** The types of the columns of a table. */
export function findTypesOf(table: Table | undefined): FindType {
  return (column) => (table && findColumn(table, column))?.type;
}

/** How many characters of a column an index holds; undefined for all of them. */
export function findPartLength(part: IndexPart, index: TableIndex, findType: FindType): number | undefined {
  const { length } = readOptions(part.options, "indexPart", `A part of index "${index.name}"`);
  if (length !== undefined) return length;
  const { kind } = readOptions(index.options, "index", `Index "${index.name}"`);
  const type = part.column === undefined ? undefined : findType(part.column);
  // What is unique is so as a whole, and other kinds of indexes hold everything.
  const needsLength = kind === undefined && !index.unique && type !== undefined && isUnbounded(type);
  return needsLength ? PREFIX : undefined;
}

function renderLength(part: IndexPart, index: TableIndex, findType: FindType): string {
  const length = findPartLength(part, index, findType);
  return length === undefined ? "" : `(${length})`;
}

function renderPart(index: TableIndex, part: IndexPart, capabilities: Capabilities, findType: FindType): string {
  const { column, expression, order, collation } = part;
  if (collation !== undefined)
    throw refuse(`The collation of a part of index "${index.name}"`, "An index compares as its column does.");
  if (column === undefined && !capabilities.hasExpressionIndexes) {
    const why = "Add a generated column with that expression, and make an index of it.";
    throw refuse(`An expression in index "${index.name}"`, why);
  }
  const name = column === undefined ? `(${expression ?? ""})` : quoteIdentifier(column);
  return `${name}${renderLength(part, index, findType)}${order === "desc" ? " DESC" : ""}`;
}

function renderKind(index: TableIndex, { kind }: MysqlIndexOptions): string {
  if (kind !== undefined) return `${kind.toUpperCase()} INDEX`;
  return index.unique ? "UNIQUE INDEX" : "INDEX";
}

/**
 * An index as CREATE TABLE and ADD write it.
 *
 * @throws OperationError (unknownOption, unsupported)
 */
export function renderIndex(index: TableIndex, capabilities: Capabilities, findType: FindType): string {
  const options = readOptions(index.options, "index", `Index "${index.name}"`);
  if (index.where !== undefined)
    throw refuse(`The condition of index "${index.name}"`, "An index holds all rows of its table.");
  const parts = index.parts.map((part) => renderPart(index, part, capabilities, findType));
  return [
    `${renderKind(index, options)} ${quoteIdentifier(index.name)} (${parts.join(", ")})`,
    options.method === undefined ? "" : ` USING ${options.method}`,
    options.comment === undefined ? "" : ` COMMENT ${quoteText(options.comment)}`,
    options.unused ? ` ${capabilities.unusedIndexWord}` : "",
  ].join("");
}
