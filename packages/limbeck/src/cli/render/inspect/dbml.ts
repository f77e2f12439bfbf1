import { isDeepStrictEqual } from "node:util";
import type { InspectResult } from "../../../commands/inspect.ts";
import type { Column, ColumnDefault } from "../../../schema/model/column.ts";
import type { ColumnType } from "../../../schema/model/column-type.ts";
import type { Constraint, ForeignKey } from "../../../schema/model/constraint.ts";
import type { TableIndex } from "../../../schema/model/table-index.ts";
import { findColumn, findPrimaryKey, type Table } from "../../../schema/model/table.ts";
import { areUnique, isKey } from "./describe-column.ts";

/** DBML reads in quotation marks what JavaScript does. @see https://dbml.dbdiagram.io/docs/ */
const escape = (text: string): string =>
  text
    .replaceAll("\\", "\\\\")
    .replaceAll("\n", String.raw`\n`)
    .replaceAll("\r", String.raw`\r`);
/** A column needs a name; SQLite lets it be empty. */
const quote = (name: string): string => `"${name === "" ? "_" : escape(name).replaceAll('"', String.raw`\"`)}"`;
const quoteText = (text: string): string => `'${escape(text).replaceAll("'", String.raw`\'`)}'`;
/** A backtick cannot stand in an expression, which nothing runs: names are quoted as standard SQL does. */
const quoteExpression = (sql: string): string => `\`${sql.replaceAll("`", '"').replaceAll(/\s+/g, " ")}\``;

const inBrackets = (settings: readonly string[]): string => (settings.length === 0 ? "" : ` [${settings.join(", ")}]`);

function renderDefault(value: ColumnDefault): string {
  if (value.kind === "now") return quoteExpression("now()");
  if (value.kind === "expression") return quoteExpression(value.sql);
  const { value: literal } = value;
  if (typeof literal === "string") return quoteText(literal);
  return typeof literal === "number" || typeof literal === "boolean" || literal === null
    ? String(literal)
    : quoteText(JSON.stringify(literal));
}

function renderColumn(column: Column, table: Table, renderType: (type: ColumnType) => string): string {
  const { name, type, nullable, autoIncrement, comment } = column;
  const isPrimary = isKey(table, name, "primaryKey");
  const settings = [
    ...(isPrimary ? ["pk"] : []),
    ...(autoIncrement ? ["increment"] : []),
    ...(nullable || isPrimary ? [] : ["not null"]),
    ...(isKey(table, name, "unique") ? ["unique"] : []),
    ...(column.default ? [`default: ${renderDefault(column.default)}`] : []),
    ...(comment === undefined ? [] : [`note: ${quoteText(comment)}`]),
  ];
  return `  ${quote(name)} ${quote(renderType(type))}${inBrackets(settings)}`;
}

function renderKey(constraint: Constraint): readonly string[] {
  if (constraint.kind !== "primaryKey" && constraint.kind !== "unique") return [];
  if (constraint.columns.length < 2) return [];
  const name = constraint.name === undefined ? [] : [`name: ${quoteText(constraint.name)}`];
  const columns = constraint.columns.map(quote).join(", ");
  return [`    (${columns})${inBrackets([constraint.kind === "primaryKey" ? "pk" : "unique", ...name])}`];
}

function renderIndex({ name, unique, parts, where }: TableIndex): string {
  const terms = parts.map(({ column, expression = "" }) =>
    column === undefined ? quoteExpression(expression) : quote(column),
  );
  const note = `${unique ? "unique " : ""}where ${where}`;
  const settings = [
    ...(unique && where === undefined ? ["unique"] : []),
    `name: ${quoteText(name)}`,
    ...(where === undefined ? [] : [`note: ${quoteText(note)}`]),
  ];
  return `    (${terms.join(", ")})${inBrackets(settings)}`;
}

function renderTable(table: Table, renderType: (type: ColumnType) => string): string {
  const { name, columns, constraints, indexes, comment } = table;
  const keys = [...constraints.flatMap(renderKey), ...indexes.map(renderIndex)];
  return [
    `Table ${quote(name)} {`,
    ...columns.map((column) => renderColumn(column, table, renderType)),
    ...(keys.length > 0 ? ["", "  indexes {", ...keys, "  }"] : []),
    ...(comment === undefined ? [] : ["", `  Note: ${quoteText(comment)}`]),
    "}",
  ].join("\n");
}

function renderEnd(table: string, columns: readonly string[]): string {
  const [only, ...more] = columns.map(quote);
  return `${quote(table)}.${only !== undefined && more.length === 0 ? only : `(${columns.map(quote).join(", ")})`}`;
}

/** A line between tables. DBML draws one between the same columns once, and takes a column that points to itself, or to what does not stand there, for a mistake. */
interface Reference {
  readonly ends: string;
  readonly line: string;
}

function renderReference(key: ForeignKey, table: Table, tables: readonly Table[]): readonly Reference[] {
  const target = tables.find(({ name }) => name === key.references.table);
  const columns =
    key.references.columns.length > 0 ? key.references.columns : ((target && findPrimaryKey(target)?.columns) ?? []);
  if (!target || columns.length === 0 || !columns.every((column) => findColumn(target, column))) return [];
  if (target === table && isDeepStrictEqual(columns.toSorted(), key.columns.toSorted())) return [];
  const ends = [renderEnd(table.name, key.columns), renderEnd(key.references.table, columns)];
  const actions = [
    ...(key.onDelete ? [`delete: ${key.onDelete}`] : []),
    ...(key.onUpdate ? [`update: ${key.onUpdate}`] : []),
  ];
  const line = `Ref: ${ends.join(areUnique(table, key.columns) ? " - " : " > ")}${inBrackets(actions)}`;
  const inAnyOrder = [
    renderEnd(table.name, key.columns.toSorted()),
    renderEnd(key.references.table, columns.toSorted()),
  ];
  return [{ ends: inAnyOrder.toSorted().join(" "), line }];
}

/**
 * The tables in DBML, as dbdiagram.io and others draw them; it has no words for views and triggers, nor for tables without columns of their own, as partitions
 * are.
 */
export function renderDbml({ schema }: InspectResult, renderType: (type: ColumnType) => string): string {
  const tables = schema.tables.filter(({ columns }) => columns.length > 0);
  const references = tables.flatMap((table) =>
    table.constraints.flatMap((one) => (one.kind === "foreignKey" ? renderReference(one, table, tables) : [])),
  );
  const lines = new Map(references.toReversed().map(({ ends, line }) => [ends, line]));
  const drawn = [...lines.values()].toReversed();
  return [
    ...tables.map((table) => renderTable(table, renderType)),
    ...(drawn.length > 0 ? [drawn.join("\n")] : []),
  ].join("\n\n");
}
