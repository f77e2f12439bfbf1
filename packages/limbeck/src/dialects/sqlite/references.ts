import type { Connection } from "../../dialect/connection.ts";
import type { ReferenceRules, UncheckableTable } from "../../dialect/dialect.ts";
import { describeDatabaseError } from "./database-errors.ts";
import { readText } from "./introspect/read-catalogue.ts";
import { quoteLiteral } from "./quote.ts";

/** What pointed nowhere before. */
const BROKEN = 'temp."_limbeck_broken"';

/** The tables of before: `known` is what each was called then, `name` what it has been called by an operation since. */
const TABLES = 'temp."_limbeck_tables"';

const list = (names: readonly string[]): string => names.map((name) => quoteLiteral(name)).join(", ");

/** What SQLite finds in all tables but some. https://www.sqlite.org/pragma.html#pragma_foreign_key_check */
function findOutside(tables: readonly string[]): string {
  if (tables.length === 0) return "pragma_foreign_key_check AS broken";
  return (
    `(SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT IN (${list(tables)})) AS checked, ` +
    "pragma_foreign_key_check(checked.name) AS broken"
  );
}

/** Rows that point nowhere, with how often each does; a table WITHOUT ROWID has no number to tell its rows by, only a count. */
function countBroken(without: readonly string[]): string {
  return (
    'SELECT broken."table" AS child, broken.rowid AS number, broken.parent AS parent, count(*) AS amount ' +
    `FROM ${findOutside(without)} GROUP BY 1, 2, 3`
  );
}

/**
 * What a table was called before: the name that it has, or by which raw SQL renamed it, which leaves a table where it is in the file. A
 * table that is new is called by its own name.
 */
function findKnownName(name: string): string {
  const isGone = `NOT EXISTS (SELECT 1 FROM main.sqlite_schema AS s WHERE s.type = 'table' AND s.name = t.name COLLATE NOCASE)`;
  return (
    `coalesce((SELECT t.known FROM ${TABLES} AS t WHERE t.name = ${name} COLLATE NOCASE), ` +
    `(SELECT t.known FROM ${TABLES} AS t JOIN main.sqlite_schema AS m ON m.type = 'table' AND m.rootpage = t.rootpage ` +
    `WHERE m.name = ${name} COLLATE NOCASE AND ${isGone}), ${name})`
  );
}

async function findProblem(connection: Connection, table: string): Promise<string | undefined> {
  try {
    await connection.query(`SELECT 1 FROM pragma_foreign_key_check(${quoteLiteral(table)}) LIMIT 1`);
    return undefined;
  } catch (error) {
    return describeDatabaseError(error);
  }
}

async function findUncheckable(connection: Connection): Promise<readonly UncheckableTable[]> {
  const rows = await connection.query(
    `SELECT m.name, ${findKnownName("m.name")} AS known FROM main.sqlite_schema AS m WHERE m.type = 'table' ORDER BY m.name`,
  );
  const found: UncheckableTable[] = [];
  for (const row of rows) {
    const table = readText(row, "name");
    const problem = await findProblem(connection, table);
    if (problem !== undefined) found.push({ table, before: readText(row, "known"), problem });
  }
  return found;
}

/** Keys are looked at only where a table is gone. https://www.sqlite.org/pragma.html#pragma_foreign_key_list */
const FORSAKEN =
  `WITH gone AS MATERIALIZED (SELECT lower(known) AS name FROM ${TABLES} UNION SELECT lower(name) FROM ${TABLES} ` +
  "EXCEPT SELECT lower(name) FROM main.sqlite_schema WHERE type = 'table') " +
  'SELECT DISTINCT child.name AS child, key."table" AS parent FROM main.sqlite_schema AS child, pragma_foreign_key_list(child.name) AS key ' +
  "WHERE EXISTS (SELECT 1 FROM gone) AND child.type = 'table' AND lower(key.\"table\") IN (SELECT name FROM gone) ORDER BY 1, 2";

/** SQLite checks rows only; without any, it says nothing until one is to be written, and then lets none in. */
async function findForsaken(connection: Connection): Promise<readonly string[]> {
  const rows = await connection.query(FORSAKEN);
  return rows.map((row) => `no such table: main.${readText(row, "parent")}, to which ${readText(row, "child")} points`);
}

/**
 * Foreign keys are not enforced while a revision runs, so it is compared what points nowhere before and after it. Rows are told apart
 * by their number, which a rebuild keeps, and tables by what they were called before.
 */
export const REFERENCES: ReferenceRules = {
  begin: {
    sql: `CREATE TABLE ${TABLES} AS SELECT name AS known, name, rootpage FROM main.sqlite_schema WHERE type = 'table' AND rootpage > 0`,
    isAuxiliary: true,
  },
  stock: (without) => ({ sql: `CREATE TABLE ${BROKEN} AS ${countBroken(without)}`, isAuxiliary: true }),
  emptyStock: { sql: `CREATE TABLE ${BROKEN} (child, number, parent, amount)`, isAuxiliary: true },
  renameTable: (from, to) => ({
    sql: `UPDATE ${TABLES} SET name = ${quoteLiteral(to)} WHERE name = ${quoteLiteral(from)} COLLATE NOCASE`,
    isAuxiliary: true,
  }),
  guard: (without, forgiven) => ({
    guard: "rows point nowhere",
    sql:
      `WITH now AS (${countBroken(without)}), ` +
      "names AS (SELECT child AS name FROM now UNION SELECT parent FROM now), " +
      `tables AS (SELECT name, ${findKnownName("names.name")} AS known FROM names) ` +
      'SELECT now.child AS "table", now.parent AS "parent", sum(now.amount - coalesce(old.amount, 0)) AS "rows" ' +
      "FROM now JOIN tables AS c ON c.name = now.child JOIN tables AS p ON p.name = now.parent " +
      `LEFT JOIN ${BROKEN} AS old ON old.child = c.known COLLATE NOCASE AND old.parent = p.known COLLATE NOCASE ` +
      "AND old.number IS now.number " +
      `WHERE now.amount > coalesce(old.amount, 0)${forgiven.length > 0 ? ` AND c.known NOT IN (${list(forgiven)})` : ""} ` +
      "GROUP BY now.child, now.parent ORDER BY now.child, now.parent",
  }),
  end: [
    { sql: `DROP TABLE ${BROKEN}`, isAuxiliary: true },
    { sql: `DROP TABLE ${TABLES}`, isAuxiliary: true },
  ],
  findUncheckable,
  findForsaken,
};
