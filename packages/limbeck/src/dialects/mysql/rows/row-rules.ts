import type { Connection, Row } from "../../../dialect/connection.ts";
import type { HeldRow, RowHolder, RowRules } from "../../../dialect/row-rules.ts";
import type { Column } from "../../../schema/model/column.ts";
import { findPrimaryKey, type Table } from "../../../schema/model/table.ts";
import { readText } from "../driver/read-text.ts";
import { describeFormerRows, makeFormerRows, nameRows, nameWithFormerRows } from "../former-rows.ts";
import { quoteIdentifier, quoteList } from "../quote.ts";
import { listOwnValues } from "./own-values.ts";

/** How many rows are read at a time. */
const PAGE = 1000;

/** Whether a column holds what somebody has put into it. */
const isWritten = ({ generated, options }: Column): boolean =>
  !generated && options?.["mysql"]?.["rowTime"] === undefined;

function describeHolders(table: Table): readonly RowHolder[] {
  const columns = table.columns.filter(isWritten).map(({ name }) => name);
  const key = findPrimaryKey(table)?.columns ?? [];
  const holder = { name: table.name, columns, key: key.every((name) => columns.includes(name)) ? key : [] };
  return [holder, ...describeFormerRows(table, columns)];
}

const listHolders: RowRules["listHolders"] = async (_connection, { tables }) => tables.flatMap(describeHolders);

/** Numbers of four bytes, which the server rounds when it writes them as text. */
async function listFloats(connection: Connection, table: string): Promise<ReadonlySet<string>> {
  const rows = await connection.query(
    `SELECT COLUMN_NAME AS name FROM information_schema.COLUMNS
    WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? AND DATA_TYPE = 'float'`,
    [table],
  );
  return new Set(rows.map((row) => readText(row, "name")));
}

async function* readPages(connection: Connection, holder: RowHolder): AsyncIterable<readonly HeldRow[]> {
  const { name, columns, key, formerOf } = holder;
  const floats = await listFloats(connection, formerOf ?? name);
  // Bytes lose nothing of any value, whatever its character set.
  const values = columns.map((column, index) => {
    const own = quoteIdentifier(column);
    return `HEX(CAST(${floats.has(column) ? `CAST(${own} AS DOUBLE)` : own} AS BINARY)) AS v${index}`;
  });
  // Without a key, rows stand in the order in which they are stored, as long as no index is taken.
  const order = key.length === 0 ? "" : ` ORDER BY ${quoteList(key)}`;
  const { from, where } = nameRows(holder);
  const select = `SELECT ${values.length === 0 ? "1 AS one" : values.join(", ")} FROM ${from}${formerOf === undefined ? " USE INDEX ()" : where}${order}`;
  const toRow = (row: Row): HeldRow => ({
    values: columns.map((_, index) => (row[`v${index}`] === null ? null : readText(row, `v${index}`))),
    number: null,
  });
  for (let offset = 0; ; offset += PAGE) {
    const rows = await connection.query(`${select} LIMIT ${PAGE} OFFSET ${offset}`);
    yield rows.map(toRow);
    if (rows.length < PAGE) return;
  }
}

const listColumnChecks: RowRules["listColumnChecks"] = ({ columns }) =>
  columns.flatMap(({ options }) => {
    const check = options?.["mysql"]?.["check"];
    return typeof check === "string" ? [check] : [];
  });

const readCounters: RowRules["readCounters"] = async (connection) => {
  const rows = await connection.query(
    `SELECT TABLE_NAME AS name, CAST(AUTO_INCREMENT - 1 AS CHAR) AS counter FROM information_schema.TABLES
    WHERE TABLE_SCHEMA = DATABASE() AND AUTO_INCREMENT IS NOT NULL`,
  );
  return new Map(rows.map((row) => [readText(row, "name"), readText(row, "counter")]));
};

/** How rows are read to be compared. Which ones a statement touches cannot be told: triggers and routines name others. */
export const ROWS: RowRules = {
  listHolders,
  readPages,
  readCounters,
  nameWithFormerRows,
  makeFormerRows,
  listOwnValues,
  listColumnChecks,
  findTouched: () => undefined,
};
