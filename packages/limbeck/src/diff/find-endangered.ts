import type { Operation } from "../ops/operation.ts";
import type { Schema } from "../schema/model/schema.ts";
import type { DiffRules } from "./diff-rules.ts";
import { findChangedColumns, isDisturbed, type Disturbance } from "./disturbance.ts";
import { includesTrigger, type TriggerName, type UnnamedObjects } from "./find-unnamed.ts";

/**
 * The unnamed triggers that go with a table or view that operations drop. They have to be part of the comparison: a view that is only made anew would
 * come back without them, and whoever reads the revision should see what goes with a table.
 */
function findEndangeredTriggers(
  current: Schema,
  { triggers }: UnnamedObjects,
  operations: readonly Operation[],
): readonly TriggerName[] {
  const dropped = operations.flatMap((one) => {
    if (one.kind === "dropTable") return one.table.name;
    return one.kind === "dropView" ? one.view.name : [];
  });
  return current.triggers.filter((trigger) => includesTrigger(triggers, trigger) && dropped.includes(trigger.table));
}

/** Of the unnamed, what is disturbed, and the views that select from those. */
function findDisturbed(current: Schema, unnamed: UnnamedObjects, disturbance: Disturbance): UnnamedObjects {
  const views = new Set<string>();
  for (let size = -1; size !== views.size;) {
    size = views.size;
    const spread = { ...disturbance, relations: [...disturbance.relations, ...views] };
    for (const { name, definition } of current.views) {
      if (unnamed.views.includes(name) && !views.has(name) && isDisturbed(definition, spread)) views.add(name);
    }
  }
  const triggers = current.triggers.filter(
    (trigger) =>
      includesTrigger(unnamed.triggers, trigger) &&
      (views.has(trigger.table) || isDisturbed(trigger.definition, disturbance)),
  );
  return { views: [...views], triggers };
}

/** The unnamed that cannot simply be left alone while operations run; they have to be part of the comparison. */
export function findEndangered(
  current: Schema,
  unnamed: UnnamedObjects,
  operations: readonly Operation[],
  rules: DiffRules,
): UnnamedObjects {
  const columns = rules.viewsHoldColumns ? findChangedColumns(operations, rules) : [];
  const disturbed = findDisturbed(current, unnamed, { relations: [], columns });
  const triggers = findEndangeredTriggers(current, unnamed, operations);
  return {
    views: disturbed.views,
    triggers: [...disturbed.triggers, ...triggers.filter((trigger) => !includesTrigger(disturbed.triggers, trigger))],
  };
}
