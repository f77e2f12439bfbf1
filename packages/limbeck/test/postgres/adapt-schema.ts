import type { Column } from "../../src/schema/model/column.ts";
import type { ColumnTypeKind } from "../../src/schema/model/column-type.ts";
import type { Constraint, ForeignKey } from "../../src/schema/model/constraint.ts";
import { EMPTY_SCHEMA, type Schema } from "../../src/schema/model/schema.ts";
import type { TableIndex } from "../../src/schema/model/table-index.ts";
import { findColumn, type Table } from "../../src/schema/model/table.ts";

/** What is always written the same as text, whatever a session is set to; only of such may something be computed and kept. */
const STEADY_TEXT: ReadonlySet<ColumnTypeKind> = new Set<ColumnTypeKind>([
  "text",
  "varchar",
  "char",
  "smallint",
  "integer",
  "bigint",
  "decimal",
  "boolean",
  "uuid",
]);

/** The columns of a table, by what the expressions of the arbitraries may call them. */
const findNamed = ({ columns }: Pick<Table, "columns">, name: string): Column | undefined =>
  columns.find((column) => column.name === name.replaceAll('"', ""));

const NAME = String.raw`"[^"]*"|[a-z_]\w*`;
/** A column that is taken for text. */
const AS_TEXT = new RegExp(String.raw`(?<=\b(?:length|lower|coalesce)\()(?:${NAME})|(?:${NAME})(?= <> ')`, "g");

/** With each column that is taken for text as text. */
const castToText = (expression: string): string => expression.replace(AS_TEXT, (name) => `${name}::text`);

/** Whether what is taken for text may be kept. */
const isSteady = (expression: string, table: Table): boolean =>
  (expression.match(AS_TEXT) ?? []).every((name) => {
    const column = findNamed(table, name);
    return column !== undefined && !column.generated && STEADY_TEXT.has(column.type.kind);
  });

/** What an expression gives. */
function findResult(expression: string): Column["type"] {
  if (expression.endsWith("IS NULL")) return { kind: "boolean" };
  return expression.startsWith("length") ? { kind: "integer" } : { kind: "text" };
}

/** What is computed is kept: that is all that PostgreSQL 15 knows. */
function adaptColumn({ generated, ...column }: Column, table: Table): Column {
  if (!generated || !isSteady(generated.expression, table)) return column;
  const { expression } = generated;
  return {
    ...column,
    type: findResult(expression),
    generated: { expression: castToText(expression), storage: "stored" },
  };
}

function adaptIndex(index: TableIndex, table: Table): readonly TableIndex[] {
  const parts = index.parts.map((part) =>
    part.expression === undefined ? part : { ...part, expression: castToText(part.expression) },
  );
  const isPossible = index.parts.every(({ expression = "" }) => isSteady(expression, table));
  return isPossible ? [{ ...index, parts }] : [];
}

const isUnlogged = ({ options }: Table): boolean => options?.["postgres"]?.["unlogged"] === true;

function isPossibleKey({ columns, references, onDelete, onUpdate }: ForeignKey, own: Table, target: Table): boolean {
  if (isUnlogged(target) && !isUnlogged(own)) return false;
  const writes = [onDelete, onUpdate].some((action) => action?.startsWith("set") === true || action === "cascade");
  return columns.every((name, position) => {
    const column = findColumn(own, name);
    const other = findColumn(target, references.columns[position] ?? "");
    if (!column || !other || (column.generated && writes)) return false;
    return JSON.stringify([column.type, column.collation]) === JSON.stringify([other.type, other.collation]);
  });
}

/** @param tables all, with their columns as they are going to be */
function adaptConstraint(constraint: Constraint, own: Table, schema: Pick<Schema, "tables">): readonly Constraint[] {
  if (constraint.kind === "check") return [{ ...constraint, expression: castToText(constraint.expression) }];
  if (constraint.kind !== "foreignKey") return [constraint];
  const target = schema.tables.find(({ name }) => name === constraint.references.table);
  return target && isPossibleKey(constraint, own, target) ? [constraint] : [];
}

/** A schema of the arbitraries as PostgreSQL may hold it; triggers, which call functions there, are left out. */
export function adaptSchema({ tables, views }: Schema): Schema {
  const typed = tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) => adaptColumn(column, table)),
  }));
  return {
    ...EMPTY_SCHEMA,
    tables: typed.map((table) => ({
      ...table,
      constraints: table.constraints.flatMap((one) => adaptConstraint(one, table, { tables: typed })),
      indexes: table.indexes.flatMap((index) => adaptIndex(index, table)),
    })),
    views,
  };
}
