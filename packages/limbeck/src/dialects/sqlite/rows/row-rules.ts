import type { Connection, Row } from "../../../dialect/connection.ts";
import type { HeldRow, RowHolder, RowRules } from "../../../dialect/row-rules.ts";
import type { SqlValue } from "../../../ops/operation.ts";
import { findPrimaryKey, type Table } from "../../../schema/model/table.ts";
import { findRowidColumn, findRowidName } from "../compile/rowid-column.ts";
import { quoteIdentifier } from "../quote.ts";
import { findTouched } from "./find-touched.ts";
import { listOwnValues } from "./own-values.ts";

/** How many rows are read at a time. */
const PAGE = 1000;

/** How many at most where they are small. */
const LARGEST_PAGE = 16_000;

/** A page whose values have fewer characters may be followed by a larger one. */
const SMALL_PAGE = 1_000_000;

/** One whose values have more is followed by the smallest one. */
const LARGE_PAGE = 4 * SMALL_PAGE;

const text = (value: SqlValue | undefined): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "bigint" ? `${value}` : "";

/** NULL stays what it is. */
const textOrNull = (value: SqlValue | undefined): string | null => (value === null ? null : text(value));

function describeHolder(table: Table): RowHolder {
  const columns = table.columns.filter(({ generated }) => !generated).map(({ name }) => name);
  const key = findPrimaryKey(table)?.columns ?? [];
  const rowNumber = findRowidColumn(table) ?? findRowidName(table);
  return {
    name: table.name,
    columns,
    key: key.every((name) => columns.includes(name)) ? key : [],
    ...(rowNumber !== undefined && { rowNumber }),
  };
}

/** Virtual tables, and tables whose statement cannot be read; a virtual table keeps its rows in shadow tables, and shows them itself. */
async function describeUnmanaged(connection: Connection, name: string): Promise<RowHolder> {
  const found = await connection.query("SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0", [name]);
  return { name, columns: found.map((row) => text(row["name"])), key: [] };
}

const listHolders: RowRules["listHolders"] = async (connection, { tables }, unmanaged) => {
  const others = unmanaged.filter(({ kind }) => kind === "virtual table" || kind === "table");
  return [
    ...tables.map(describeHolder),
    ...(await Promise.all(others.map(({ name }) => describeUnmanaged(connection, name)))),
  ];
};

/** A value as the literal that gives it again. quote() ends a text at its first zero character. https://www.sqlite.org/lang_corefunc.html#quote */
function writeValue(column: string): string {
  const name = quoteIdentifier(column);
  const isCut = `typeof(${name}) = 'text' AND instr(${name}, char(0)) > 0`;
  return `CASE WHEN ${name} IS NULL THEN NULL WHEN ${isCut} THEN 'text ' || hex(${name}) ELSE quote(${name}) END`;
}

/** Without a number to go on from, every page passes over all rows before it: so there should be few. */
function growPage(size: number, rows: readonly HeldRow[]): number {
  const length = rows.reduce((sum, { values }) => values.reduce((part, value) => part + (value?.length ?? 0), sum), 0);
  if (length > LARGE_PAGE) return PAGE;
  return length < SMALL_PAGE ? Math.min(size * 2, LARGEST_PAGE) : size;
}

async function* readPages(connection: Connection, holder: RowHolder): AsyncIterable<readonly HeldRow[]> {
  const { name, columns, key, rowNumber } = holder;
  const values = columns.map((column, index) => `${writeValue(column)} AS v${index}`);
  const number = rowNumber === undefined ? "NULL" : quoteIdentifier(rowNumber);
  const select = `SELECT ${[`${number} AS number`, ...values].join(", ")} FROM ${quoteIdentifier(name)}`;
  const toRow = (row: Row): HeldRow => ({
    values: columns.map((_, index) => textOrNull(row[`v${index}`])),
    number: textOrNull(row["number"]),
  });
  const order = key.map((column) => quoteIdentifier(column)).join(", ");
  let last: SqlValue | undefined;
  let size = PAGE;
  for (let offset = 0; ;) {
    const sql =
      rowNumber === undefined
        ? `${select}${order === "" ? "" : ` ORDER BY ${order}`} LIMIT ${size} OFFSET ${offset}`
        : `${select}${offset === 0 ? "" : ` WHERE ${number} > ${text(last)}`} ORDER BY ${number} LIMIT ${size}`;
    const rows = await connection.query(sql);
    last = rows.at(-1)?.["number"];
    const page = rows.map(toRow);
    yield page;
    if (page.length < size) return;
    offset += size;
    if (rowNumber === undefined) size = growPage(size, page);
  }
}

const readCounters: RowRules["readCounters"] = async (connection) => {
  const exists = await connection.query("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'");
  if (exists.length === 0) return new Map();
  const rows = await connection.query("SELECT name, quote(seq) AS seq FROM sqlite_sequence");
  return new Map(rows.map(({ name, seq }) => [text(name), text(seq)]));
};

/** How the rows of SQLite are read to be compared. */
export const ROWS: RowRules = {
  listHolders,
  readPages,
  readCounters,
  listOwnValues,
  listColumnChecks: () => [],
  findTouched,
};
