import type { Connection } from "../../../dialect/connection.ts";
import type { Refused } from "../../../dialect/journal-rules.ts";
import { tokenizeMeant } from "../parse/tokenize-meant.ts";
import type { Token } from "../parse/tokenize.ts";
import { capture } from "./capture.ts";

/** What may run twice: it leaves the same. */
export const REPEATABLE: ReadonlySet<string | undefined> = new Set([
  "GRANT",
  "REVOKE",
  "ANALYZE",
  "OPTIMIZE",
  "REPAIR",
  "CHECK",
  "FLUSH",
]);

/** Changes of rows in the form of changes of a table, of which its definition shows nothing. */
export const OF_ROWS: ReadonlySet<string> = new Set(["EXCHANGE", "TRUNCATE", "DISCARD", "IMPORT"]);

/** What is dropped first where it is there, and made then: an error between the two leaves neither. https://mariadb.com/kb/en/create-table/#create-or-replace */
const DROPPED_FIRST: ReadonlySet<string | undefined> = new Set(["TABLE", "SEQUENCE", "DATABASE", "SCHEMA"]);

/** Whether a statement drops what is there before it makes another one in its place. */
export function replacesByDrop(tokens: readonly Token[]): boolean {
  const [verb, or, replace, kind] = tokens.map(({ keyword }) => keyword);
  return verb === "CREATE" && or === "OR" && replace === "REPLACE" && DROPPED_FIRST.has(kind);
}

/** Whether a statement takes effect whole or not at all although no definition shows it. Of several users each is made by itself. */
function isWhole(tokens: readonly Token[]): boolean {
  const [verb, kind] = tokens.map(({ keyword }) => keyword);
  if (verb === "TRUNCATE") return true;
  // https://mariadb.com/kb/en/rename-table/: all renames are undone when one of them fails.
  if (verb === "RENAME") return kind === "TABLE" || kind === "TABLES";
  if (verb === "ALTER") return kind === "DATABASE" || kind === "SCHEMA";
  return verb === "CREATE" && (kind === "USER" || kind === "ROLE") && !tokens.some(({ text }) => text === ",");
}

/**
 * What a statement did that the server answered with an error. It never took effect as a whole, whatever the catalogue looks like; where that looks as before, nothing
 * of the statement is there.
 */
export async function judgeRefused(connection: Connection, sql: string, before: string): Promise<Refused> {
  const tokens = tokenizeMeant(sql);
  const [verb] = tokens.map(({ keyword }) => keyword);
  if (REPEATABLE.has(verb)) return "again";
  if (before === "") return isWhole(tokens) ? "nothing" : "unknown";
  // Partition by partition, and no definition shows rows.
  if (verb === "ALTER" && tokens.some(({ keyword }) => OF_ROWS.has(keyword))) return "unknown";
  const now = await capture(connection, sql);
  if (now === before) return "nothing";
  const isGone = replacesByDrop(tokens) && now === "[null]";
  return isGone ? "again" : "unknown";
}
