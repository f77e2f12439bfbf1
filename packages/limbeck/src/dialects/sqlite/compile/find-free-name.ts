import type { Schema } from "../../../schema/model/schema.ts";
import { foldName } from "../../../kernel/fold-name.ts";

/**
 * A name for something that lives only while a table is rebuilt: the wanted one, with underscores in front as long as it is taken.
 *
 * @example
 * findFreeName("_limbeck_new_t", ["t", "_limbeck_new_t"]); // __limbeck_new_t
 */
export function findFreeName(wanted: string, taken: Iterable<string>): string {
  const names = new Set(Array.from(taken, foldName));
  let name = wanted;
  while (names.has(foldName(name))) name = `_${name}`;
  return name;
}

/** All names that a new table cannot have. Tables, indexes, views and triggers of a schema share one set of names, triggers aside. */
export function listTakenNames({ tables, views }: Schema): readonly string[] {
  return [...tables, ...tables.flatMap(({ indexes }) => indexes), ...views].map(({ name }) => name);
}
