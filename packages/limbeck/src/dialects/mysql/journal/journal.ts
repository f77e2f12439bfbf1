import type { Connection } from "../../../dialect/connection.ts";
import type { JournalRules, Verdict } from "../../../dialect/journal-rules.ts";
import { tokenizeMeant } from "../parse/tokenize-meant.ts";
import type { Token } from "../parse/tokenize.ts";
import { capture, readDefinitions } from "./capture.ts";
import { judgeRefused, OF_ROWS, REPEATABLE } from "./judge-refused.ts";
import { swapsColumns } from "./swaps-columns.ts";
import { readTouchedObjects, type TouchedObject } from "./touched-objects.ts";

/** What is taken back with its transaction, or changes nothing at all. */
const TRANSACTIONAL: ReadonlySet<string | undefined> = new Set([
  "INSERT",
  "UPDATE",
  "DELETE",
  "REPLACE",
  "SELECT",
  "WITH",
  "VALUES",
  "SET",
  "USE",
  "DO",
  "LOAD",
  "SHOW",
  "EXPLAIN",
  "DESCRIBE",
  "SAVEPOINT",
  "RELEASE",
  "ROLLBACK",
]);

const isTemporary = (tokens: readonly Token[]): boolean =>
  tokens.slice(1, 4).some(({ keyword }) => keyword === "TEMPORARY");

function takesEffectAlone(sql: string): boolean {
  const tokens = tokenizeMeant(sql.slice(0, 500));
  const [first] = tokens;
  return first?.kind === "word" && !TRANSACTIONAL.has(first.keyword) && !isTemporary(tokens);
}

/** Several tables are dropped one after the other. */
function settleDrop(before: readonly (string | null)[], now: readonly (string | null)[]): Verdict {
  const gone = before.filter((definition, index) => definition !== null && now[index] === null);
  const there = before.filter((definition) => definition !== null);
  if (gone.length === 0) return "notApplied";
  return gone.length === there.length ? "applied" : "unknown";
}

/** Whether an event is for one moment: once that has come, the event is gone, and what it did stays. */
const runsOnce = (tokens: readonly Token[]): boolean =>
  tokens.some(({ keyword }, index) => keyword === "SCHEDULE" && tokens[index + 1]?.keyword === "AT");

/** Whether a statement may have done something although everything looks as before, and would do something else if it ran again. */
function isUntold(tokens: readonly Token[], objects: readonly TouchedObject[]): boolean {
  const words = tokens.slice(0, 20).map(({ keyword }) => keyword);
  // Tables of the same shape change places.
  if (words[0] === "RENAME") return objects.length > 2;
  if (objects.some(({ word }) => word === "EVENT")) return runsOnce(tokens);
  if (words[0] === "ALTER") return tokens.some(({ keyword }) => OF_ROWS.has(keyword)) || swapsColumns(tokens);
  return words[0] === "CREATE" && words[1] === "OR" && words.includes("TABLE");
}

/** Numbers that go on from elsewhere, and columns that come back without their values, look as before too; there it does no harm to run the statement again. */
function mayLeaveNoTrace(sql: string): boolean {
  const tokens = tokenizeMeant(sql);
  const words = new Set(tokens.map(({ keyword }) => keyword));
  const isReplaced = words.has("OR") && words.has("REPLACE");
  const isOfNumbers = words.has("AUTO_INCREMENT") || words.has("SEQUENCE");
  const isRenewed = words.has("DROP") && words.has("ADD");
  return isUntold(tokens, readTouchedObjects(tokens)) || isReplaced || isOfNumbers || isRenewed;
}

async function settle(connection: Connection, sql: string, before: string): Promise<Verdict> {
  const tokens = tokenizeMeant(sql);
  const [verb] = tokens.map(({ keyword }) => keyword);
  if (REPEATABLE.has(verb)) return "notApplied";
  if (before === "") return "unknown";
  // Only capture makes such texts.
  const known = JSON.parse(before) as readonly (string | null)[];
  const objects = readTouchedObjects(tokens);
  const now = await readDefinitions(connection, objects);
  const isDropOfIndex =
    verb === "DROP" && objects.some(({ word }) => word === "TABLE") && now.every((one) => one !== null);
  if (verb === "DROP" && !isDropOfIndex) return settleDrop(known, now);
  if (now.some((definition, index) => definition !== known[index])) return "applied";
  return isUntold(tokens, objects) ? "unknown" : "notApplied";
}

/**
 * MariaDB and MySQL commit every change of the schema by itself, and each is done whole or not at all; what it is about looks different afterwards.
 * https://mariadb.com/kb/en/atomic-ddl/
 */
export const JOURNAL: JournalRules = {
  now: "current_timestamp(6)",
  user: "current_user()",
  session: "CAST(connection_id() AS CHAR)",
  takesEffectAlone,
  refusesTransaction: () => false,
  staysInSession: (sql) => /^\s*(?:SET|USE|CREATE\s+(?:OR\s+REPLACE\s+)?TEMPORARY)\b(?!\s+STATEMENT)/i.test(sql),
  capture,
  mayLeaveNoTrace,
  settle,
  judgeRefused,
};
