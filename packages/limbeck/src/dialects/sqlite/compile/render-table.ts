import type { IndexPart, TableIndex } from "../../../schema/model/table-index.ts";
import type { Table } from "../../../schema/model/table.ts";
import { quoteIdentifier } from "../quote.ts";
import { orderConstraints } from "./key-order.ts";
import { readOptions } from "./read-options.ts";
import { findInlineKey, renderColumn } from "./render-column.ts";
import { renderConstraint } from "./render-constraint.ts";

/**
 * CREATE TABLE, one line per column and constraint, because SQLite keeps the text and people read it.
 *
 * @param name what the table is called; default its own name
 */
export function renderCreateTable(table: Table, name: string = table.name): string {
  const inlineKey = findInlineKey(table);
  const lines = [
    ...table.columns.map((column) => renderColumn(table, column)),
    ...orderConstraints(table)
      .filter((constraint) => constraint !== inlineKey)
      .map(renderConstraint),
  ];
  const { strict, withoutRowid } = readOptions(table.options, "table", `Table "${table.name}"`);
  const options = [strict && "STRICT", withoutRowid && "WITHOUT ROWID"].filter((option) => typeof option === "string");
  const tail = options.length === 0 ? "" : ` ${options.join(", ")}`;
  return `CREATE TABLE ${quoteIdentifier(name)} (\n  ${lines.join(",\n  ")}\n)${tail}`;
}

function renderPart(index: string, { column, expression, order, collation, options }: IndexPart): string {
  readOptions(options, "indexPart", `A part of index "${index}"`);
  const term = column === undefined ? `(${expression ?? ""})` : quoteIdentifier(column);
  const collate = collation === undefined ? "" : ` COLLATE ${quoteIdentifier(collation)}`;
  return `${term}${collate}${order === "desc" ? " DESC" : ""}`;
}

/** CREATE INDEX. */
export function renderCreateIndex(table: string, index: TableIndex): string {
  readOptions(index.options, "index", `Index "${index.name}"`);
  const kind = index.unique ? "UNIQUE INDEX" : "INDEX";
  const where = index.where === undefined ? "" : ` WHERE ${index.where}`;
  const parts = index.parts.map((part) => renderPart(index.name, part)).join(", ");
  return `CREATE ${kind} ${quoteIdentifier(index.name)} ON ${quoteIdentifier(table)} (${parts})${where}`;
}
