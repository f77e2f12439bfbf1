import type { OperationMap, SoftDeleteChange } from "../../ops/operation.ts";
import {
  isSameColumns,
  isSoftDeleteColumn,
  readLiveRule,
  readPlainUnique,
  type LiveRule,
} from "../../ops/soft-delete/read-live-rule.ts";
import type { NamedColumns } from "../../ops/soft-delete/soft-delete-options.ts";
import { nameLiveItem } from "../../schema/builder/live-parts.ts";
import { nameConstraint, type NamingConvention } from "../../schema/builder/naming-convention.ts";
import { SOFT_DELETE_COLUMN } from "../../schema/builder/soft-delete.ts";
import { unique } from "../../schema/builder/table-items.ts";
import type { Document } from "./document.ts";
import { renderLiteral } from "./literal.ts";
import { renderInvoke, renderStatement, type RenderContext } from "./operation-call.ts";
import { renderOptions } from "./render-item.ts";

/** Columns with their name, unless the convention gives the same one. */
const writeColumns = (columns: readonly string[], name: string | undefined, conventional: string): NamedColumns =>
  name === undefined || name === conventional ? columns : { columns, name };

/** The options of `op.enableSoftDelete` that ask for just these changes; undefined where none do. */
function writeEnableOptions(
  { table, column, operations }: SoftDeleteChange,
  convention: NamingConvention,
): object | undefined {
  const rules: LiveRule[] = [];
  const freed: (readonly string[])[] = [];
  for (const one of operations) {
    const isGoing = one.kind === "dropConstraint" || one.kind === "dropIndex";
    const plain = isGoing ? readPlainUnique(one) : undefined;
    const rule = isGoing ? undefined : readLiveRule(one, column);
    if (plain) freed.push(plain);
    else if (rule) rules.push(rule);
    else if (!isSoftDeleteColumn(one, column)) return undefined;
  }
  const list = (kind: LiveRule["kind"]): readonly LiveRule[] => rules.filter((rule) => rule.kind === kind);
  // What was unique among all rows goes only where it is to be unique among live ones.
  const isReplaced = (columns: readonly string[]): boolean =>
    list("liveUnique").some((rule) => isSameColumns(rule.columns, columns));
  if (!freed.every(isReplaced)) return undefined;
  const write = (kind: LiveRule["kind"]): readonly NamedColumns[] =>
    list(kind).map(({ columns, name }) =>
      writeColumns(columns, name, nameLiveItem({ kind, columns }, table, convention)),
    );
  const [uniques, indexes] = [write("liveUnique"), write("liveIndex")];
  return { ...(uniques.length > 0 && { unique: uniques }), ...(indexes.length > 0 && { index: indexes }) };
}

/** The options of `op.disableSoftDelete` that ask for just these changes; undefined where none do. */
function writeDisableOptions(
  { table, operations }: SoftDeleteChange,
  convention: NamingConvention,
): object | undefined {
  const uniques: NamedColumns[] = [];
  for (const one of operations) {
    // Whatever leans on the column goes with it.
    if (one.kind === "dropConstraint" || one.kind === "dropIndex" || one.kind === "dropColumn") continue;
    const constraint = one.kind === "addConstraint" ? one.constraint : undefined;
    if (constraint?.kind !== "unique" || constraint.options || constraint.deferrable) return undefined;
    const { columns, name } = constraint;
    uniques.push(writeColumns(columns, name, nameConstraint(unique(columns), table, convention).name ?? ""));
  }
  return uniques.length > 0 ? { unique: uniques } : {};
}

function render(
  operation: OperationMap["enableSoftDelete" | "disableSoftDelete"],
  options: object | undefined,
): Document {
  // Whether there are rows to park is for each run to find out.
  const { isEmpty: _isEmpty, ...rest } = operation;
  if (!options) return renderInvoke(rest);
  const { kind, table, column } = operation;
  const all = { ...(column !== SOFT_DELETE_COLUMN && { column }), ...options };
  return renderStatement({ method: kind, args: [renderLiteral(table), ...renderOptions(all)] });
}

/** The call that makes a table delete softly. */
export function renderEnableSoftDelete(
  operation: OperationMap["enableSoftDelete"],
  { convention }: RenderContext,
): Document {
  return render(operation, writeEnableOptions(operation, convention));
}

/** The call that makes a table delete for good again. */
export function renderDisableSoftDelete(
  operation: OperationMap["disableSoftDelete"],
  { convention }: RenderContext,
): Document {
  return render(operation, writeDisableOptions(operation, convention));
}
