import { foldName } from "../kernel/fold-name.ts";
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
  // On some engines each table has trigger names of its own.
  const withKey = (trigger: Trigger) => {
    const name = JSON.stringify([trigger.name, rules.foldTableNames ? foldName(trigger.table) : trigger.table]);
    return { name, trigger };
  };
  const { removed, added, common } = matchNames(current.map(withKey), target.map(withKey));
  const changed = common.filter(
    ([{ trigger: from }, { trigger: to }]) =>
      !rules.sameExpression(from.definition, to.definition) || isDisturbed(from.definition, disturbance),
  );
  return [
    ...[...removed, ...changed.map(([from]) => from)].map(({ trigger }): Operation => ({
      kind: "dropTrigger",
      trigger,
    })),
    ...[...added, ...changed.map(([, to]) => to)].map(({ trigger }): Operation => ({ kind: "createTrigger", trigger })),
  ];
}
