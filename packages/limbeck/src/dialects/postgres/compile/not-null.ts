import type { Statement } from "../../../dialect/statement.ts";
import type { Column } from "../../../schema/model/column.ts";
import { quoteName } from "../names.ts";
import type { PostgresColumnOptions } from "../options.ts";
import { quoteIdentifier } from "../quote.ts";
import { renderConstraintName } from "./render-clauses.ts";

type NotNullOptions = Pick<PostgresColumnOptions, "notNullName" | "notNullNoInherit" | "notNullNotValid">;

/** ` NOT NULL` of a new column, or nothing; a new table has no rows that NOT VALID could spare, so that it comes later. */
export function renderNotNull({ nullable }: Column, options: NotNullOptions): string {
  const { notNullName, notNullNoInherit, notNullNotValid } = options;
  if (nullable || notNullNotValid) return "";
  return ` ${renderConstraintName(notNullName)}NOT NULL${notNullNoInherit ? " NO INHERIT" : ""}`;
}

/** Has the column refuse NULL. What is more than that is a constraint with a name, from version 18. */
function setNotNull(table: string, { name }: Column, options: NotNullOptions): Statement {
  const { notNullName, notNullNoInherit, notNullNotValid } = options;
  const own = `ALTER TABLE ${quoteName(table)}`;
  const column = quoteIdentifier(name);
  if (!notNullName && !notNullNoInherit && !notNullNotValid)
    return { sql: `${own} ALTER COLUMN ${column} SET NOT NULL` };
  const words = [notNullNoInherit ? " NO INHERIT" : "", notNullNotValid ? " NOT VALID" : ""].join("");
  return { sql: `${own} ADD ${renderConstraintName(notNullName)}NOT NULL ${column}${words}` };
}

/** What of a new column CREATE TABLE and ADD COLUMN cannot say. */
export function completeNotNull(table: string, column: Column, options: NotNullOptions): readonly Statement[] {
  return options.notNullNotValid && !column.nullable ? [setNotNull(table, column, options)] : [];
}

/** Whether a column takes NULL, and who has to keep to that; its name alone changes nothing. */
export function alterNotNull(
  table: string,
  [from, before]: readonly [Column, NotNullOptions],
  [to, after]: readonly [Column, NotNullOptions],
): readonly Statement[] {
  const isSame = before.notNullNoInherit === after.notNullNoInherit && before.notNullNotValid === after.notNullNotValid;
  if (from.nullable === to.nullable && (to.nullable || isSame)) return [];
  const own = `ALTER TABLE ${quoteName(table)} ALTER COLUMN ${quoteIdentifier(to.name)}`;
  return [
    ...(from.nullable ? [] : [{ sql: `${own} DROP NOT NULL` }]),
    ...(to.nullable ? [] : [setNotNull(table, to, after)]),
  ];
}
