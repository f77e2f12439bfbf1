import { mentionsIdentifier } from "../ops/expression/identifiers.ts";

/** The names that occur as identifiers in SQL text; most don't even as letters, which is quickly seen. */
export function findMentioned(sql: string, names: readonly string[]): readonly string[] {
  const text = sql.toLowerCase();
  const mayOccur = (name: string): boolean => name.includes('"') || text.includes(name.toLowerCase());
  return names.filter((name) => mayOccur(name) && mentionsIdentifier(sql, name));
}
