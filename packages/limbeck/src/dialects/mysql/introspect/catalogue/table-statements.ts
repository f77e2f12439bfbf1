import type { Connection } from "../../../../dialect/connection.ts";
import { readText } from "../../driver/read-text.ts";
import { quoteIdentifier } from "../../quote.ts";
import type { CatalogueColumn } from "./columns.ts";
import type { CatalogueCheck } from "./constraints.ts";
import type { CatalogueTable } from "./tables.ts";

/** What may be a period: MariaDB makes a check of the same name for one, and tells nothing else of it. */
const PERIOD_CHECK = /^`(?:[^`]|``)*` < `(?:[^`]|``)*`$/;

/** Engines whose tables say only in their statement which ones they stand for, or which of their settings somebody has chosen. */
const TELLING_ENGINES: readonly (string | null)[] = ["MRG_MyISAM", "Aria"];

interface TableParts {
  readonly tables: readonly CatalogueTable[];
  readonly columns: readonly CatalogueColumn[];
  readonly checks: readonly CatalogueCheck[];
}

/** The tables of which the information schema does not tell everything: partitions, periods, what a table unites, and what an Aria table was told. */
function listHalfTold({ tables, columns, checks }: TableParts): readonly string[] {
  const withPeriod = new Set([
    ...columns.filter(({ expression }) => /^ROW (?:START|END)$/i.test(expression ?? "")).map(({ table }) => table),
    ...checks.filter(({ expression }) => PERIOD_CHECK.test(expression)).map(({ table }) => table),
  ]);
  return tables
    .filter(
      ({ name, engine, options }) =>
        withPeriod.has(name) || /\bpartitioned\b/i.test(options) || TELLING_ENGINES.includes(engine),
    )
    .map(({ name }) => name);
}

/** The statements that make some tables, as the server writes them: one query for each of those of which the information schema does not tell everything. */
export async function readTableStatements(
  connection: Connection,
  parts: TableParts,
): Promise<ReadonlyMap<string, string>> {
  const statements = new Map<string, string>();
  for (const name of listHalfTold(parts)) {
    const [row] = await connection.query(`SHOW CREATE TABLE ${quoteIdentifier(name)}`);
    statements.set(name, readText(row, "Create Table"));
  }
  return statements;
}
