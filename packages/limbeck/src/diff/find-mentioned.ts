import { mentionsIdentifier } from "../ops/expression/identifiers.ts";
import { findLastName } from "../ops/expression/last-name.ts";

/** Whether a name occurs as an identifier in SQL text; most don't even as letters, which is quickly seen, but for those whose quotation marks are doubled there. */
function isMentioned(sql: string, text: string, name: string): boolean {
  const mayOccur = /["`]/.test(name) || text.includes(name.toLowerCase());
  return mayOccur && mentionsIdentifier(sql, name);
}

/** The names that occur as identifiers in SQL text; of a name in parts the last one is enough. */
export function findMentioned(sql: string, names: readonly string[]): readonly string[] {
  const text = sql.toLowerCase();
  return names.filter((name) => {
    const last = findLastName(name);
    return isMentioned(sql, text, last) || (last !== name && isMentioned(sql, text, name));
  });
}
