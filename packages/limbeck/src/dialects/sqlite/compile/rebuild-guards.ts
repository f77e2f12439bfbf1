import type { Statement } from "../../../dialect/statement.ts";
import { describeType } from "../../../ops/describe/describe-type.ts";
import { mentionsIdentifier } from "../../../ops/expression/identifiers.ts";
import type { Constraint } from "../../../schema/model/constraint.ts";
import type { Schema } from "../../../schema/model/schema.ts";
import type { Table } from "../../../schema/model/table.ts";
import { foldName } from "../../../kernel/fold-name.ts";
import { quoteIdentifier, quoteLiteral } from "../quote.ts";
import { convertColumn } from "./convert-column.ts";
import type { RebuildPlan } from "./rebuild-plan.ts";
import { quoteList } from "./render-clauses.ts";
import { findRowidColumn } from "./rowid-column.ts";

/** A guard that fires when a condition holds for some rows, and tells how many. */
function guardRows(table: string, condition: string, meaning: string): Statement {
  const count = `SELECT count(*) AS "rows" FROM ${quoteIdentifier(table)} WHERE ${condition}`;
  return { sql: `SELECT "rows" FROM (${count}) WHERE "rows" > 0`, guard: meaning };
}

/**
 * Fires when rows have NULL in a column that is to refuse it.
 *
 * @param value what the column gets; default what it has
 */
export function guardNulls(table: string, column: string, value: string = quoteIdentifier(column)): Statement {
  return guardRows(
    table,
    `${value} IS NULL`,
    `some rows of ${table} have no ${column}, so it cannot become NOT NULL; fill them in first`,
  );
}

/** Fires when rows break a new check. */
export function guardCheck(table: string, constraint: Constraint & { readonly kind: "check" }): Statement {
  const name = constraint.name === undefined ? "" : ` ${constraint.name}`;
  return guardRows(
    table,
    `NOT (${constraint.expression})`,
    `some rows of ${table} break the new check${name} (${constraint.expression})`,
  );
}

/** Dropping the old table deletes its rows, which with enforced keys would delete or change the rows that point to them. */
export const GUARD_FOREIGN_KEYS: Statement = {
  sql: "SELECT foreign_keys FROM pragma_foreign_keys WHERE foreign_keys = 1",
  guard:
    "foreign keys are enforced, and then rebuilding a table would delete the rows that point to it; run PRAGMA foreign_keys=OFF before the transaction",
  isAuxiliary: true,
};

const HIDDEN =
  "SELECT hiding.name FROM sqlite_temp_schema AS hiding JOIN main.sqlite_schema AS hidden ON hidden.name = hiding.name COLLATE NOCASE " +
  "WHERE hiding.type IN ('table', 'view') AND hidden.type IN ('table', 'view')";

/**
 * Fires when a temporary table or view has the name of one of the database: a name without a schema means the temporary one.
 * https://www.sqlite.org/lang_naming.html
 *
 * @param name default: any table
 */
export function guardHidden(name?: string): Statement {
  return {
    sql: name === undefined ? HIDDEN : `${HIDDEN} AND hidden.name = ${quoteLiteral(name)} COLLATE NOCASE`,
    guard: `a temporary table or view hides ${name ?? "one of the database"}, so that changes would go there; give it another name, or drop it first`,
    isAuxiliary: true,
  };
}

/** Fires when the database holds indexes or triggers that the schema does not know, temporary triggers among them, which would be lost. */
export function guardUnknownObjects(table: Table, schema: Schema): Statement {
  const triggers = schema.triggers.filter((trigger) => foldName(trigger.table) === foldName(table.name));
  const known = [...table.indexes, ...triggers].map(({ name }) => quoteLiteral(name));
  const ofTable = `tbl_name = ${quoteLiteral(table.name)} COLLATE NOCASE`;
  return {
    sql:
      "SELECT type, name FROM main.sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL " +
      `AND ${ofTable} AND name NOT IN (${known.join(", ")}) ` +
      `UNION ALL SELECT 'temporary trigger', name FROM sqlite_temp_schema WHERE type = 'trigger' AND ${ofTable}`,
    guard: `${table.name} has an index or a trigger that a rebuild would lose, because it is temporary, was not there when the schema was read, or cannot be read`,
    isAuxiliary: true,
  };
}

function guardMissingValues({ before, target, added }: RebuildPlan): readonly Statement[] {
  const rowid = findRowidColumn(target);
  return added
    .filter((column) => !column.nullable && !column.default && column.name !== rowid)
    .map(({ name }) =>
      guardRows(
        before.name,
        "1",
        `the new column ${name} of ${before.name} is NOT NULL and has no default, so the rows already there would have no value; ` +
          "give it a default, or add it nullable, fill it in and make it NOT NULL then",
      ),
    );
}

/** Also before a column becomes the rowid, where a row without a number would silently be given one. */
function guardNullability({ before, target, copied }: RebuildPlan): readonly Statement[] {
  const rowid = findRowidColumn(target);
  const formerRowid = findRowidColumn(before);
  return copied
    .filter(({ from, to, using }) => {
      const refusesNull = !to.nullable || to.name === rowid;
      return refusesNull && (using !== undefined || (from.nullable && from.name !== formerRowid));
    })
    .map(({ from, using }) => guardNulls(before.name, from.name, using && `(${using})`));
}

function guardConversions(plan: RebuildPlan): readonly Statement[] {
  const { before, copied } = plan;
  return copied.flatMap((copiedColumn) => {
    const { from, to } = copiedColumn;
    const column = quoteIdentifier(from.name);
    const { misfit } = convertColumn(plan, copiedColumn);
    if (misfit === undefined) return [];
    const type = describeType(to.type);
    const meaning = `some values of ${before.name}.${from.name} cannot be kept as ${type}; correct or convert them first`;
    return [guardRows(before.name, `${column} IS NOT NULL AND (${misfit})`, meaning)];
  });
}

const isSame = (a: Constraint, b: Constraint): boolean => JSON.stringify(a) === JSON.stringify(b);

function guardUniqueness({ before, target, copied }: RebuildPlan): readonly Statement[] {
  const unconverted = new Set(
    copied
      .filter(({ from, to, using }) => from.collation === to.collation && using === undefined)
      .map(({ to }) => to.name),
  );
  return target.constraints.flatMap((constraint) => {
    if (constraint.kind !== "unique" && constraint.kind !== "primaryKey") return [];
    if (before.constraints.some((one) => isSame(one, constraint)) || constraint.options) return [];
    if (!constraint.columns.every((column) => unconverted.has(column))) return [];
    const columns = quoteList(constraint.columns);
    const filled = constraint.columns.map((column) => `${quoteIdentifier(column)} IS NOT NULL`).join(" AND ");
    const groups = `SELECT 1 FROM ${quoteIdentifier(before.name)} WHERE ${filled} GROUP BY ${columns} HAVING count(*) > 1`;
    return [
      {
        sql: `SELECT "duplicates" FROM (SELECT count(*) AS "duplicates" FROM (${groups})) WHERE "duplicates" > 0`,
        guard: `several rows of ${before.name} have the same (${constraint.columns.join(", ")}), which is to be unique`,
      },
    ];
  });
}

function guardChecks({ before, target, copied }: RebuildPlan): readonly Statement[] {
  const changed = target.columns.filter(
    (column) =>
      !copied.some(
        ({ from, to, using }) =>
          to === column && using === undefined && JSON.stringify(from.type) === JSON.stringify(to.type),
      ),
  );
  return target.constraints.flatMap((constraint) => {
    if (constraint.kind !== "check" || before.constraints.some((one) => isSame(one, constraint))) return [];
    // Over columns that are not there yet, or hold other values yet, the engine judges while it copies.
    if (changed.some(({ name }) => mentionsIdentifier(constraint.expression, name))) return [];
    return [guardCheck(before.name, constraint)];
  });
}

/** Looks, before anything is changed, for rows that the new table would not take. */
export function guardValues(plan: RebuildPlan): readonly Statement[] {
  return [
    ...guardMissingValues(plan),
    ...guardNullability(plan),
    ...guardConversions(plan),
    ...guardUniqueness(plan),
    ...guardChecks(plan),
  ];
}
