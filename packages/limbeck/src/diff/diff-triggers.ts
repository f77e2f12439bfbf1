import type { Operation } from "../ops/operation.ts";
import type { Trigger } from "../schema/model/schema.ts";
import type { DiffRules } from "./diff-rules.ts";
import { isDisturbed, type Disturbance } from "./disturbance.ts";
import { matchNames } from "./match-names.ts";

/**
 * What turns some triggers into others, in no order; a trigger that changed is made anew, and one that speaks of a
 * disturbed name, as that on a renewed view does.
 */
export function diffTriggers(
  current: readonly Trigger[],
  target: readonly Trigger[],
  disturbance: Disturbance,
  rules: DiffRules,
): readonly Operation[] {
  const { removed, added, common } = matchNames(current, target);
  const isSameTable = (a: string, b: string): boolean =>
    a === b || (rules.foldTableNames && a.toLowerCase() === b.toLowerCase());
  const changed = common.filter(
    ([from, to]) =>
      !isSameTable(from.table, to.table) ||
      !rules.sameExpression(from.definition, to.definition) ||
      isDisturbed(from.definition, disturbance),
  );
  return [
    ...[...removed, ...changed.map(([from]) => from)].map((trigger): Operation => ({ kind: "dropTrigger", trigger })),
    ...[...added, ...changed.map(([, to]) => to)].map((trigger): Operation => ({ kind: "createTrigger", trigger })),
  ];
}
