import { findView } from "../ops/find-view.ts";
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
  /** What is dropped although the target does not name it, because it stands in the way or goes with what is dropped. */
  readonly unnamedDrops: readonly Operation[];
}

/** Views that operations drop and create again. */
function listRenewed(
  operations: readonly Operation[],
  { viewsHaveAttached }: DiffRules,
): ReadonlySet<string | undefined> {
  if (!viewsHaveAttached) return new Set();
  const list = (verb: string): readonly string[] =>
    operations.flatMap((one) => (one.kind.startsWith(verb) ? (findView(one) ?? []) : []));
  const created = new Set(list("create"));
  return new Set(list("drop").filter((name) => created.has(name)));
}

/** Sees to it that views that are made anew keep what belongs to them, also in databases where that is something else. */
function keepAttached(operations: readonly Operation[], rules: DiffRules): readonly Operation[] {
  const renewed = listRenewed(operations, rules);
  return operations.map((one) => (renewed.has(findView(one)) ? { ...one, keepAttached: true } : one));
}

const isUnnamed = (operation: Operation, { triggers, views, objects }: UnnamedObjects): boolean => {
  if ("trigger" in operation) return includesTrigger(triggers, operation.trigger);
  if ("view" in operation) return views.includes(operation.view.name);
  return (
    (operation.kind === "dropObject" || operation.kind === "createObject") && includesObject(objects, operation.object)
  );
};

/** The view or table that something belongs to. */
function findHolder(operation: Operation): string | undefined {
  if ("trigger" in operation) return operation.trigger.table;
  return "object" in operation ? operation.object.table : undefined;
}

/**
 * Takes out what belongs to a view that is made anew, and nobody names: another database has other rights on it, and each run gives back what was there.
 *
 * @returns the names of what is left alone so
 */
function leaveAttached(operations: readonly Operation[], unnamed: UnnamedObjects, rules: DiffRules) {
  const renewed = listRenewed(operations, rules);
  const own = operations.filter((one) => isUnnamed(one, unnamed) && renewed.has(findHolder(one)));
  const names = new Set(own.flatMap((one) => ("object" in one ? one.object.name : [])));
  // A note on an index of the view says nothing of the view.
  const isOnOwn = (one: Operation): boolean =>
    isUnnamed(one, unnamed) && "object" in one && one.object.dependsOn?.some((name) => names.has(name)) === true;
  const attached = operations.filter((one) => own.includes(one) || isOnOwn(one));
  return {
    operations: operations.filter((one) => !attached.includes(one)),
    triggers: attached.flatMap((one) => (one.kind === "dropTrigger" ? one.trigger : [])),
    objects: attached.flatMap((one) => (one.kind === "dropObject" ? one.object : [])),
  };
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
  if (count === 0) return { operations: keepAttached(operations, rules), target, leftAlone: unnamed, unnamedDrops: [] };
  const stays = {
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
  const left = leaveAttached(diffSchema(withoutUnnamed(current, stays), wanted, rules, renames), unnamed, rules);
  return {
    operations: keepAttached(left.operations, rules),
    target: wanted,
    leftAlone: {
      ...stays,
      triggers: [...stays.triggers, ...left.triggers],
      objects: [...stays.objects, ...left.objects],
    },
    unnamedDrops: left.operations.filter((one) => one.kind.startsWith("drop") && isUnnamed(one, unnamed)),
  };
}
