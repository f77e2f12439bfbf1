import type { Operation } from "../ops/operation.ts";
import type { View } from "../schema/model/schema.ts";
import type { DiffRules } from "./diff-rules.ts";
import { isDisturbed, type Disturbance } from "./disturbance.ts";
import { matchNames } from "./match-names.ts";
import { isSameStructure } from "./same-structure.ts";

function isSameView(a: View, b: View, rules: DiffRules): boolean {
  return isSameStructure(a.columns, b.columns) && rules.sameExpression(a.definition, b.definition);
}

/** The names of views that have to be made anew, be it because another one is. */
function findRenewed(
  pairs: readonly (readonly [View, View])[],
  disturbance: Disturbance,
  rules: DiffRules,
): ReadonlySet<string> {
  const renewed = new Set(pairs.filter(([from, to]) => !isSameView(from, to, rules)).map(([{ name }]) => name));
  for (let size = -1; size !== renewed.size;) {
    size = renewed.size;
    const spread = { ...disturbance, relations: [...disturbance.relations, ...renewed] };
    for (const [{ name, definition }] of pairs) {
      if (!renewed.has(name) && isDisturbed(definition, spread)) renewed.add(name);
    }
  }
  return renewed;
}

/** What turns some views into others, in no order; a view that changed is made anew, and those that select from it. */
export function diffViews(
  current: readonly View[],
  target: readonly View[],
  disturbance: Disturbance,
  rules: DiffRules,
): readonly Operation[] {
  const { removed, added, common } = matchNames(current, target);
  const names = removed.map(({ name }) => name);
  const renewed = findRenewed(common, { ...disturbance, relations: [...disturbance.relations, ...names] }, rules);
  const changed = common.filter(([{ name }]) => renewed.has(name));
  return [
    ...[...removed, ...changed.map(([from]) => from)].map((view): Operation => ({ kind: "dropView", view })),
    ...[...added, ...changed.map(([, to]) => to)].map((view): Operation => ({ kind: "createView", view })),
  ];
}
