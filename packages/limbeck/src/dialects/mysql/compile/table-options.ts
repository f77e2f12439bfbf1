import type { CompileContext } from "../../../dialect/dialect.ts";
import type { OperationMap } from "../../../ops/operation.ts";
import { findTable } from "../../../schema/model/schema.ts";
import { findCapabilities } from "../capabilities.ts";
import type { MysqlTableOptions } from "../options.ts";
import { quoteIdentifier } from "../quote.ts";
import { isText } from "../types.ts";
import type { AlterPart } from "./alter-part.ts";
import { readOptions, readSettings } from "./read-options.ts";
import { refuse } from "./refuse.ts";
import { renderColumn } from "./render-column.ts";
import { renderPeriod } from "./render-period.ts";

function alterText(from: MysqlTableOptions, to: MysqlTableOptions): readonly string[] {
  if (from.collation === to.collation && from.charset === to.charset) return [];
  // Without a word the database decides.
  const charset = to.charset ?? (to.collation === undefined ? "DEFAULT" : undefined);
  return [
    [charset && `DEFAULT CHARACTER SET = ${charset}`, to.collation && `DEFAULT COLLATE = ${to.collation}`]
      .filter((clause) => clause)
      .join(" "),
  ];
}

/** Columns that compare as their table does; a table that compares otherwise takes along only those that are named. */
function followText(table: string, { after, serverVersion }: CompileContext): readonly string[] {
  const columns = findTable(after, table)?.columns ?? [];
  return columns
    .filter(({ type, collation }) => isText(type) && collation === undefined)
    .map((column) => `MODIFY COLUMN ${renderColumn(table, column, findCapabilities(serverVersion))}`);
}

/** Settings that are numbers, and off when they are zero; the others know the word DEFAULT. https://mariadb.com/kb/en/create-table/#table-options */
const NUMERIC: readonly string[] = [
  "AVG_ROW_LENGTH",
  "CHECKSUM",
  "DELAY_KEY_WRITE",
  "KEY_BLOCK_SIZE",
  "MAX_ROWS",
  "MIN_ROWS",
];

function alterSettings(from: MysqlTableOptions, to: MysqlTableOptions): readonly string[] {
  const [before, after] = [new Map(readSettings(from.settings)), new Map(readSettings(to.settings))];
  const gone = [...before.keys()].filter((name) => !after.has(name));
  const changed = [...after].filter(([name, value]) => before.get(name) !== value);
  return [
    ...gone.map((name) => `${name} = ${NUMERIC.includes(name) ? "0" : "DEFAULT"}`),
    ...changed.map(([name, value]) => `${name} = ${value}`),
  ];
}

function alterPartitions(from: MysqlTableOptions, to: MysqlTableOptions): readonly string[] {
  if (from.partitionBy === to.partitionBy) return [];
  return [to.partitionBy === undefined ? "REMOVE PARTITIONING" : `\nPARTITION BY ${to.partitionBy}`];
}

function alterVersioning(from: MysqlTableOptions, to: MysqlTableOptions): readonly string[] {
  if (from.systemVersioned === to.systemVersioned) return [];
  return [`${to.systemVersioned ? "ADD" : "DROP"} SYSTEM VERSIONING`];
}

const samePeriod = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function alterPeriod(table: string, from: MysqlTableOptions, to: MysqlTableOptions): readonly string[] {
  if (!samePeriod(from.systemPeriod, to.systemPeriod)) {
    throw refuse(
      `Another system period of table "${table}"`,
      "The columns of a system period come and go with the former rows.",
    );
  }
  if (samePeriod(from.period, to.period)) return [];
  return [
    ...(from.period ? [`DROP PERIOD FOR ${quoteIdentifier(from.period.name)}`] : []),
    ...(to.period ? [`ADD ${renderPeriod(quoteIdentifier(to.period.name), to.period.start, to.period.end)}`] : []),
  ];
}

/** What `op.setTableOptions` says, in place. */
export function alterTableOptions(
  { table, from, to }: OperationMap["setTableOptions"],
  context: CompileContext,
): readonly AlterPart[] {
  const [before, after] = [from, to].map((options) => readOptions(options ?? undefined, "table", `Table "${table}"`));
  if (!before || !after) return [];
  const text = alterText(before, after);
  const plain = [
    ...(before.engine === after.engine ? [] : [`ENGINE = ${after.engine ?? "InnoDB"}`]),
    ...text,
    ...(text.length > 0 ? followText(table, context) : []),
    ...(before.rowFormat === after.rowFormat ? [] : [`ROW_FORMAT = ${after.rowFormat ?? "DEFAULT"}`]),
    ...alterSettings(before, after),
    ...alterPeriod(table, before, after),
  ];
  const versioning = alterVersioning(before, after);
  const partitions = alterPartitions(before, after);
  // Each of them stands alone in a statement, and with former rows a table keeps its engine.
  const parts = after.systemVersioned ? [plain, versioning, partitions] : [versioning, plain, partitions];
  return parts.filter((clauses) => clauses.length > 0).map((clauses) => ({ clauses, isSeparate: true }));
}
