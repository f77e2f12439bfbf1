import type { MysqlTableOptions } from "../options.ts";
import type { CataloguePartition, CatalogueTable } from "./catalogue/tables.ts";
import { toOptions } from "./to-options.ts";

const SETTING = /(`?)(\w+)\1=('[^']*'|\S+)/g;

/** The settings of a table; `partitioned` is not one. */
function readSettings(options: string): ReadonlyMap<string, string> {
  const settings = [...options.matchAll(SETTING)].map(
    ([, , name = "", value = ""]) => [name.toLowerCase(), value.replaceAll("'", "")] as const,
  );
  return new Map(settings);
}

/** The values that go into a partition. */
function renderValues({ method, description }: CataloguePartition): string {
  if (description === null) return "";
  if (method.startsWith("LIST")) return description === "DEFAULT" ? " DEFAULT" : ` VALUES IN (${description})`;
  if (method === "SYSTEM_TIME") return description === "CURRENT" ? " CURRENT" : " HISTORY";
  if (!method.startsWith("RANGE")) return "";
  return description === "MAXVALUE" && !method.endsWith("COLUMNS")
    ? " VALUES LESS THAN MAXVALUE"
    : ` VALUES LESS THAN (${description})`;
}

/** Whether the parts of a partition have the names that the server gives. */
const areUnnamed = (parts: readonly CataloguePartition[]): boolean =>
  parts.every(({ name, subName }, index) => subName === `${name}sp${index}`);

const renderName = (name: string): string => `\`${name.replaceAll("`", "``")}\``;

function renderPartition(parts: readonly CataloguePartition[]): string {
  const [first] = parts;
  if (!first) return "";
  const comment = first.comment === "" ? "" : ` COMMENT = '${first.comment.replaceAll("'", "''")}'`;
  const named = areUnnamed(parts) ? [] : parts.flatMap(({ subName }) => subName ?? []);
  const subparts = named.length === 0 ? "" : ` (${named.map((name) => `SUBPARTITION ${renderName(name)}`).join(", ")})`;
  return `PARTITION ${renderName(first.name)}${renderValues(first)}${comment}${subparts}`;
}

/** How many partitions there are, where rows are spread by a hash and nobody has given names. */
function countUnnamed(groups: readonly (readonly CataloguePartition[])[]): number | undefined {
  const isUnnamed = groups.every(
    ([first], index) => first?.name === `p${index}` && first.comment === "" && first.subName === null,
  );
  return isUnnamed && /\b(?:HASH|KEY)$/.test(groups[0]?.[0]?.method ?? "") ? groups.length : undefined;
}

/** What follows PARTITION BY. https://mariadb.com/kb/en/partitioning-types-overview/ */
function renderPartitions(partitions: readonly CataloguePartition[]): string | undefined {
  const [first] = partitions;
  if (!first) return undefined;
  const by = `${first.method} ${first.method === "SYSTEM_TIME" ? "" : `(${first.expression ?? ""})`}`.trim();
  const groups = [...Map.groupBy(partitions, ({ name }) => name).values()];
  const parts = groups.every(areUnnamed) ? ` SUBPARTITIONS ${groups[0]?.length ?? 1}` : "";
  const sub =
    first.subMethod === null ? "" : ` SUBPARTITION BY ${first.subMethod} (${first.subExpression ?? ""})${parts}`;
  const count = countUnnamed(groups);
  if (count !== undefined) return count === 1 ? by : `${by} PARTITIONS ${count}`;
  return `${by}${sub} (${groups.map(renderPartition).join(", ")})`;
}

/** What the table has beyond the schema model, and not from its database. */
export function buildTableOptions(
  { type, engine, collation, options }: CatalogueTable,
  partitions: readonly CataloguePartition[],
  databaseCollation: string,
): ReturnType<typeof toOptions> {
  const { row_format: rowFormat, ...others } = Object.fromEntries(readSettings(options));
  // What Aria is unless it is told otherwise, and says all the same.
  const settings = Object.fromEntries(
    Object.entries(others).filter(([name, value]) => name !== "transactional" || value !== "1"),
  );
  const partitionBy = renderPartitions(partitions);
  const found: MysqlTableOptions = {
    ...(engine !== null && engine !== "InnoDB" && { engine }),
    ...(collation !== null && collation !== databaseCollation && { collation }),
    ...(rowFormat !== undefined && { rowFormat: rowFormat.toUpperCase() }),
    ...(Object.keys(settings).length > 0 && { settings }),
    ...(partitionBy !== undefined && { partitionBy }),
    ...(type === "SYSTEM VERSIONED" && { systemVersioned: true }),
  };
  return toOptions<"table">(found);
}
