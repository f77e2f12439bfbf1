import type { AnyColumnBuilder, ColumnDescription } from "../../schema/builder/column-builder.ts";
import type { ColumnDefault } from "../../schema/model/column.ts";
import type { ColumnType, ColumnTypeKind } from "../../schema/model/column-type.ts";
import type { JsonValue } from "../../schema/model/json.ts";
import type { Document } from "./document.ts";
import { renderChain, renderLiteral } from "./literal.ts";
import { renderType } from "./render-type.ts";

type Call = readonly [method: string, args: readonly Document[]];

const TEXTUAL: ReadonlySet<ColumnTypeKind> = new Set(["text", "varchar", "char", "decimal", "date", "time", "uuid"]);
const NUMERIC: ReadonlySet<ColumnTypeKind> = new Set(["smallint", "integer", "real", "double"]);

/** Whether the builder of a type takes such a literal for a default; a database may hold others. */
function takesDefault({ kind }: ColumnType, value: JsonValue): boolean {
  if (kind === "json") return true;
  if (kind === "boolean") return typeof value === "boolean";
  if (NUMERIC.has(kind)) return typeof value === "number";
  return typeof value === "string" || (typeof value === "number" && !TEXTUAL.has(kind));
}

function describeDefault(type: ColumnType, value: ColumnDefault): Call {
  if (value.kind === "now") return ["defaultNow", []];
  if (value.kind === "expression") return ["defaultSql", [renderLiteral(value.sql)]];
  const literal = renderLiteral(value.value);
  return ["default", [takesDefault(type, value.value) ? literal : [literal, { kind: "typeOnly", text: " as never" }]]];
}

function describeKey(description: ColumnDescription): readonly Call[] {
  if (description.primaryKey) return [["primaryKey", []]];
  return description.nullable ? [] : [["notNull", []]];
}

function describeReference({ references }: ColumnDescription): readonly Call[] {
  if (!references) return [];
  const { table, column, ...actions } = references;
  const options = Object.keys(actions).length > 0 ? [renderLiteral(actions)] : [];
  return [["references", [renderLiteral(table), renderLiteral(column), ...options]]];
}

function describeGenerated({ generated }: ColumnDescription): readonly Call[] {
  if (!generated) return [];
  const { expression, storage } = generated;
  return [["generatedAs", [renderLiteral(expression), ...(storage === "virtual" ? [] : [renderLiteral({ storage })])]]];
}

/** A call with one text, if there is one. */
const optional = (method: string, value: unknown): readonly Call[] =>
  value === undefined ? [] : [[method, [renderLiteral(value)]]];

/** A column as the builder that makes it, for example `varchar(255).notNull()`. */
export function renderColumn({ description }: AnyColumnBuilder): Document {
  return renderChain(renderType(description.type), [
    ...describeKey(description),
    ...(description.autoIncrement ? [["autoIncrement", []] satisfies Call] : []),
    ...(description.default ? [describeDefault(description.type, description.default)] : []),
    ...describeGenerated(description),
    ...(description.unique ? [["unique", []] satisfies Call] : []),
    ...description.checks.map(({ expression, name }): Call => [
      "check",
      [expression, ...(name === undefined ? [] : [name])].map(renderLiteral),
    ]),
    ...describeReference(description),
    ...optional("collate", description.collation),
    ...optional("comment", description.comment),
    ...optional("options", description.options),
  ]);
}
