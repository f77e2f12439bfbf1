import type { Connection } from "../../dialect/connection.ts";
import type { RowHolder } from "../../dialect/row-rules.ts";
import type { OperationMap } from "../../ops/operation.ts";
import type { Table } from "../../schema/model/table.ts";
import { readText } from "./driver/read-text.ts";
import type { MysqlTableOptions } from "./options.ts";
import { quoteIdentifier, quoteList } from "./quote.ts";

/** Whether MariaDB keeps the former rows of a table. https://mariadb.com/kb/en/system-versioned-tables/ */
export const keepsFormerRows = (options: Table["options"] | null | undefined): boolean =>
  options?.["mysql"]?.["systemVersioned"] === true;

/** Without its versioning a table has the rows that count, and no others. */
export const losesFormerRows = ({ from, to }: OperationMap["setTableOptions"]): boolean =>
  keepsFormerRows(from) && !keepsFormerRows(to);

/** All rows of a table, as FROM names them. */
export async function nameWithFormerRows(connection: Connection, table: string): Promise<string | undefined> {
  const [row] = await connection.query(
    "SELECT TABLE_TYPE AS type FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ?",
    [table],
  );
  return readText(row, "type") === "SYSTEM VERSIONED" ? `${quoteIdentifier(table)} FOR SYSTEM_TIME ALL` : undefined;
}

/** The columns in which the server keeps from when to when a row counts. */
function findPeriod({ options }: Table): readonly [start: string, end: string] {
  // What an option may look like is checked where it is compiled; these come from the server.
  const { systemPeriod } = (options?.["mysql"] ?? {}) as MysqlTableOptions;
  return systemPeriod ?? ["row_start", "row_end"];
}

/** The former rows of a table, which are told apart by nothing but all that they hold. */
export function describeFormerRows(table: Table, written: readonly string[]): readonly RowHolder[] {
  if (!keepsFormerRows(table.options)) return [];
  const [start, end] = findPeriod(table);
  const columns = [...written, start, end];
  return [{ name: `former rows of ${table.name}`, columns, key: [], formerOf: table.name }];
}

/** How FROM names the rows of a holder, with the condition that leaves the former ones. */
export function nameRows({ name, columns, formerOf }: RowHolder): { readonly from: string; readonly where: string } {
  if (formerOf === undefined) return { from: quoteIdentifier(name), where: "" };
  const end = quoteIdentifier(columns.at(-1) ?? "");
  return { from: `${quoteIdentifier(formerOf)} FOR SYSTEM_TIME ALL`, where: ` WHERE ${end} <= current_timestamp(6)` };
}

/** When the former rows that are made began to count, and when they ceased to. */
const [BEGAN, CEASED] = ["'2001-01-01'", "'2002-01-01'"];

/** Makes a former row of each row of a table, as if it had once been the same. Servers before 10.11 take none. */
export async function makeFormerRows(connection: Connection, { columns, formerOf = "" }: RowHolder): Promise<void> {
  const table = quoteIdentifier(formerOf);
  const written = columns.slice(0, -2).map(quoteIdentifier);
  const insert = `INSERT INTO ${table} (${quoteList(columns)}) SELECT ${[...written, BEGAN, CEASED].join(", ")} FROM ${table}`;
  await connection.execute(`SET STATEMENT system_versioning_insert_history = 1 FOR ${insert}`).catch(() => 0);
}
