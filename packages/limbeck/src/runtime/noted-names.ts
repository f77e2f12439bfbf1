import type { Schema } from "../schema/model/schema.ts";

const onTable = (name: string | undefined, table: string): readonly string[] =>
  name === undefined ? [] : [`${name} on ${table}`];

/** What notes and the like may be on, and what a schema calls it: `by_title`, `pk_todos on todos`. */
export function listNotedNames({ tables, views, triggers, objects, enums, sequences }: Schema): ReadonlySet<string> {
  return new Set([
    ...[...tables, ...views, ...objects, ...enums, ...sequences].map(({ name }) => name),
    ...tables.flatMap(({ indexes }) => indexes.map(({ name }) => name)),
    ...tables.flatMap(({ name: table, constraints }) => constraints.flatMap(({ name }) => onTable(name, table))),
    ...triggers.flatMap(({ name, table }) => onTable(name, table)),
  ]);
}
