import type { Connection } from "../../dialect/connection.ts";
import type { ReferenceRules } from "../../dialect/dialect.ts";
import { quoteLiteral } from "./quote.ts";

const STOCK = 'temp."_limbeck_broken"';

/** What SQLite finds in all tables, or in some of them. https://www.sqlite.org/pragma.html#pragma_foreign_key_check */
function findIn(tables: readonly string[] | undefined): string {
  if (tables === undefined) return "pragma_foreign_key_check AS broken";
  const names = tables.map((table) => quoteLiteral(table)).join(", ");
  return `(SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name IN (${names})) AS checked, pragma_foreign_key_check(checked.name) AS broken`;
}

/** Rows that point nowhere, with how often each does; a table WITHOUT ROWID has no number to tell its rows by, only a count. */
function countBroken(tables: readonly string[] | undefined): string {
  return (
    'SELECT broken."table" AS child, broken.rowid AS number, broken.parent AS parent, count(*) AS amount ' +
    `FROM ${findIn(tables)} GROUP BY 1, 2, 3`
  );
}

async function isCheckable(connection: Connection, table: string): Promise<boolean> {
  try {
    await connection.query(`SELECT 1 FROM pragma_foreign_key_check(${quoteLiteral(table)}) LIMIT 1`);
    return true;
  } catch {
    return false;
  }
}

/**
 * Foreign keys are not enforced while a revision runs, so it is compared what points nowhere before and after it. Rows are told apart
 * by their number, which a rebuild keeps.
 */
export const REFERENCES: ReferenceRules = {
  async listCheckable(connection) {
    const rows = await connection.query("SELECT name FROM main.sqlite_schema WHERE type = 'table' ORDER BY name");
    const checkable: string[] = [];
    for (const { name } of rows) {
      if (typeof name === "string" && (await isCheckable(connection, name))) checkable.push(name);
    }
    return checkable;
  },
  stock: (tables) => [{ sql: `CREATE TABLE ${STOCK} AS ${countBroken(tables)}`, isAuxiliary: true }],
  guard: (tables) => ({
    guard: "rows point nowhere",
    sql:
      'SELECT now.child AS "table", now.parent AS "parent", sum(now.amount - coalesce(known.amount, 0)) AS "rows" ' +
      `FROM (${countBroken(tables)}) AS now LEFT JOIN ${STOCK} AS known ` +
      "ON known.child = now.child AND known.parent = now.parent AND known.number IS now.number " +
      "WHERE now.amount > coalesce(known.amount, 0) GROUP BY now.child, now.parent ORDER BY now.child, now.parent",
  }),
  clear: [{ sql: `DROP TABLE ${STOCK}`, isAuxiliary: true }],
};
