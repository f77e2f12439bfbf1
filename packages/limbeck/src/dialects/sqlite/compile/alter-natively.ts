import type { CompileContext } from "../../../dialect/dialect.ts";
import type { Statement } from "../../../dialect/statement.ts";
import { requireTable } from "../../../ops/apply/edit-schema.ts";
import { isSameData } from "../../../ops/apply/same-data.ts";
import type { OperationMap, TableOperation } from "../../../ops/operation.ts";
import type { Column } from "../../../schema/model/column.ts";
import type { Table } from "../../../schema/model/table.ts";
import { findCapabilities } from "../capabilities.ts";
import { foldName } from "../../../kernel/fold-name.ts";
import { quoteIdentifier } from "../quote.ts";
import { isRenamable } from "./key-order.ts";
import { isNeverNull } from "./never-null.ts";
import { readOptions } from "./read-options.ts";
import { guardCheck, guardNulls } from "./rebuild-guards.ts";
import { renderConflict } from "./render-clauses.ts";
import { renderColumn } from "./render-column.ts";
import { renderConstraint } from "./render-constraint.ts";
import { renderDefault } from "./render-default.ts";
import { renderCreateIndex } from "./render-table.ts";

/** How SQLite alters a table in place, or why it cannot. https://www.sqlite.org/lang_altertable.html */
export type NativeAlteration = { readonly statements: readonly Statement[] } | { readonly reason: string };

const NOTHING: NativeAlteration = { statements: [] };

const run = (...statements: readonly Statement[]): NativeAlteration => ({ statements });

const alter = (table: string, change: string): Statement => ({
  sql: `ALTER TABLE ${quoteIdentifier(table)} ${change}`,
});

/** DEFAULT wants expressions in parentheses; text that no literal can hold is one too. */
const isConstant = (sql: string | undefined): boolean => sql !== undefined && !sql.startsWith("(");

/** Why ADD COLUMN cannot add a column; undefined when it can. */
function findAddObstacle(before: Table, { column, after }: OperationMap["addColumn"]): string | undefined {
  const last = before.columns.at(-1)?.name;
  if (after !== undefined && after !== last) return "SQLite adds columns only at the end.";
  if (column.autoIncrement) return "SQLite cannot add a column that numbers the rows.";
  if (column.generated?.storage === "stored") return "SQLite cannot add a stored generated column.";
  if (column.generated) return undefined;
  const hasConstant = column.default?.kind === "value" && isConstant(renderDefault(column));
  if (column.default && !hasConstant) return "SQLite cannot add a column whose default is not a constant.";
  return column.nullable || hasConstant ? undefined : "SQLite cannot add a NOT NULL column without a default.";
}

/**
 * ADD COLUMN, with constraints that are written at the column.
 *
 * @param constraints checks and foreign keys of this column only
 */
export function addColumnNatively(
  operation: OperationMap["addColumn"],
  constraints: readonly string[],
  { before, after }: CompileContext,
): NativeAlteration {
  const { table, column } = operation;
  const obstacle = findAddObstacle(requireTable(before, table), operation);
  if (obstacle !== undefined) return { reason: obstacle };
  const definition = [renderColumn(requireTable(after, table), column), ...constraints].join(" ");
  return run(alter(table, `ADD COLUMN ${definition}`));
}

/** A column apart from whether it may be NULL, and from its comment, which SQLite does not keep. */
function withoutNullability({ nullable: _nullable, comment: _comment, ...rest }: Column): object {
  return rest;
}

function alterColumnNatively(
  { table, from, to, using }: OperationMap["alterColumn"],
  { serverVersion }: CompileContext,
): NativeAlteration {
  if (using !== undefined) return { reason: "SQLite gives a column other values only while it copies the table." };
  const isSame = isSameData(withoutNullability(from), withoutNullability(to));
  if (isSame && from.nullable === to.nullable) return NOTHING;
  const reason = "SQLite cannot change a column in place, except for NOT NULL since 3.53.";
  if (!isSame || !findCapabilities(serverVersion).alterNotNull) return { reason };
  const column = quoteIdentifier(to.name);
  if (to.nullable) return run(alter(table, `ALTER COLUMN ${column} DROP NOT NULL`));
  const { notNullConflict, notNullName } = readOptions(to.options, "column", `Column "${table}.${to.name}"`);
  if (notNullName !== undefined) return { reason: "SQLite cannot name a NOT NULL that it adds." };
  const change = `ALTER COLUMN ${column} SET NOT NULL${renderConflict(notNullConflict)}`;
  return run(guardNulls(table, to.name), alter(table, change));
}

function addConstraintNatively(
  { table, constraint }: OperationMap["addConstraint"],
  { before, serverVersion }: CompileContext,
): NativeAlteration {
  if (constraint.kind !== "check") return { reason: "SQLite cannot add keys to a table that exists." };
  if (!findCapabilities(serverVersion).alterCheck) return { reason: "SQLite adds checks in place only since 3.53." };
  if (constraint.options) return { reason: "SQLite cannot add a check with options in place." };
  // A check lets rows pass for which it is NULL, but not those that are there when ADD CONSTRAINT adds it (seen with 3.53.4).
  if (!isNeverNull(constraint.expression, requireTable(before, table))) {
    return { reason: "SQLite would refuse rows for which the check is NULL." };
  }
  return run(guardCheck(table, constraint), alter(table, `ADD ${renderConstraint(constraint)}`));
}

/** All constraint names in the text of a table: columns keep those of their NOT NULL, DEFAULT and so on as options. */
function collectNames({ columns, constraints }: Table): readonly string[] {
  const clauses = columns.flatMap(({ options }) => Object.values(options?.["sqlite"] ?? {}));
  return [...constraints.map(({ name }) => name), ...clauses].filter((name) => typeof name === "string").map(foldName);
}

function isOnlyOneOfItsName(name: string, table: Table): boolean {
  return collectNames(table).filter((other) => other === foldName(name)).length === 1;
}

function dropConstraintNatively(
  { table, constraint }: OperationMap["dropConstraint"],
  { before, serverVersion }: CompileContext,
): NativeAlteration {
  if (constraint.kind !== "check") return { reason: "SQLite cannot drop keys from a table." };
  if (!findCapabilities(serverVersion).alterCheck) return { reason: "SQLite drops checks in place only since 3.53." };
  if (constraint.name === undefined) return { reason: "SQLite cannot drop a check that has no name." };
  if (!isOnlyOneOfItsName(constraint.name, requireTable(before, table))) {
    return { reason: "Several constraints of the table have that name." };
  }
  return run(alter(table, `DROP CONSTRAINT ${quoteIdentifier(constraint.name)}`));
}

function dropColumnNatively(
  { table, column }: OperationMap["dropColumn"],
  { before, serverVersion }: CompileContext,
): NativeAlteration {
  const others = requireTable(before, table).columns.filter(
    ({ name, generated }) => name !== column.name && !generated,
  );
  if (others.length === 0) return { reason: "SQLite cannot drop the last column of a table, even if another follows." };
  if (!findCapabilities(serverVersion).dropColumn) return { reason: "SQLite drops columns in place only since 3.35." };
  return run(alter(table, `DROP COLUMN ${quoteIdentifier(column.name)}`));
}

function renameColumnNatively(
  { table, from, to }: OperationMap["renameColumn"],
  { before }: CompileContext,
): NativeAlteration {
  if (!isRenamable(requireTable(before, table), from)) {
    return { reason: "SQLite cannot rename an INTEGER key that a UNIQUE on its other side names too." };
  }
  return run(alter(table, `RENAME COLUMN ${quoteIdentifier(from)} TO ${quoteIdentifier(to)}`));
}

/**
 * A change of one table in SQLite's own words.
 *
 * @param context the schema right before and after this change
 */
export function alterNatively(operation: TableOperation, context: CompileContext): NativeAlteration {
  switch (operation.kind) {
    case "addColumn":
      return addColumnNatively(operation, [], context);
    case "dropColumn":
      return dropColumnNatively(operation, context);
    case "renameColumn":
      return renameColumnNatively(operation, context);
    case "alterColumn":
      return alterColumnNatively(operation, context);
    case "addConstraint":
      return addConstraintNatively(operation, context);
    case "dropConstraint":
      return dropConstraintNatively(operation, context);
    case "createIndex":
      return run({ sql: renderCreateIndex(operation.table, operation.index) });
    case "dropIndex":
      return run({ sql: `DROP INDEX ${quoteIdentifier(operation.index.name)}` });
    case "setTableOptions":
      return isSameData(operation.from?.["sqlite"] ?? {}, operation.to?.["sqlite"] ?? {})
        ? NOTHING
        : { reason: "SQLite cannot change the options of a table." };
    default:
      // SQLite has no comments; the schema in the models is where they live.
      return NOTHING;
  }
}
