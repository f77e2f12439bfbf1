import type { Connection } from "../../../../dialect/connection.ts";
import { mentionsIdentifier } from "../../../../ops/expression/identifiers.ts";
import { readText } from "../../driver/read-text.ts";
import { quoteIdentifier } from "../../quote.ts";
import { parseTableExpressions } from "../parse-table-expressions.ts";
import type { CatalogueColumn } from "./columns.ts";
import type { CatalogueCheck } from "./constraints.ts";

interface Parts {
  readonly columns: readonly CatalogueColumn[];
  readonly checks: readonly CatalogueCheck[];
}

/** The checks of tables by their statements; tables whose statement is not shown either have none. */
export async function readStatedChecks(
  connection: Connection,
  tables: readonly string[],
): Promise<readonly CatalogueCheck[]> {
  const found: CatalogueCheck[] = [];
  for (const table of tables) {
    const [row] = await connection.query(`SHOW CREATE TABLE ${quoteIdentifier(table)}`).catch(() => []);
    if (!row) continue;
    const { columns, checks } = parseTableExpressions(readText(row, "Create Table"));
    for (const [name, { check }] of columns) {
      if (check !== undefined) found.push({ table, name, level: "Column", expression: check });
    }
    for (const [name, expression] of checks) found.push({ table, name, level: "Table", expression });
  }
  return found;
}

/** Tables with a check of a column that may have been called otherwise: the check still has the name which that had when it was made. */
function listDoubtful({ columns, checks }: Parts): ReadonlySet<string> {
  const key = (table: string, name: string): string => JSON.stringify([table, name]);
  const known = new Set(columns.map(({ table, name }) => key(table, name)));
  const own = checks.filter(({ level }) => level === "Column");
  const isPlaced = ({ table, name, expression }: CatalogueCheck): boolean =>
    known.has(key(table, name)) &&
    mentionsIdentifier(expression, name) &&
    own.every((other) => other.name !== name || other.table !== table || other.expression === expression);
  return new Set(own.filter((check) => !isPlaced(check)).map(({ table }) => table));
}

/**
 * The checks with those of columns by the names that the columns have now: a column that gets another name keeps its check, and the check its own name. Where that
 * may have happened, the statement of the table tells what belongs to what.
 */
export async function placeColumnChecks(connection: Connection, parts: Parts): Promise<readonly CatalogueCheck[]> {
  const placed: CatalogueCheck[] = [];
  const doubtful = listDoubtful(parts);
  for (const table of doubtful) {
    const [row] = await connection.query(`SHOW CREATE TABLE ${quoteIdentifier(table)}`);
    for (const [name, { check }] of parseTableExpressions(readText(row, "Create Table")).columns) {
      if (check !== undefined) placed.push({ table, name, level: "Column", expression: check });
    }
  }
  return [...parts.checks.filter(({ table, level }) => level === "Table" || !doubtful.has(table)), ...placed];
}
