import { foldName } from "../kernel/fold-name.ts";
import type { Schema, Trigger } from "../schema/model/schema.ts";
import type { DiffRules } from "./diff-rules.ts";

/** A trigger, known by its name and the table or view it belongs to. */
export type TriggerName = Pick<Trigger, "name" | "table">;

/** Views and triggers, by name. */
export interface UnnamedObjects {
  readonly views: readonly string[];
  readonly triggers: readonly TriggerName[];
}

/** Whether a list names a trigger. */
export function includesTrigger(triggers: readonly TriggerName[], { name, table }: TriggerName): boolean {
  return triggers.some((one) => one.name === name && one.table === table);
}

/** The views and triggers of a schema that another one does not have. */
export function findUnnamed(current: Schema, target: Schema, { foldTableNames }: DiffRules): UnnamedObjects {
  const fold = (name: string): string => (foldTableNames ? foldName(name) : name);
  const views = new Set(target.views.map(({ name }) => fold(name)));
  const present = new Set([...current.tables, ...current.views].map(({ name }) => fold(name)));
  // A table that is not there yet may be this one under another name.
  const isNamed = ({ name, table }: Trigger): boolean =>
    target.triggers.some(
      (one) => fold(one.name) === fold(name) && (fold(one.table) === fold(table) || !present.has(fold(one.table))),
    );
  return {
    views: current.views.map(({ name }) => name).filter((name) => !views.has(fold(name))),
    triggers: current.triggers.filter((trigger) => !isNamed(trigger)).map(({ name, table }) => ({ name, table })),
  };
}

/** A schema without some of its views and triggers. */
export function withoutUnnamed(schema: Schema, { views, triggers }: UnnamedObjects): Schema {
  return {
    ...schema,
    views: schema.views.filter(({ name }) => !views.includes(name)),
    triggers: schema.triggers.filter((trigger) => !includesTrigger(triggers, trigger)),
  };
}
