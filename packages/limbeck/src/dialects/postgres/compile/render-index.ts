import type { IndexPart, TableIndex } from "../../../schema/model/table-index.ts";
import { quoteName } from "../names.ts";
import { quoteIdentifier } from "../quote.ts";
import { readOptions } from "./read-options.ts";
import { renderCollate, renderInclude, renderWith } from "./render-clauses.ts";

function renderPart(index: string, { column, expression, order, collation, options }: IndexPart): string {
  const { nulls, operatorClass } = readOptions(options, "indexPart", `A part of index "${index}"`);
  return [
    column === undefined ? `(${expression ?? ""})` : quoteIdentifier(column),
    renderCollate(collation),
    operatorClass === undefined ? "" : ` ${quoteIdentifier(operatorClass)}`,
    order === "desc" ? " DESC" : "",
    nulls === undefined ? "" : ` NULLS ${nulls.toUpperCase()}`,
  ].join("");
}

/**
 * CREATE INDEX.
 *
 * @throws OperationError (unknownOption)
 */
export function renderCreateIndex(table: string, index: TableIndex): string {
  const options = readOptions(index.options, "index", `Index "${index.name}"`);
  return [
    `CREATE ${index.unique ? "UNIQUE INDEX" : "INDEX"} ${quoteIdentifier(index.name)} ON ${quoteName(table)}`,
    options.method === undefined ? "" : ` USING ${quoteIdentifier(options.method)}`,
    ` (${index.parts.map((part) => renderPart(index.name, part)).join(", ")})`,
    renderInclude(options.include),
    options.nullsNotDistinct ? " NULLS NOT DISTINCT" : "",
    renderWith(options.with),
    index.where === undefined ? "" : ` WHERE ${index.where}`,
  ].join("");
}
