import type { Operation } from "../ops/operation.ts";
import type { Schema } from "../schema/model/schema.ts";
import type { DiffRules } from "./diff-rules.ts";

/** Views and triggers, by name. */
export interface UnnamedObjects {
  readonly views: readonly string[];
  readonly triggers: readonly string[];
}

interface Named {
  readonly name: string;
}

/** The views and triggers of a schema that another one does not have. */
export function findUnnamed(current: Schema, target: Schema, { foldTableNames }: DiffRules): UnnamedObjects {
  const fold = (name: string): string => (foldTableNames ? name.toLowerCase() : name);
  const listMissing = (from: readonly Named[], wanted: readonly Named[]): readonly string[] => {
    const names = new Set(wanted.map(({ name }) => fold(name)));
    return from.flatMap(({ name }) => (names.has(fold(name)) ? [] : name));
  };
  return {
    views: listMissing(current.views, target.views),
    triggers: listMissing(current.triggers, target.triggers),
  };
}

/** A schema without some of its views and triggers. */
export function withoutUnnamed(schema: Schema, { views, triggers }: UnnamedObjects): Schema {
  return {
    ...schema,
    views: schema.views.filter(({ name }) => !views.includes(name)),
    triggers: schema.triggers.filter(({ name }) => !triggers.includes(name)),
  };
}

/**
 * The unnamed triggers that go with a table or view that operations drop. They have to be part of the comparison: a view that is only made anew would
 * come back without them, and whoever reads the revision should see what goes with a table.
 */
export function findEndangered(
  current: Schema,
  { triggers }: UnnamedObjects,
  operations: readonly Operation[],
): readonly string[] {
  const dropped = operations.flatMap((one) => {
    if (one.kind === "dropTable") return one.table.name;
    return one.kind === "dropView" ? one.view.name : [];
  });
  return current.triggers.flatMap(({ name, table }) =>
    triggers.includes(name) && dropped.includes(table) ? name : [],
  );
}
