import type { Column, ColumnDefault } from "../../../packages/limbeck/src/schema/model/column.ts";
import type { ColumnType } from "../../../packages/limbeck/src/schema/model/column-type.ts";
import type { Constraint, ForeignKey, PrimaryKey } from "../../../packages/limbeck/src/schema/model/constraint.ts";
import type { Schema } from "../../../packages/limbeck/src/schema/model/schema.ts";
import type { TableIndex } from "../../../packages/limbeck/src/schema/model/table-index.ts";
import type { Table } from "../../../packages/limbeck/src/schema/model/table.ts";

/** A name as people write it: in quotation marks only where it has to be. */
export function writeName(name: string): string {
  const isBare = /^[a-z_]\w*$/.test(name) && name !== "order" && name !== "group";
  return isBare ? name : `"${name.replaceAll('"', '""')}"`;
}

const writeText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const writeNames = (names: readonly string[]): string => `(${names.map(writeName).join(", ")})`;

/** How the README says that SQLite calls the types. */
function writeType(type: ColumnType): string {
  switch (type.kind) {
    case "varchar":
    case "char":
      return `${type.kind}(${type.length})`;
    case "decimal":
      return `${type.precision > 15 ? "decimal_text" : "decimal"}(${type.precision},${type.scale})`;
    case "timestamp":
      return type.timezone ? "timestamp with time zone" : "timestamp";
    case "bytes":
      return "blob";
    case "raw":
      return type.sql;
    default:
      return type.kind;
  }
}

/** What "now" is in columns of a type; other types have the whole moment. */
const NOW: Readonly<Record<string, string>> = { date: "date('now')", time: "time('now')" };

function writeDefault(given: ColumnDefault, { kind }: ColumnType): string {
  if (given.kind === "expression") return `(${given.sql})`;
  if (given.kind === "now") return `(${NOW[kind] ?? "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"})`;
  return typeof given.value === "string" ? writeText(given.value) : JSON.stringify(given.value);
}

const isInteger = ({ kind }: ColumnType): boolean => kind === "integer";

/** The column that is the rowid: SQLite never finds it NULL, so nobody says so. */
function findRowid({ columns, constraints, options }: Table): Column | undefined {
  const key = constraints.find((one): one is PrimaryKey => one.kind === "primaryKey");
  if (key?.columns.length !== 1 || options?.["sqlite"]?.["withoutRowid"] === true) return undefined;
  return columns.find(({ name, type }) => name === key.columns[0] && isInteger(type));
}

const writeLabel = (name: string | undefined): string => (name === undefined ? "" : `constraint ${writeName(name)} `);

function writeColumn(column: Column, table: Table): string {
  const { name, type, nullable, collation, generated, autoIncrement } = column;
  const key = table.constraints.find(({ kind }) => kind === "primaryKey");
  return [
    `${writeName(name)} ${writeType(type)}`.trim(),
    autoIncrement ? `${writeLabel(key?.name)}primary key autoincrement` : "",
    nullable || findRowid(table) === column ? "" : "not null",
    column.default ? `default ${writeDefault(column.default, type)}` : "",
    collation === undefined ? "" : `collate ${collation}`,
    generated ? `as (${generated.expression}) ${generated.storage}` : "",
  ]
    .filter((part) => part !== "")
    .join(" ");
}

function writeForeignKey({ columns, references, onDelete, onUpdate, deferrable }: ForeignKey): string {
  return [
    `foreign key ${writeNames(columns)} references ${writeName(references.table)} ${writeNames(references.columns)}`,
    onDelete ? `on delete ${onDelete}` : "",
    onUpdate ? `on update ${onUpdate}` : "",
    deferrable ? `deferrable ${deferrable}` : "",
  ]
    .filter((part) => part !== "")
    .join(" ");
}

function writeRule(constraint: Constraint): string {
  switch (constraint.kind) {
    case "primaryKey":
      return `primary key ${writeNames(constraint.columns)}`;
    case "unique":
      return `unique ${writeNames(constraint.columns)}`;
    case "check":
      return `check (${constraint.expression})`;
    default:
      return writeForeignKey(constraint);
  }
}

function writeTable(table: Table): string {
  const { name, columns, constraints, options } = table;
  const isNumbered = columns.some(({ autoIncrement }) => autoIncrement === true);
  const rules = constraints.filter(({ kind }) => kind !== "primaryKey" || !isNumbered);
  const lines = [
    ...columns.map((column) => writeColumn(column, table)),
    ...rules.map((rule) => `${writeLabel(rule.name)}${writeRule(rule)}`),
  ];
  const { strict, withoutRowid } = options?.["sqlite"] ?? {};
  const words = [strict === true ? "strict" : "", withoutRowid === true ? "without rowid" : ""];
  return `create table ${writeName(name)} (${lines.join(", ")}) ${words.filter((word) => word !== "").join(", ")}`;
}

function writeIndex(table: string, { name, parts, unique, where }: TableIndex): string {
  const terms = parts.map(({ column, expression, order, collation }) => {
    const term = column === undefined ? `(${expression ?? ""})` : writeName(column);
    return `${term}${collation === undefined ? "" : ` collate ${collation}`}${order === "desc" ? " desc" : ""}`;
  });
  const condition = where === undefined ? "" : ` where ${where}`;
  return `create ${unique ? "unique " : ""}index ${writeName(name)} on ${writeName(table)} (${terms.join(", ")})${condition}`;
}

/**
 * The SQL that creates a schema, as a person would write it. It shares nothing with the compiler that it helps to judge: what both got wrong in the same
 * way would look right.
 */
export function writeSchema({ tables, views, triggers }: Schema): string {
  const statements = [
    ...tables.map(writeTable),
    ...tables.flatMap(({ name, indexes }) => indexes.map((index) => writeIndex(name, index))),
    ...views.map(({ name, definition }) => `create view ${writeName(name)} as ${definition}`),
    ...triggers.map(({ definition }) => definition),
  ];
  return statements.map((statement) => `${statement};\n`).join("");
}
