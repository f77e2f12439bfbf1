import type { Statement } from "../../../dialect/statement.ts";
import type { Table } from "../../../schema/model/table.ts";
import { quoteName } from "../names.ts";
import type { ColumnStorage, InheritedColumn, PostgresTableOptions, StorageParameters } from "../options.ts";
import { quoteIdentifier, quoteText } from "../quote.ts";
import { commentOnColumn } from "./comments.ts";
import { readColumnOptions } from "./render-column.ts";
import { renderParameterNames, renderParameters } from "./render-clauses.ts";

/** Before version 16 no word means what the type says. https://www.postgresql.org/docs/current/sql-altertable.html */
function resetStorage(table: string, column: string): Statement {
  const storage =
    "CASE t.typstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END";
  const alter = `format('ALTER TABLE %s ALTER COLUMN %I SET STORAGE %s', ${quoteText(quoteName(table))}, ${quoteText(column)}, ${storage})`;
  const from = `pg_attribute AS a JOIN pg_type AS t ON t.oid = a.atttypid WHERE a.attrelid = ${quoteText(quoteName(table))}::regclass AND a.attname = ${quoteText(column)}`;
  return { sql: `DO $limbeck$ BEGIN EXECUTE (SELECT ${alter} FROM ${from}); END $limbeck$` };
}

/** What takes parameters away, and what sets others. */
export function alterParameters(own: string, from: StorageParameters, to: StorageParameters): readonly Statement[] {
  const gone = Object.fromEntries(Object.entries(from).filter(([name]) => to[name] === undefined));
  const changed = Object.fromEntries(Object.entries(to).filter(([name, value]) => from[name] !== value));
  return [
    ...(Object.keys(gone).length === 0 ? [] : [{ sql: `${own} RESET (${renderParameterNames(gone)})` }]),
    ...(Object.keys(changed).length === 0 ? [] : [{ sql: `${own} SET (${renderParameters(changed)})` }]),
  ];
}

/** How a column stores its values; also for a new one, which says nothing yet. */
export function alterStorage(
  table: string,
  column: string,
  from: ColumnStorage,
  to: ColumnStorage,
): readonly Statement[] {
  const own = `ALTER TABLE ${quoteName(table)} ALTER COLUMN ${quoteIdentifier(column)}`;
  const { storage } = to;
  const setStorage =
    storage === undefined ? resetStorage(table, column) : { sql: `${own} SET STORAGE ${storage.toUpperCase()}` };
  return [
    ...(from.storage === storage ? [] : [setStorage]),
    ...(from.compression === to.compression ? [] : [{ sql: `${own} SET COMPRESSION ${to.compression ?? "default"}` }]),
    ...(from.statistics === to.statistics ? [] : [{ sql: `${own} SET STATISTICS ${to.statistics ?? -1}` }]),
    ...alterParameters(own, from.with ?? {}, to.with ?? {}),
  ];
}

/** How the columns of a new table store their values. */
export function listStorage({ name, columns }: Table): readonly Statement[] {
  return columns
    .filter(({ options }) => options !== undefined)
    .flatMap((column) => alterStorage(name, column.name, {}, readColumnOptions(name, column)));
}

/** The defaults of a parent, for the columns of a part that have another one, or for one of them. */
export function adoptDefaults(part: string, column?: string): Statement {
  const only = column === undefined ? "" : ` AND a.attname = ${quoteText(column)}`;
  return {
    sql: `DO $limbeck$ DECLARE one record; BEGIN
  FOR one IN
    SELECT DISTINCT ON (a.attname) a.attname AS name, pg_get_expr(p.adbin, p.adrelid) AS value
    FROM pg_inherits AS i JOIN pg_attribute AS a ON a.attrelid = i.inhparent AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    LEFT JOIN pg_attrdef AS p ON p.adrelid = a.attrelid AND p.adnum = a.attnum
    JOIN pg_attribute AS c ON c.attrelid = i.inhrelid AND c.attname = a.attname
    LEFT JOIN pg_attrdef AS d ON d.adrelid = c.attrelid AND d.adnum = c.attnum
    WHERE i.inhrelid = ${quoteText(part)}::regclass AND pg_get_expr(p.adbin, p.adrelid) IS DISTINCT FROM pg_get_expr(d.adbin, d.adrelid)${only}
    ORDER BY a.attname, i.inhseqno
  LOOP
    EXECUTE format('ALTER TABLE %s ALTER COLUMN %I %s', ${quoteText(part)}, one.name, coalesce('SET DEFAULT ' || one.value, 'DROP DEFAULT'));
  END LOOP;
END $limbeck$`,
  };
}

function alterInherited(
  table: string,
  column: string,
  from: InheritedColumn,
  to: InheritedColumn,
): readonly Statement[] {
  const own = `ALTER TABLE ${quoteName(table)} ALTER COLUMN ${quoteIdentifier(column)}`;
  const setDefault = to.default === null ? "DROP DEFAULT" : `SET DEFAULT ${to.default ?? ""}`;
  const change = to.default === undefined ? adoptDefaults(quoteName(table), column) : { sql: `${own} ${setDefault}` };
  return [
    ...(from.default === to.default ? [] : [change]),
    ...alterStorage(table, column, from, to),
    ...((from.comment ?? "") === (to.comment ?? "") ? [] : [commentOnColumn(table, column, to.comment)]),
  ];
}

/** What a table says of its own about columns that it has from its parents; also for a new one. */
export function alterAllInherited(
  table: string,
  { inherited: from = {} }: PostgresTableOptions,
  { inherited: to = {} }: PostgresTableOptions,
): readonly Statement[] {
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return names.flatMap((name) => alterInherited(table, name, from[name] ?? {}, to[name] ?? {}));
}
