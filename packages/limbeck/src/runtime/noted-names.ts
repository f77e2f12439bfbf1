import type { Schema } from "../schema/model/schema.ts";

/** What a schema calls a constraint or a trigger where it speaks of one: `pk_todos on todos`. */
export const onTable = ({ name, table }: { readonly name: string; readonly table: string }): string =>
  `${name} on ${table}`;

/** What notes and the like may be on, and what a schema calls it: `by_title`, `pk_todos on todos`. */
export function listNotedNames({ tables, views, triggers, objects, enums, sequences }: Schema): ReadonlySet<string> {
  return new Set([
    ...[...tables, ...views, ...objects, ...enums, ...sequences].map(({ name }) => name),
    ...tables.flatMap(({ indexes }) => indexes.map(({ name }) => name)),
    ...tables.flatMap(({ name: table, constraints }) =>
      constraints.flatMap(({ name }) => (name === undefined ? [] : onTable({ name, table }))),
    ),
    ...triggers.map(onTable),
  ]);
}
