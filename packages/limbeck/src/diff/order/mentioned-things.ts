import { findMentioned } from "../find-mentioned.ts";
import type { EffectContext } from "./effect-context.ts";
import { column, enumValue, named, nature } from "./things.ts";

export function mentionedColumns(table: string, sql: string, { columnsOf }: EffectContext): readonly string[] {
  return findMentioned(sql, columnsOf(table)).map((name) => column(table, name));
}

/** What these columns are. */
export function mentionedNatures(table: string, sql: string, { columnsOf }: EffectContext): readonly string[] {
  return findMentioned(sql, columnsOf(table)).map((name) => nature(table, name));
}

/** The schema within the database, which has to be there before what is in it. */
export function homes(name: string, { namespaceOf }: EffectContext): readonly string[] {
  const home = namespaceOf(name);
  return home === undefined ? [] : [named(home)];
}

/** The literals in SQL text. */
const LITERAL = /'((?:[^']|'')*)'/g;

/** The objects that SQL text speaks of, and values of those that are enums. */
export function mentionedObjects(sql: string, { objects }: EffectContext): readonly string[] {
  const mentioned = findMentioned(sql, objects);
  if (mentioned.length === 0) return [];
  const literals = [...sql.matchAll(LITERAL)].map(([, text = ""]) => text.replaceAll("''", "'"));
  return mentioned.flatMap((name) => [named(name), ...literals.map((value) => enumValue(name, value))]);
}
