import type { Connection, Row } from "../../../dialect/connection.ts";
import type { HeldRow, RowHolder, RowRules } from "../../../dialect/row-rules.ts";
import { findPrimaryKey, type Table } from "../../../schema/model/table.ts";
import { readText } from "../driver/read-text.ts";
import { quoteName } from "../names.ts";
import { quoteIdentifier, quoteList } from "../quote.ts";
import { listOwnValues } from "./own-values.ts";

/** How many rows are read at a time. */
const PAGE = 1000;

function describeHolder(table: Table): RowHolder {
  const columns = table.columns.filter(({ generated }) => !generated).map(({ name }) => name);
  const key = findPrimaryKey(table)?.columns ?? [];
  return { name: table.name, columns, key: key.every((name) => columns.includes(name)) ? key : [] };
}

/** Tables that the schema model cannot hold. */
const KINDS: ReadonlySet<string> = new Set(["typed table"]);

async function describeUnmanaged(connection: Connection, name: string): Promise<RowHolder> {
  const found = await connection.query(
    `SELECT attname::text AS name FROM pg_attribute
    WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum`,
    [quoteName(name)],
  );
  return { name, columns: found.map((row) => readText(row, "name")), key: [] };
}

const listHolders: RowRules["listHolders"] = async (connection, { tables }, unmanaged) => {
  // A partition shows its rows in the table that it is a part of.
  const whole = tables.filter(({ options }) => options?.["postgres"]?.["partitionOf"] === undefined);
  const holders = whole.map(describeHolder);
  for (const { kind, name } of unmanaged) {
    if (KINDS.has(kind)) holders.push(await describeUnmanaged(connection, name));
  }
  return holders;
};

async function* readPages(
  connection: Connection,
  { name, columns, key }: RowHolder,
): AsyncIterable<readonly HeldRow[]> {
  // JSON tells numbers, truth and text apart, and loses nothing of any of them.
  const values = columns.map((column, index) => `to_jsonb(${quoteIdentifier(column)})::text AS v${index}`);
  // Without a key, rows stay in their places as long as nobody touches them.
  const order = key.length === 0 ? "tableoid, ctid" : quoteList(key);
  const select = `SELECT ${values.length === 0 ? "1" : values.join(", ")} FROM ${quoteName(name)} ORDER BY ${order}`;
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

const readCounters: RowRules["readCounters"] = async (connection) => {
  const rows = await connection.query(
    `SELECT c.oid::regclass::text AS name, s.last_value::text AS counter
    FROM pg_sequences AS s
    JOIN pg_depend AS d ON d.objid = to_regclass(format('%I.%I', s.schemaname, s.sequencename))
      AND d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
    JOIN pg_class AS c ON c.oid = d.refobjid
    WHERE s.last_value IS NOT NULL`,
  );
  return new Map(rows.map((row) => [readText(row, "name"), readText(row, "counter")]));
};

/** How the rows of PostgreSQL are read to be compared. Which ones a statement touches cannot be told: functions and triggers make up names while they run. */
export const ROWS: RowRules = {
  listHolders,
  readPages,
  readCounters,
  listOwnValues,
  listColumnChecks: () => [],
  findTouched: () => undefined,
};
