import type { Operation } from "../ops/operation.ts";
import type { Schema } from "../schema/model/schema.ts";
import type { DiffRules } from "./diff-rules.ts";
import { diffSchema } from "./diff-schema.ts";
import { findEndangered } from "./find-endangered.ts";
import { includesObject, includesTrigger, withoutUnnamed, type UnnamedObjects } from "./find-unnamed.ts";
import type { Renames } from "./renames/rename.ts";

/** A difference that leaves some views and triggers alone. */
export interface NamedDiff {
  readonly operations: readonly Operation[];
  /** The target with what is made anew although it does not name it. */
  readonly target: Schema;
  /** What is left alone in the end. */
  readonly leftAlone: UnnamedObjects;
}

/**
 * As {@link diffSchema}, but views, triggers and other objects of the current schema that the target does not name stay as they are. Only a trigger
 * whose table or view is dropped is dropped with it, and made anew where that is.
 *
 * @param unnamed what to leave alone, as `findUnnamed` finds it
 */
export function diffNamed(
  current: Schema,
  target: Schema,
  rules: DiffRules,
  { renames, unnamed }: { readonly renames: Renames; readonly unnamed: UnnamedObjects },
): NamedDiff {
  const operations = diffSchema(withoutUnnamed(current, unnamed), target, rules, renames);
  const endangered = findEndangered(current, unnamed, operations, rules);
  const count = endangered.views.length + endangered.triggers.length + endangered.objects.length;
  if (count === 0) return { operations, target, leftAlone: unnamed };
  const leftAlone = {
    ...unnamed,
    objects: unnamed.objects.filter((object) => !includesObject(endangered.objects, object)),
    views: unnamed.views.filter((name) => !endangered.views.includes(name)),
    triggers: unnamed.triggers.filter((trigger) => !includesTrigger(endangered.triggers, trigger)),
  };
  const dropped = new Set(operations.flatMap((one) => (one.kind === "dropTable" ? one.table.name : [])));
  const views = current.views.filter(({ name }) => endangered.views.includes(name));
  const recreated = operations.flatMap((one) => (one.kind === "createView" ? one.view.name : []));
  const gone = new Set(
    operations
      .flatMap((one) => (one.kind === "dropView" ? one.view.name : []))
      .filter((name) => !recreated.includes(name)),
  );
  const kept = current.triggers.filter(
    (trigger) =>
      includesTrigger(endangered.triggers, trigger) && !dropped.has(trigger.table) && !gone.has(trigger.table),
  );
  const objects = current.objects.filter(
    (object) =>
      includesObject(endangered.objects, object) &&
      (object.table === undefined || (!dropped.has(object.table) && !gone.has(object.table))),
  );
  const wanted = {
    ...target,
    views: [...target.views, ...views],
    triggers: [...target.triggers, ...kept],
    objects: [...target.objects, ...objects],
  };
  return {
    operations: diffSchema(withoutUnnamed(current, leftAlone), wanted, rules, renames),
    target: wanted,
    leftAlone,
  };
}
