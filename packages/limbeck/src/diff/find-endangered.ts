import type { Operation } from "../ops/operation.ts";
import type { ObjectName } from "../schema/model/defined-object.ts";
import type { Schema } from "../schema/model/schema.ts";
import type { DiffRules } from "./diff-rules.ts";
import { findChangedColumns, isDisturbed, type Disturbance } from "./disturbance.ts";
import {
  includesObject,
  includesTrigger,
  NOTHING_UNNAMED,
  type TriggerName,
  type UnnamedObjects,
} from "./find-unnamed.ts";

/** The tables and views that operations drop. */
function listDropped(operations: readonly Operation[]): readonly string[] {
  return operations.flatMap((one) => {
    if (one.kind === "dropTable") return one.table.name;
    return one.kind === "dropView" ? one.view.name : [];
  });
}

/**
 * The unnamed triggers that go with a table or view that operations drop. They have to be part of the comparison: a view that is only made anew would
 * come back without them, and whoever reads the revision should see what goes with a table.
 */
function findEndangeredTriggers(
  current: Schema,
  { triggers }: UnnamedObjects,
  dropped: readonly string[],
): readonly TriggerName[] {
  return current.triggers.filter((trigger) => includesTrigger(triggers, trigger) && dropped.includes(trigger.table));
}

/** The same for policies, notes and whatever else belongs to a table or view. */
function findEndangeredObjects(
  current: Schema,
  { objects }: UnnamedObjects,
  dropped: readonly string[],
): readonly ObjectName[] {
  return current.objects.filter(
    (object) => includesObject(objects, object) && object.table !== undefined && dropped.includes(object.table),
  );
}

/** Of the unnamed, what is disturbed, and the views and objects that depend on those. */
function findDisturbed(
  current: Schema,
  unnamed: UnnamedObjects,
  disturbance: Disturbance,
  rules: DiffRules,
): UnnamedObjects {
  const views = new Set<string>();
  const objects = new Set<ObjectName>();
  for (let size = -1; size !== views.size + objects.size;) {
    size = views.size + objects.size;
    const names = [...views, ...[...objects].flatMap((object) => rules.findCalledName(object) ?? [])];
    const spread = { ...disturbance, relations: [...disturbance.relations, ...names] };
    for (const { name, definition } of current.views) {
      if (unnamed.views.includes(name) && !views.has(name) && isDisturbed(definition, spread)) views.add(name);
    }
    for (const object of current.objects) {
      const isCandidate = includesObject(unnamed.objects, object) && !objects.has(object);
      if (isCandidate && isDisturbed(rules.findHoldingText(object), spread)) objects.add(object);
    }
  }
  const triggers = current.triggers.filter(
    (trigger) =>
      includesTrigger(unnamed.triggers, trigger) &&
      (views.has(trigger.table) || isDisturbed(trigger.definition, disturbance)),
  );
  return { ...NOTHING_UNNAMED, views: [...views], triggers, objects: [...objects] };
}

/** The unnamed that cannot simply be left alone while operations run; they have to be part of the comparison. */
export function findEndangered(
  current: Schema,
  unnamed: UnnamedObjects,
  operations: readonly Operation[],
  rules: DiffRules,
): UnnamedObjects {
  const columns = rules.viewsHoldColumns ? findChangedColumns(operations, current, rules) : [];
  const dropped = listDropped(operations);
  const renewed = dropped.filter((name) =>
    operations.some((one) => one.kind === "createView" && one.view.name === name),
  );
  const disturbed = findDisturbed(
    current,
    unnamed,
    { relations: rules.viewsHoldColumns ? renewed : [], columns },
    rules,
  );
  const triggers = findEndangeredTriggers(current, unnamed, dropped);
  const objects = findEndangeredObjects(current, unnamed, dropped);
  return {
    ...disturbed,
    triggers: [...disturbed.triggers, ...triggers.filter((trigger) => !includesTrigger(disturbed.triggers, trigger))],
    objects: [...disturbed.objects, ...objects.filter((object) => !includesObject(disturbed.objects, object))],
  };
}
