import type { InspectResult } from "../../../commands/inspect.ts";
import type { ColumnType } from "../../../schema/model/column-type.ts";
import type { Constraint } from "../../../schema/model/constraint.ts";
import type { IndexPart, TableIndex } from "../../../schema/model/table-index.ts";
import type { Sequence } from "../../../schema/model/sequence.ts";
import type { Table } from "../../../schema/model/table.ts";
import type { Style } from "../../style.ts";
import { measureText } from "../fit-text.ts";
import { wrapText } from "../wrap-text.ts";
import { describeColumn, describeTarget } from "./describe-column.ts";
import { describeOptions } from "./describe-options.ts";

type RenderType = (type: ColumnType) => string;

/** Columns that leave room for the rest of their line. */
const WIDEST = 24;

/** Between two columns, and before the first one. */
const GAP = "  ";

const pad = (text: string, width: number): string => text + " ".repeat(Math.max(0, width - measureText(text)));

/** A line whose last part goes on below, under itself, where it is too long. */
function renderRow(first: string, rest: string, { width }: Style): string {
  const indent = " ".repeat(measureText(first));
  return (first + wrapText(rest, width, indent).slice(indent.length)).trimEnd();
}

/** A type on lines of its own: a list of values has no space to be broken at, and spaces inside of values. */
function breakType(type: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const part of type.split(/(?<=',)(?=')/)) {
    const last = lines.at(-1);
    if (last !== undefined && measureText(last) + measureText(part) <= width) lines[lines.length - 1] = last + part;
    else lines.push(part);
  }
  return lines;
}

function renderColumns(table: Table, renderType: RenderType, style: Style): readonly string[] {
  const rows = table.columns.map((column) => ({ name: column.name, type: renderType(column.type), column }));
  const widest = (texts: readonly string[]): number => Math.min(WIDEST, Math.max(0, ...texts.map(measureText)));
  const names = widest(rows.map(({ name }) => name));
  const types = widest(rows.map(({ type }) => type));
  const below = " ".repeat(names + GAP.length * 2);
  return rows.flatMap(({ name, type, column }) => {
    const place = `${GAP}${pad(name, names)}${GAP}`;
    const details = describeColumn(column, table, style.symbols.arrow);
    if (measureText(type) <= types) return [renderRow(`${place}${pad(type, types)}${GAP}`, details, style)];
    const [first = "", ...others] = breakType(type, style.width - measureText(place) - GAP.length);
    return [
      place + first,
      ...others.map((line) => below + GAP + line),
      ...(details === "" ? [] : [renderRow(`${below}${" ".repeat(types)}${GAP}`, details, style)]),
    ];
  });
}

/** Whether the line of its column says all there is to say of it. */
const isOnColumn = (constraint: Constraint): boolean =>
  constraint.kind !== "check" && constraint.columns.length === 1 && listDetails(constraint).length === 0;

/** What a constraint has beside its columns and its target. */
function listDetails(constraint: Constraint): readonly string[] {
  const deferrable = "deferrable" in constraint ? constraint.deferrable : undefined;
  return [
    ...(deferrable === undefined ? [] : [`deferrable ${deferrable}`]),
    ...(constraint.kind === "foreignKey" && constraint.match ? [`match ${constraint.match}`] : []),
    ...describeOptions(constraint.options),
  ];
}

const withDetails = (text: string, details: readonly string[]): string => [text, ...details].join(", ");

function describeConstraint(constraint: Constraint, arrow: string): string {
  const name = constraint.name === undefined ? "" : ` ${constraint.name}`;
  const details = listDetails(constraint);
  if (constraint.kind === "check") return withDetails(`check${name}: ${constraint.expression}`, details);
  const columns = `(${constraint.columns.join(", ")})`;
  if (constraint.kind === "foreignKey") {
    return withDetails(`foreign key${name} ${columns} ${arrow} ${describeTarget(constraint)}`, details);
  }
  return withDetails(`${constraint.kind === "primaryKey" ? "primary key" : "unique"}${name} ${columns}`, details);
}

function describePart({ column, expression = "", order, collation, options }: IndexPart): string {
  return [
    column ?? expression,
    ...(collation === undefined ? [] : [`collate ${collation}`]),
    order === "desc" ? "desc" : "",
    ...describeOptions(options),
  ]
    .filter((word) => word !== "")
    .join(" ");
}

const describeIndex = ({ name, unique, parts, where, options }: TableIndex): string =>
  withDetails(
    `${unique ? "unique index" : "index"} ${name} (${parts.map(describePart).join(", ")})${where === undefined ? "" : ` where ${where}`}`,
    describeOptions(options),
  );

/** What a sequence counts by, as far as it is not the engine's default. */
function describeSequence({ ownedBy, options, name: _name, ...settings }: Sequence): string {
  return [
    ...Object.entries(settings).map(([key, value]) => (value === true ? key : `${key} ${value}`)),
    ...describeOptions(options),
    ...(ownedBy ? [`owned by ${ownedBy.table}.${ownedBy.column}`] : []),
  ].join(", ");
}

function renderTable(table: Table, renderType: RenderType, style: Style): string {
  const { name, comment, options, constraints, indexes } = table;
  const { paint, symbols, width } = style;
  const about = [...describeOptions(options), ...(comment === undefined ? [] : [`"${comment}"`])];
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
  const sequences = schema.sequences.map((sequence) =>
    [paint("strong", sequence.name) + paint("dim", "  sequence"), describeSequence(sequence)]
      .filter((line) => line !== "")
      .join("\n  "),
  );
  const objects = schema.objects.map(
    ({ kind, name, definition }) =>
      `${paint("strong", name)}${paint("dim", `  ${kind}`)}\n${wrapText(definition, width, "  ")}`,
  );
  const tables = schema.tables.map((table) => renderTable(table, renderType, style));
  return [...enums, ...sequences, ...tables, ...views, ...triggers, ...objects].join("\n\n");
}
