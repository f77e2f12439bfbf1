import type { DiffRules } from "../diff/diff-rules.ts";
import { includesObject } from "../diff/find-unnamed.ts";
import { isSameObjectName, type DefinedObject } from "../schema/model/defined-object.ts";
import type { Schema } from "../schema/model/schema.ts";

const isNamed = (things: readonly { readonly name: string }[], wanted: string): boolean =>
  things.some(({ name }) => name === wanted);

/** Whether an object of a view is only wanted as it is already: it goes with the view and comes back with it, whether anybody speaks of it or not. */
function isCarried(object: DefinedObject, { views, objects }: Schema): boolean {
  return (
    object.table !== undefined &&
    isNamed(views, object.table) &&
    objects.some((one) => isSameObjectName(one, object) && one.definition === object.definition)
  );
}

/**
 * Whether nobody speaks of an object that something new has by itself, such as rights that everything new gets: where the target says nothing of the kind. A view may be
 * new although there was one of its name: it is made anew where it stands in the way of a change.
 */
export function isGivenUnsaid(
  object: DefinedObject,
  wanted: Schema,
  { current, rules }: { readonly current: Schema; readonly rules: DiffRules },
): boolean {
  const { table, kind } = object;
  if (table === undefined || isNamed(current.tables, table) || !rules.mayGoUnsaid(object)) return false;
  return (
    !includesObject(wanted.objects, object) &&
    wanted.objects.every((one) => one.kind !== kind || isCarried(one, current))
  );
}

/** What views that are made anew have by themselves, and had not before. */
export function describeGiven(given: readonly DefinedObject[], { views }: Schema): readonly string[] {
  return given.flatMap(({ table, definition }) =>
    table !== undefined && isNamed(views, table)
      ? [`The view ${table} is made anew, and gets what everything new gets: ${definition.replaceAll(/;\s*/g, "; ")}.`]
      : [],
  );
}
