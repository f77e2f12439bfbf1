import type { Column, ColumnDefault } from "../../../schema/model/column.ts";
import type { Constraint, ForeignKey } from "../../../schema/model/constraint.ts";
import type { Table } from "../../../schema/model/table.ts";
import { describeOptions } from "./describe-options.ts";

/** Whether a constraint is of one column alone, this one. */
const isOf = (constraint: Exclude<Constraint, { kind: "check" }>, column: string): boolean =>
  constraint.columns.length === 1 && constraint.columns[0] === column;

/** The foreign keys of a column alone. */
export function findReferences({ constraints }: Table, column: string): readonly ForeignKey[] {
  return constraints.filter((one): one is ForeignKey => one.kind === "foreignKey" && isOf(one, column));
}

/** Whether a column alone is the primary key, or unique. */
export function isKey({ constraints }: Table, column: string, kind: "primaryKey" | "unique"): boolean {
  return constraints.some((one) => one.kind === kind && isOf(one, column));
}

/** Whether no two rows may agree in these columns. */
export function areUnique({ constraints, indexes }: Table, columns: readonly string[]): boolean {
  const isSame = (names: readonly (string | undefined)[]): boolean =>
    names.length === columns.length && columns.every((column) => names.includes(column));
  return (
    constraints.some((one) => (one.kind === "primaryKey" || one.kind === "unique") && isSame(one.columns)) ||
    indexes.some(
      ({ unique, where, parts }) => unique && where === undefined && isSame(parts.map(({ column }) => column)),
    )
  );
}

/** A default as SQL has it. */
function describeDefault(value: ColumnDefault): string {
  if (value.kind === "now") return "now";
  if (value.kind === "expression") return value.sql;
  return typeof value.value === "string" ? `'${value.value.replaceAll("'", "''")}'` : JSON.stringify(value.value);
}

/** What a key points to: `lists.id`, `lists (a, b)`, and what happens then. */
export function describeTarget({ references: { table, columns }, onDelete, onUpdate }: ForeignKey): string {
  const [only, ...more] = columns;
  const target = only !== undefined && more.length === 0 ? `${table}.${only}` : `${table} (${columns.join(", ")})`;
  return [
    columns.length === 0 ? table : target,
    ...(onDelete && onDelete !== "no action" ? [`on delete ${onDelete}`] : []),
    ...(onUpdate && onUpdate !== "no action" ? [`on update ${onUpdate}`] : []),
  ].join(" ");
}

/** All there is to say of a column beside name and type, in few words. */
export function describeColumn(column: Column, table: Table, arrow: string): string {
  const { name, nullable, autoIncrement, generated, collation, comment } = column;
  const isPrimary = isKey(table, name, "primaryKey");
  return [
    ...(isPrimary ? ["primary key"] : []),
    ...(autoIncrement ? ["auto-increment"] : []),
    ...(nullable || isPrimary ? [] : ["not null"]),
    ...(isKey(table, name, "unique") ? ["unique"] : []),
    ...(column.default ? [`default ${describeDefault(column.default)}`] : []),
    ...(generated ? [`${generated.storage}: ${generated.expression}`] : []),
    ...(collation === undefined ? [] : [`collate ${collation}`]),
    ...describeOptions(column.options),
    ...findReferences(table, name).map((reference) => `${arrow} ${describeTarget(reference)}`),
    ...(comment === undefined ? [] : [`"${comment}"`]),
  ].join(", ");
}
