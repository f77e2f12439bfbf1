import type { ForeignKey } from "../../schema/model/constraint.ts";
import type { Schema } from "../../schema/model/schema.ts";
import { findPrimaryKey, type Table } from "../../schema/model/table.ts";
import type { Statement } from "../statement.ts";
import type { SoftDeleteWords } from "./soft-delete-words.ts";

type Quoting = Pick<SoftDeleteWords, "quoteIdentifier" | "quoteName">;

/** How many rows are named where some are in the way. */
const NAMED = 5;

/** The columns that tell one row of a table from another; all where nothing does. */
const listKey = (table: Table): readonly string[] =>
  findPrimaryKey(table)?.columns ?? table.columns.map(({ name }) => name);

const selectKey = (table: Table, alias: string, { quoteIdentifier }: Quoting): string =>
  listKey(table)
    .map((name) => `${alias}.${quoteIdentifier(name)}`)
    .join(", ");

/** The columns that a key points to: those it names, or the primary key. */
const listTargets = ({ references }: ForeignKey, target: Table): readonly string[] =>
  references.columns.length > 0 ? references.columns : (findPrimaryKey(target)?.columns ?? []);

function joinOn(
  columns: readonly string[],
  others: readonly string[],
  [left, right]: readonly [string, string],
  { quoteIdentifier }: Quoting,
): string {
  return columns
    .map((name, position) => `${left}.${quoteIdentifier(name)} = ${right}.${quoteIdentifier(others[position] ?? name)}`)
    .join(" AND ");
}

const listKeys = ({ constraints }: Table): readonly ForeignKey[] =>
  constraints.filter((one) => one.kind === "foreignKey");

/** Whether a table points to itself. */
export const pointsToItself = (table: Table): boolean =>
  listKeys(table).some(({ references }) => references.table === table.name);

/** Rows that stay and point to rows that are to be parked: taken away from under them, these would take them along, or leave them pointing nowhere. */
export function guardChildren(
  table: Table,
  column: string,
  { tables }: Schema,
  quoting: Quoting,
): readonly Statement[] {
  const { quoteIdentifier, quoteName } = quoting;
  const deleted = `parent.${quoteIdentifier(column)} IS NOT NULL`;
  return tables.flatMap((child) =>
    listKeys(child)
      .filter(({ references }) => references.table === table.name)
      .map((key): Statement => {
        const on = joinOn(key.columns, listTargets(key, table), ["child", "parent"], quoting);
        // Of a table that points to itself both may be deleted, and are parked together.
        const stays = child.name === table.name ? ` AND child.${quoteIdentifier(column)} IS NULL` : "";
        return {
          guard: `rows of ${child.name} point to deleted rows of ${table.name}, which cannot be parked from under them; delete them, or restore what they point to`,
          sql:
            `SELECT ${selectKey(child, "child", quoting)} FROM ${quoteName(child.name)} AS child ` +
            `JOIN ${quoteName(table.name)} AS parent ON ${on} WHERE ${deleted}${stays} LIMIT ${NAMED}`,
        };
      }),
  );
}

/** Rows that were deleted while others were being parked, and those that a trigger has kept. */
export function guardRest(table: Table, column: string, quoting: Quoting): Statement {
  const { quoteIdentifier, quoteName } = quoting;
  return {
    guard: `there are deleted rows in ${table.name} that are not parked, and would be live without ${column}`,
    sql:
      `SELECT ${selectKey(table, "one", quoting)} FROM ${quoteName(table.name)} AS one ` +
      `WHERE one.${quoteIdentifier(column)} IS NOT NULL LIMIT ${NAMED}`,
  };
}

/** What no two rows of a table may agree in, whatever else is true of them. */
function listUniqueKeys({ constraints, indexes }: Table): readonly (readonly string[])[] {
  return [
    ...constraints.flatMap((one) => (one.kind === "primaryKey" || one.kind === "unique" ? [one.columns] : [])),
    ...indexes
      .filter(({ unique, where, parts }) => unique && where === undefined && parts.every(({ column }) => column))
      .map(({ parts }) => parts.flatMap(({ column }) => column ?? [])),
  ];
}

/** Parked rows whose place has been taken, and those that would point nowhere. */
export function guardReturn(
  { table, parked, columns }: { readonly table: Table; readonly parked: string; readonly columns: readonly string[] },
  { tables }: Schema,
  quoting: Quoting,
): readonly Statement[] {
  const { quoteIdentifier, quoteName } = quoting;
  const isKept = (names: readonly string[]): boolean =>
    names.length > 0 && names.every((name) => columns.includes(name));
  const key = listKey(table).filter((name) => columns.includes(name));
  const select = (names: readonly string[]): string =>
    [...new Set([...key, ...names])].map((name) => `parked.${quoteIdentifier(name)}`).join(", ");
  const taken = listUniqueKeys(table)
    .filter(isKept)
    .map((names): Statement => ({
      guard: `a row of ${table.name} has taken the ${names.join(", ")} of a parked one; give that another one in ${parked}, or delete it there`,
      sql:
        `SELECT ${select(names)} FROM ${quoteName(parked)} AS parked ` +
        `JOIN ${quoteName(table.name)} AS live ON ${joinOn(names, names, ["parked", "live"], quoting)} LIMIT ${NAMED}`,
    }));
  const orphaned = listKeys(table).flatMap((one): readonly Statement[] => {
    const target = tables.find(({ name }) => name === one.references.table);
    if (!target || target.name === table.name || !isKept(one.columns)) return [];
    const given = one.columns.map((name) => `parked.${quoteIdentifier(name)} IS NOT NULL`).join(" AND ");
    const on = joinOn(one.columns, listTargets(one, target), ["parked", "parent"], quoting);
    return [
      {
        guard: `a parked row of ${table.name} points to a row of ${target.name} that is gone; change it in ${parked}, or delete it there`,
        sql:
          `SELECT ${select(one.columns)} FROM ${quoteName(parked)} AS parked WHERE ${given} ` +
          `AND NOT EXISTS (SELECT 1 FROM ${quoteName(target.name)} AS parent WHERE ${on}) LIMIT ${NAMED}`,
      },
    ];
  });
  return [...taken, ...orphaned];
}

/** Values that parked rows have and the table has no column for, and those that it wants and they do not have. */
export function guardColumns(table: Table, parked: Table, quoting: Quoting): readonly Statement[] {
  const { quoteIdentifier, quoteName } = quoting;
  const has = ({ columns }: Table, name: string): boolean => columns.some((column) => column.name === name);
  const key = listKey(table).filter((name) => has(parked, name));
  const select = (names: readonly string[]): string =>
    `SELECT ${[...new Set([...key, ...names])].map(quoteIdentifier).join(", ")} FROM ${quoteName(parked.name)}`;
  const homeless = parked.columns
    .filter(({ name }) => !has(table, name))
    .map(({ name }): Statement => ({
      guard: `parked rows of ${table.name} have values in ${name}, and the table has no such column; drop it from ${parked.name}, or rename it there`,
      sql: `${select([name])} WHERE ${quoteIdentifier(name)} IS NOT NULL LIMIT ${NAMED}`,
    }));
  const wanting = table.columns
    .filter((one) => !one.nullable && !one.default && !one.generated && !one.autoIncrement && !has(parked, one.name))
    .map(({ name }): Statement => ({
      guard: `parked rows of ${table.name} have no ${name}, which may not be NULL; add the column to ${parked.name}, with values`,
      sql: `${select([])} LIMIT ${NAMED}`,
    }));
  return [...homeless, ...wanting];
}
