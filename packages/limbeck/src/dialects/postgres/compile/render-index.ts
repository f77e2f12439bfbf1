import type { IndexPart, TableIndex } from "../../../schema/model/table-index.ts";
import type { Statement } from "../../../dialect/statement.ts";
import { quoteBeside, quoteName } from "../names.ts";
import type { PostgresIndexPartOptions } from "../options.ts";
import { quoteIdentifier } from "../quote.ts";
import { nameParts } from "./part-names.ts";
import { readOptions } from "./read-options.ts";
import { renderCollate, renderInclude, renderParameters, renderWith } from "./render-clauses.ts";

const readPart = (index: string, options: IndexPart["options"]): PostgresIndexPartOptions =>
  readOptions(options, "indexPart", `A part of index "${index}"`);

function renderPart(index: string, { column, expression, order, collation, options }: IndexPart): string {
  const { nulls, operatorClass, operatorClassParameters } = readPart(index, options);
  return [
    column === undefined ? `(${expression ?? ""})` : quoteIdentifier(column),
    renderCollate(collation),
    operatorClass === undefined ? "" : ` ${quoteName(operatorClass)}`,
    operatorClassParameters === undefined ? "" : ` (${renderParameters(operatorClassParameters)})`,
    order === "desc" ? " DESC" : "",
    nulls === undefined ? "" : ` NULLS ${nulls.toUpperCase()}`,
  ].join("");
}

/** An index, and what CREATE INDEX cannot say of it. */
export function compileIndex(table: string, index: TableIndex): readonly Statement[] {
  const own = `ALTER INDEX ${quoteBeside(index.name, table)}`;
  const targets = index.parts.flatMap(({ options }, position): readonly Statement[] => {
    const { statistics } = readPart(index.name, options);
    const column = position + 1;
    return statistics === undefined ? [] : [{ sql: `${own} ALTER COLUMN ${column} SET STATISTICS ${statistics}` }];
  });
  return [{ sql: renderCreateIndex(table, index) }, ...targets, ...nameParts(table, index)];
}

/**
 * CREATE INDEX.
 *
 * @throws OperationError (unknownOption)
 */
function renderCreateIndex(table: string, index: TableIndex): string {
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
