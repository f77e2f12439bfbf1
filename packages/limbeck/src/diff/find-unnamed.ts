import { foldName } from "../kernel/fold-name.ts";
import { isSameObjectName, type ObjectName } from "../schema/model/defined-object.ts";
import type { Schema, Trigger } from "../schema/model/schema.ts";
import type { DiffRules } from "./diff-rules.ts";

/** A trigger, known by its name and the table or view it belongs to. */
export type TriggerName = Pick<Trigger, "name" | "table">;

/** What a target that does not say everything need not name, by name. */
export interface UnnamedObjects {
  /** Only those of schemas that it does not speak of at all. */
  readonly tables: readonly string[];
  readonly views: readonly string[];
  readonly triggers: readonly TriggerName[];
  readonly enums: readonly string[];
  readonly sequences: readonly string[];
  readonly objects: readonly ObjectName[];
}

/** None. */
export const NOTHING_UNNAMED: UnnamedObjects = Object.freeze({
  tables: [],
  views: [],
  triggers: [],
  enums: [],
  sequences: [],
  objects: [],
});

/** Whether a list names a trigger. */
export function includesTrigger(triggers: readonly TriggerName[], { name, table }: TriggerName): boolean {
  return triggers.some((one) => one.name === name && one.table === table);
}

/** Whether a list names an object. */
export function includesObject(objects: readonly ObjectName[], object: ObjectName): boolean {
  return objects.some((one) => isSameObjectName(one, object));
}

const listNames = ({ tables, views, enums, sequences, objects }: Schema): readonly string[] =>
  [...tables, ...views, ...enums, ...sequences, ...objects].map(({ name }) => name);

function findStrangeTables(
  current: Schema,
  target: Schema,
  said: Schema,
  { namespaceOf }: DiffRules,
): readonly string[] {
  const names = new Set(listNames(said));
  const spoken = new Set(
    listNames(target)
      .filter((name) => names.has(name))
      .map(namespaceOf),
  );
  const wanted = new Set(target.tables.map(({ name }) => name));
  return current.tables
    .map(({ name }) => name)
    .filter((name) => namespaceOf(name) !== undefined && !spoken.has(namespaceOf(name)) && !wanted.has(name));
}

/**
 * What a schema has and another one does not, although it may stay.
 *
 * @param said what was said, before some of it was put aside and some of `current` put in: which schemas of a database it speaks of
 */
export function findUnnamed(current: Schema, target: Schema, said: Schema, rules: DiffRules): UnnamedObjects {
  const fold = (name: string): string => (rules.foldTableNames ? foldName(name) : name);
  const views = new Set(target.views.map(({ name }) => fold(name)));
  const present = new Set([...current.tables, ...current.views].map(({ name }) => fold(name)));
  // A table that is not there yet may be this one under another name.
  const isNamed = ({ name, table }: Trigger): boolean =>
    target.triggers.some(
      (one) => fold(one.name) === fold(name) && (fold(one.table) === fold(table) || !present.has(fold(one.table))),
    );
  const listMissing = (
    found: readonly { readonly name: string }[],
    wanted: readonly { readonly name: string }[],
  ): readonly string[] => {
    const names = new Set(wanted.map(({ name }) => name));
    return found.map(({ name }) => name).filter((name) => !names.has(name));
  };
  return {
    tables: findStrangeTables(current, target, said, rules),
    views: current.views.map(({ name }) => name).filter((name) => !views.has(fold(name))),
    triggers: current.triggers.filter((trigger) => !isNamed(trigger)).map(({ name, table }) => ({ name, table })),
    enums: listMissing(current.enums, target.enums),
    sequences: listMissing(current.sequences, target.sequences),
    objects: current.objects
      .filter((object) => !includesObject(target.objects, object))
      .map(({ kind, name }) => ({ kind, name })),
  };
}

/** A schema without some of what it holds. */
export function withoutUnnamed(schema: Schema, unnamed: UnnamedObjects): Schema {
  const { tables, views, triggers, enums, sequences, objects } = unnamed;
  return {
    ...schema,
    tables: schema.tables.filter(({ name }) => !tables.includes(name)),
    views: schema.views.filter(({ name }) => !views.includes(name)),
    triggers: schema.triggers.filter((trigger) => !includesTrigger(triggers, trigger)),
    enums: schema.enums.filter(({ name }) => !enums.includes(name)),
    sequences: schema.sequences.filter(({ name }) => !sequences.includes(name)),
    objects: schema.objects.filter((object) => !includesObject(objects, object)),
  };
}
