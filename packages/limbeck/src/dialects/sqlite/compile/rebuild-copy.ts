import type { Statement } from "../../../dialect/statement.ts";
import type { Table } from "../../../schema/model/table.ts";
import { quoteIdentifier, quoteLiteral } from "../quote.ts";
import { convertColumn } from "./convert-column.ts";
import type { RebuildPlan } from "./rebuild-plan.ts";
import { findRowidColumn, findRowidName } from "./rowid-column.ts";

/** One column of the copy: where it goes, and the SQL of what goes there. */
interface Transfer {
  readonly to: string;
  readonly value: string;
}

/** The rowid, where both tables have one and it is not among the columns that are copied anyway. */
function transferRowid({ before, target, copied }: RebuildPlan, source: string | undefined): readonly Transfer[] {
  const rowid = findRowidColumn(target);
  const to = findRowidName(target);
  if (source === undefined || to === undefined || copied.some((column) => column.to.name === rowid)) return [];
  // Rows of a table without INTEGER PRIMARY KEY are found by their rowid too: by full-text indexes, and by people.
  return findRowidName(before) === undefined ? [] : [{ to, value: source }];
}

/**
 * Copies all rows into the new table. The conflict clauses of the table must not act here: a row that breaks a constraint has to
 * stop the rebuild, never to disappear.
 *
 * @param source the table that holds the rows
 * @param rowid what the old rowid is called there
 */
export function copyRows(
  plan: RebuildPlan,
  source: string,
  destination: string,
  rowid: string | undefined,
): readonly Statement[] {
  const transfers = [
    ...transferRowid(plan, rowid),
    ...plan.copied.map((column): Transfer => ({
      to: quoteIdentifier(column.to.name),
      value: convertColumn(plan, column).value,
    })),
  ];
  // Nothing of a row is left to copy; the guard behind this stops the rebuild if there are rows.
  if (transfers.length === 0) return [];
  const columns = transfers.map(({ to }) => to).join(", ");
  const values = transfers.map(({ value }) => value).join(", ");
  return [{ sql: `INSERT OR ABORT INTO ${destination} (${columns}) SELECT ${values} FROM ${source}` }];
}

/** Fires when the copy has more or fewer rows than the original. */
export function guardRowCount(table: string, source: string, destination: string): Statement {
  const count = (from: string): string => `(SELECT count(*) FROM ${from})`;
  return {
    sql: `SELECT "original", "copied" FROM (SELECT ${count(source)} AS "original", ${count(destination)} AS "copied") WHERE "original" <> "copied"`,
    guard: `not every row of ${table} came through the rebuild`,
    isAuxiliary: true,
  };
}

const numbersRows = (table: Table): boolean => table.columns.some(({ autoIncrement }) => autoIncrement);

/** Whether both tables count with AUTOINCREMENT, so that the counter has to come along. https://www.sqlite.org/autoinc.html */
export function keepsCounter({ before, target }: RebuildPlan): boolean {
  return numbersRows(before) && numbersRows(target);
}

/**
 * Gives a table its counter, which may stand higher than any row that is left.
 *
 * @param source SQL of a query that gives the counter, or no row when the table never had one
 */
export function setCounter(table: string, source: string): readonly Statement[] {
  const name = quoteLiteral(table);
  return [
    { sql: `DELETE FROM sqlite_sequence WHERE name = ${name}` },
    { sql: `INSERT INTO sqlite_sequence (name, seq) SELECT ${name}, seq FROM (${source})` },
  ];
}
