import type { MysqlTableOptions } from "../options.ts";
import type { CatalogueTable } from "./catalogue/tables.ts";
import type { TableStatement } from "./parse-table-statement.ts";
import { toOptions } from "./to-options.ts";

const SETTING = /(`?)(\w+(?: DIRECTORY)?)\1=('(?:[^']|'')*'|\S+)/g;

/** A word that stands in quotation marks all the same. */
const QUOTED_WORD = /^'(\w+)'$/;

/** What Aria is unless it is told otherwise, and may say all the same. */
const OF_ARIA: readonly string[] = ["transactional", "page_checksum"];

/** The settings of a table; `partitioned` is not one. */
function readSettings(options: string): ReadonlyMap<string, string> {
  const settings = [...options.matchAll(SETTING)].map(
    ([, , name = "", value = ""]) => [name.toLowerCase(), value.replace(QUOTED_WORD, "$1")] as const,
  );
  return new Map(settings);
}

/** What the table has beyond the schema model, and not from its database. */
export function buildTableOptions(
  { type, engine, collation, options }: CatalogueTable,
  statement: TableStatement | undefined,
  databaseCollation: string,
): ReturnType<typeof toOptions> {
  const { row_format: rowFormat, ...others } = Object.fromEntries(readSettings(options));
  const plain = Object.entries(others).filter(([name, value]) => !OF_ARIA.includes(name) || value !== "1");
  const settings = { ...Object.fromEntries(plain), ...statement?.settings };
  const { partitionBy, systemPeriod, period } = statement ?? {};
  const found: MysqlTableOptions = {
    ...(engine !== null && engine !== "InnoDB" && { engine }),
    ...(collation !== null && collation !== databaseCollation && { collation }),
    ...(rowFormat !== undefined && { rowFormat: rowFormat.toUpperCase() }),
    ...(Object.keys(settings).length > 0 && { settings }),
    ...(partitionBy !== undefined && { partitionBy }),
    ...(type === "SYSTEM VERSIONED" && { systemVersioned: true }),
    ...(systemPeriod && { systemPeriod }),
    ...(period && { period }),
  };
  return toOptions<"table">(found);
}
