import { dispatchColumnType, type ColumnType, type ColumnTypeTable } from "../../schema/model/column-type.ts";
import type { Capabilities } from "./capabilities.ts";

/** The widest type of each kind, so that a value which another engine holds is held here too. https://mariadb.com/kb/en/data-types/ */
const RENDERED: ColumnTypeTable<string> = {
  text: () => "longtext",
  varchar: ({ length }) => `varchar(${length})`,
  char: ({ length }) => `char(${length})`,
  smallint: () => "smallint",
  integer: () => "int",
  bigint: () => "bigint",
  real: () => "float",
  double: () => "double",
  decimal: ({ precision, scale }) => `decimal(${precision},${scale})`,
  boolean: () => "tinyint(1)",
  date: () => "date",
  time: () => "time(6)",
  timestamp: ({ timezone }) => (timezone ? "timestamp(6)" : "datetime(6)"),
  json: () => "json",
  uuid: () => "uuid",
  bytes: () => "longblob",
  raw: ({ sql }) => sql,
};

/** With the widths that MariaDB shows for numbers, and without them, as MySQL does. */
const PLAIN: ReadonlyMap<string, ColumnType> = new Map<string, ColumnType>([
  ["longtext", { kind: "text" }],
  ["smallint(6)", { kind: "smallint" }],
  ["smallint", { kind: "smallint" }],
  ["int(11)", { kind: "integer" }],
  ["int", { kind: "integer" }],
  ["bigint(20)", { kind: "bigint" }],
  ["bigint", { kind: "bigint" }],
  ["float", { kind: "real" }],
  ["double", { kind: "double" }],
  ["tinyint(1)", { kind: "boolean" }],
  ["date", { kind: "date" }],
  ["time(6)", { kind: "time" }],
  ["datetime(6)", { kind: "timestamp", timezone: false }],
  ["timestamp(6)", { kind: "timestamp", timezone: true }],
  ["json", { kind: "json" }],
  ["uuid", { kind: "uuid" }],
  ["longblob", { kind: "bytes" }],
]);

const CHARACTERS = /^(varchar|char)\((\d+)\)$/;
const DECIMAL = /^decimal\((\d+),(\d+)\)$/;

/**
 * The type in the engine's words.
 *
 * @param capabilities of the server that it is for; default: a new MariaDB
 */
export function renderType(type: ColumnType, capabilities?: Capabilities): string {
  // The form that people write, which is what drivers give and take.
  if (type.kind === "uuid" && capabilities?.hasUuidType === false) return "char(36)";
  return dispatchColumnType(RENDERED, type);
}

/**
 * The portable kind behind the engine's words, those of its catalogue and those that {@link renderType} writes; everything else stays `raw` as the server
 * spells it.
 *
 * @example
 * parseType("varchar(255)"); // { kind: "varchar", length: 255 }
 */
export function parseType(sql: string): ColumnType {
  const plain = PLAIN.get(sql);
  if (plain) return plain;
  const [, word = "", length = ""] = CHARACTERS.exec(sql) ?? [];
  if (word === "varchar" || word === "char") return { kind: word, length: Number(length) };
  const [, precision = "", scale = ""] = DECIMAL.exec(sql) ?? [];
  if (precision !== "") return { kind: "decimal", precision: Number(precision), scale: Number(scale) };
  return { kind: "raw", sql };
}

/** Whether values of the type have no length that an index could hold as a whole. */
export function isUnbounded(type: ColumnType): boolean {
  if (type.kind === "raw") return /^(?:tiny|medium|long)?(?:text|blob)\b/i.test(type.sql);
  return type.kind === "text" || type.kind === "json" || type.kind === "bytes";
}

/** Whether values of the type compare by a collation. */
export function isText(type: ColumnType): boolean {
  if (type.kind === "raw") return /^(?:(?:tiny|medium|long)?text|varchar|char|enum|set)\b/i.test(type.sql);
  return type.kind === "text" || type.kind === "varchar" || type.kind === "char";
}
