import type { InspectResult } from "../../../commands/inspect.ts";
import type { ColumnType } from "../../../schema/model/column-type.ts";
import type { Constraint } from "../../../schema/model/constraint.ts";
import type { DialectOptions } from "../../../schema/model/dialect-options.ts";
import type { IndexPart, TableIndex } from "../../../schema/model/table-index.ts";
import type { Table } from "../../../schema/model/table.ts";
import type { Style } from "../../style.ts";
import { measureText } from "../fit-text.ts";
import { wrapText } from "../wrap-text.ts";
import { describeColumn, describeTarget } from "./describe-column.ts";

type RenderType = (type: ColumnType) => string;

/** Columns that leave room for the rest of their line. */
const WIDEST = 24;

const pad = (text: string, width: number): string => text + " ".repeat(Math.max(0, width - measureText(text)));

/** A line whose last part goes on below, under itself, where it is too long. */
function renderRow(first: string, rest: string, { width }: Style): string {
  const indent = " ".repeat(measureText(first));
  return (first + wrapText(rest, width, indent).slice(indent.length)).trimEnd();
}

function renderColumns(table: Table, renderType: RenderType, style: Style): readonly string[] {
  const rows = table.columns.map((column) => ({ name: column.name, type: renderType(column.type), column }));
  const widest = (texts: readonly string[]): number => Math.min(WIDEST, Math.max(0, ...texts.map(measureText)));
  const names = widest(rows.map(({ name }) => name));
  const types = widest(rows.map(({ type }) => type));
  return rows.map(({ name, type, column }) =>
    renderRow(
      `  ${pad(name, names)}  ${pad(type, types)}  `,
      describeColumn(column, table, style.symbols.arrow),
      style,
    ),
  );
}

const isOnColumn = (constraint: Constraint): boolean => constraint.kind !== "check" && constraint.columns.length === 1;

function describeConstraint(constraint: Constraint, arrow: string): string {
  const name = constraint.name === undefined ? "" : ` ${constraint.name}`;
  if (constraint.kind === "check") return `check${name}: ${constraint.expression}`;
  const columns = `(${constraint.columns.join(", ")})`;
  if (constraint.kind === "foreignKey") return `foreign key${name} ${columns} ${arrow} ${describeTarget(constraint)}`;
  return `${constraint.kind === "primaryKey" ? "primary key" : "unique"}${name} ${columns}`;
}

function describePart({ column, expression = "", order, collation }: IndexPart): string {
  return [
    column ?? expression,
    ...(collation === undefined ? [] : [`collate ${collation}`]),
    order === "desc" ? "desc" : "",
  ]
    .filter((word) => word !== "")
    .join(" ");
}

const describeIndex = ({ name, unique, parts, where }: TableIndex): string =>
  `${unique ? "unique index" : "index"} ${name} (${parts.map(describePart).join(", ")})${where === undefined ? "" : ` where ${where}`}`;

/** Settings of one engine: `strict, withoutRowid`, `engine InnoDB`. */
const describeOptions = (options: DialectOptions): string =>
  Object.values(options)
    .flatMap((settings) => Object.entries(settings))
    .map(([name, value]) => (value === true ? name : `${name} ${JSON.stringify(value)}`))
    .join(", ");

function renderTable(table: Table, renderType: RenderType, style: Style): string {
  const { name, comment, options, constraints, indexes } = table;
  const { paint, symbols, width } = style;
  const about = [...(options ? [describeOptions(options)] : []), ...(comment === undefined ? [] : [`"${comment}"`])];
  const more = [
    ...constraints.filter((one) => !isOnColumn(one)).map((one) => describeConstraint(one, symbols.arrow)),
    ...indexes.map(describeIndex),
  ];
  return [
    paint("strong", name) + (about.length > 0 ? paint("dim", `  ${about.join(", ")}`) : ""),
    ...renderColumns(table, renderType, style),
    ...more.map((text) => wrapText(text, width, "  ")),
  ].join("\n");
}

/** Tables with their columns, keys and indexes, views and triggers, for people. */
export function renderListing({ schema }: InspectResult, renderType: RenderType, style: Style): string {
  const { paint, width } = style;
  const views = schema.views.map(({ name, columns, definition }) => {
    const head = `${paint("strong", name)}${paint("dim", "  view")}${columns ? ` (${columns.join(", ")})` : ""}`;
    return `${head}\n${wrapText(definition, width, "  ")}`;
  });
  const triggers = schema.triggers.map(
    ({ name, table, definition }) =>
      `${paint("strong", name)}${paint("dim", `  trigger of ${table}`)}\n${wrapText(definition, width, "  ")}`,
  );
  const enums = schema.enums.map(
    ({ name, values }) =>
      `${paint("strong", name)}${paint("dim", "  enum")}\n${wrapText(values.join(", "), width, "  ")}`,
  );
  const sequences = schema.sequences.map(({ name }) => `${paint("strong", name)}${paint("dim", "  sequence")}`);
  const objects = schema.objects.map(
    ({ kind, name, definition }) =>
      `${paint("strong", name)}${paint("dim", `  ${kind}`)}\n${wrapText(definition, width, "  ")}`,
  );
  const tables = schema.tables.map((table) => renderTable(table, renderType, style));
  return [...enums, ...sequences, ...tables, ...views, ...triggers, ...objects].join("\n\n");
}
