import type { Operation } from "../ops/operation.ts";
import type { View } from "../schema/model/schema.ts";
import type { DiffRules } from "./diff-rules.ts";
import { matchNames } from "./match-names.ts";
import { isSameStructure } from "./same-structure.ts";

function isSameView(a: View, b: View, rules: DiffRules): boolean {
  return isSameStructure(a.columns, b.columns) && rules.sameExpression(a.definition, b.definition);
}

/** What turns some views into others, in no order; a view that changed is made anew. */
export function diffViews(current: readonly View[], target: readonly View[], rules: DiffRules): readonly Operation[] {
  const { removed, added, common } = matchNames(current, target);
  const changed = common.filter(([from, to]) => !isSameView(from, to, rules));
  return [
    ...[...removed, ...changed.map(([from]) => from)].map((view): Operation => ({ kind: "dropView", view })),
    ...[...added, ...changed.map(([, to]) => to)].map((view): Operation => ({ kind: "createView", view })),
  ];
}
