import { foldName } from "../kernel/fold-name.ts";
import type { IndexPart, TableIndex } from "../schema/model/table-index.ts";
import type { DiffRules } from "./diff-rules.ts";
import { isSameOptions } from "./same-column.ts";

type Compare = (a: string, b: string) => boolean;

function isSameText(a: string | undefined, b: string | undefined, compare: Compare): boolean {
  return a === undefined || b === undefined ? a === b : compare(a, b);
}

function isSamePart(a: IndexPart, b: IndexPart, rules: DiffRules): boolean {
  const isSameName: Compare = (left, right) =>
    left === right || (rules.foldColumnNames && foldName(left) === foldName(right));
  return (
    isSameText(a.column, b.column, isSameName) &&
    isSameText(a.expression, b.expression, rules.sameExpression) &&
    (a.order ?? "asc") === (b.order ?? "asc") &&
    a.collation === b.collation &&
    isSameOptions(a.options, b.options, rules)
  );
}

/** Whether two indexes hold the same rows in the same order, whatever their names. */
export function isSameIndex(a: TableIndex, b: TableIndex, rules: DiffRules): boolean {
  return (
    a.unique === b.unique &&
    a.parts.length === b.parts.length &&
    a.parts.every((part, position) => {
      const other = b.parts[position];
      return other !== undefined && isSamePart(part, other, rules);
    }) &&
    isSameText(a.where, b.where, rules.sameExpression) &&
    isSameOptions(a.options, b.options, rules)
  );
}
