import type { Operation } from "../ops/operation.ts";
import type { Schema } from "../schema/model/schema.ts";
import type { DiffRules } from "./diff-rules.ts";
import { diffSchema } from "./diff-schema.ts";
import { findEndangered, withoutUnnamed, type UnnamedObjects } from "./find-unnamed.ts";
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
 * As {@link diffSchema}, but views and triggers of the current schema that the target does not name stay as they are. Only a trigger
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
  const endangered = findEndangered(current, unnamed, operations);
  if (endangered.length === 0) return { operations, target, leftAlone: unnamed };
  const leftAlone = { ...unnamed, triggers: unnamed.triggers.filter((name) => !endangered.includes(name)) };
  const recreated = operations.flatMap((one) => (one.kind === "createView" ? one.view.name : []));
  const kept = current.triggers.filter(({ name, table }) => endangered.includes(name) && recreated.includes(table));
  const wanted = { ...target, triggers: [...target.triggers, ...kept] };
  return {
    operations: diffSchema(withoutUnnamed(current, leftAlone), wanted, rules, renames),
    target: wanted,
    leftAlone,
  };
}
