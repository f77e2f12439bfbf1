import { isDeepStrictEqual } from "node:util";
import { buildColumn } from "../../schema/builder/build-table.ts";
import { ColumnBuilder } from "../../schema/builder/column-builder.ts";
import type { Column } from "../../schema/model/column.ts";
import type { Document } from "./document.ts";
import { renderLiteral, renderObject } from "./literal.ts";
import type { TableCallTable } from "./operation-call.ts";
import { describeColumn } from "./plan-table.ts";
import { renderColumn } from "./render-column.ts";
import { renderType } from "./render-type.ts";

type Property = readonly [key: string, value: Document];

const isSame = isDeepStrictEqual;

function listDefaultChange({ default: from }: Column, { default: to }: Column): readonly Property[] | undefined {
  if (isSame(from, to)) return [];
  if (!to) return [["default", "null"]];
  if (to.kind === "now") return [["defaultNow", "true"]];
  if (to.kind === "expression") return [["defaultSql", renderLiteral(to.sql)]];
  // `default: null` takes the default away, so a literal null can't be said this way.
  return to.value === null ? undefined : [["default", renderLiteral(to.value)]];
}

/** The properties of `op.alterColumn` that lead from one column to the other. */
function listChanges(from: Column, to: Column): readonly Property[] | undefined {
  const defaultChange = listDefaultChange(from, to);
  const numbers = isSame(from.autoIncrement, to.autoIncrement) ? undefined : (to.autoIncrement ?? "none");
  // `autoIncrement: false` takes the property away, so that an explicit false can't be said.
  if (!defaultChange || from.name !== to.name || numbers === false) return undefined;
  const change = (key: string, before: unknown, after: unknown): readonly Property[] =>
    isSame(before, after) ? [] : [[key, renderLiteral(after ?? null)]];
  return [
    ...(isSame(from.type, to.type) ? [] : [["type", renderType(to.type)] satisfies Property]),
    ...change("nullable", from.nullable, to.nullable),
    ...defaultChange,
    ...change("generatedAs", from.generated, to.generated),
    ...change("autoIncrement", undefined, numbers === "none" ? false : numbers),
    ...change("collation", from.collation, to.collation),
    ...change("comment", from.comment, to.comment),
    ...change("options", from.options, to.options),
  ];
}

/** Changes of columns. */
export const COLUMN_CALLS: TableCallTable<"addColumn" | "dropColumn" | "renameColumn" | "alterColumn"> = {
  addColumn({ column, after }) {
    const builder = new ColumnBuilder(describeColumn(column));
    if (!isSame(buildColumn(column.name, builder), column)) return undefined;
    const options = after === undefined ? [] : [renderLiteral({ after })];
    return { method: "addColumn", tableAt: 0, args: [renderLiteral(column.name), renderColumn(builder), ...options] };
  },
  dropColumn: ({ column }) => ({ method: "dropColumn", tableAt: 0, args: [renderLiteral(column.name)] }),
  renameColumn: ({ from, to }) => ({ method: "renameColumn", tableAt: 0, args: [from, to].map(renderLiteral) }),
  alterColumn({ from, to, using }) {
    const changes = listChanges(from, to);
    if (!changes) return undefined;
    const all: readonly Property[] = using === undefined ? changes : [...changes, ["using", renderLiteral(using)]];
    return { method: "alterColumn", tableAt: 0, args: [renderLiteral(to.name), renderObject(all)] };
  },
};
