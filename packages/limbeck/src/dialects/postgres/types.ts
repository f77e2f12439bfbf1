import { dispatchColumnType, type ColumnType, type ColumnTypeTable } from "../../schema/model/column-type.ts";

/** Words in which everyone writes the types; PostgreSQL itself has longer ones for some. https://www.postgresql.org/docs/current/datatype.html */
const RENDERED: ColumnTypeTable<string> = {
  text: () => "text",
  varchar: ({ length }) => `varchar(${length})`,
  char: ({ length }) => `char(${length})`,
  smallint: () => "smallint",
  integer: () => "integer",
  bigint: () => "bigint",
  real: () => "real",
  double: () => "double precision",
  decimal: ({ precision, scale }) => `numeric(${precision},${scale})`,
  boolean: () => "boolean",
  date: () => "date",
  time: () => "time",
  timestamp: ({ timezone }) => (timezone ? "timestamptz" : "timestamp"),
  // Of the two JSON types the one that can be compared and indexed.
  json: () => "jsonb",
  uuid: () => "uuid",
  bytes: () => "bytea",
  raw: ({ sql }) => sql,
};

const PLAIN: ReadonlyMap<string, ColumnType> = new Map<string, ColumnType>([
  ["text", { kind: "text" }],
  ["smallint", { kind: "smallint" }],
  ["integer", { kind: "integer" }],
  ["bigint", { kind: "bigint" }],
  ["real", { kind: "real" }],
  ["double precision", { kind: "double" }],
  ["boolean", { kind: "boolean" }],
  ["date", { kind: "date" }],
  ["time", { kind: "time" }],
  ["time without time zone", { kind: "time" }],
  ["timestamp", { kind: "timestamp", timezone: false }],
  ["timestamp without time zone", { kind: "timestamp", timezone: false }],
  ["timestamptz", { kind: "timestamp", timezone: true }],
  ["timestamp with time zone", { kind: "timestamp", timezone: true }],
  ["jsonb", { kind: "json" }],
  ["uuid", { kind: "uuid" }],
  ["bytea", { kind: "bytes" }],
]);

const CHARACTERS = /^(character varying|varchar|character|char) ?\(([1-9]\d*)\)$/;
const DECIMAL = /^(?:numeric|decimal) ?\((\d+), ?(\d+)\)$/;

/** The type in PostgreSQL's words. */
export function renderType(type: ColumnType): string {
  return dispatchColumnType(RENDERED, type);
}

/**
 * The portable kind behind PostgreSQL's words, those of `format_type` and those that {@link renderType} writes; everything else stays `raw` as the server
 * spells it.
 *
 * @example
 * parseType("character varying(255)"); // { kind: "varchar", length: 255 }
 */
export function parseType(sql: string): ColumnType {
  const plain = PLAIN.get(sql);
  if (plain) return plain;
  const [, word = "", length = ""] = CHARACTERS.exec(sql) ?? [];
  if (word !== "") return { kind: word.includes("var") ? "varchar" : "char", length: Number(length) };
  const [, precision = "", scale = ""] = DECIMAL.exec(sql) ?? [];
  if (precision !== "") return { kind: "decimal", precision: Number(precision), scale: Number(scale) };
  return { kind: "raw", sql };
}
