import type { JournalRules, Verdict } from "../../../dialect/journal-rules.ts";
import type { Connection } from "../../../dialect/connection.ts";
import { tokenize } from "../parse/tokenize.ts";
import { findTable } from "../introspect/introspect.ts";
import { settleDetach } from "./detached-partitions.ts";
import { captureIndexes, settleIndexes } from "./indexes.ts";
import { readWords, refusesTransaction } from "./read-words.ts";

const isAboutIndexes = (words: readonly string[]): boolean => words.includes("INDEX") || words[0] === "REINDEX";

/** What may run twice: it leaves the same. */
const REPEATABLE: ReadonlySet<string | undefined> = new Set(["VACUUM", "ALTER"]);

async function settle(connection: Connection, sql: string, before: string): Promise<Verdict> {
  // Its transaction was never committed: the entry that tells of its end would have been, too.
  if (!takesEffectAlone(sql)) return "notApplied";
  const tokens = tokenize(sql);
  const words = readWords(tokens);
  if (isAboutIndexes(words)) return settleIndexes(connection, tokens, before);
  if (words.includes("DETACH")) return settleDetach(connection, tokens);
  return REPEATABLE.has(words[0]) ? "notApplied" : "unknown";
}

/** A procedure, or a block, may commit what it has done. */
const mayCommit = (sql: string): boolean =>
  /^\s*CALL\b/i.test(sql) || (/^\s*DO\b/i.test(sql) && /\b(?:COMMIT|ROLLBACK)\b/i.test(sql));

const takesEffectAlone = (sql: string): boolean => mayCommit(sql) || refusesTransaction(sql);

/** PostgreSQL takes back with a transaction all that can be in one; what cannot leaves its trace in the catalogue, but for little. */
export const JOURNAL: JournalRules = {
  now: "clock_timestamp()",
  user: "session_user::text",
  session: "pg_backend_pid()::text",
  // https://www.postgresql.org/docs/current/queries-with.html#QUERIES-WITH-MODIFYING
  writeAlong: {
    join: (entries, statement) => `WITH noted AS (${entries}) ${statement}`,
    // What a rule makes of a statement may be several, or none, which cannot stand there.
    findFit: async (connection, table) => {
      const found = await findTable(connection, table);
      return found && !found.hasRules;
    },
  },
  takesEffectAlone,
  refusesTransaction,
  staysInSession: (sql) => /^\s*(?:SET|RESET|CREATE\s+TEMP(?:ORARY)?)\b/i.test(sql),
  async capture(connection, sql) {
    const tokens = tokenize(sql);
    return isAboutIndexes(readWords(tokens)) ? captureIndexes(connection, tokens) : "";
  },
  // Of an index that is dropped or built anew, the indexes that are looked at may not tell.
  mayLeaveNoTrace: (sql) => readWords(tokenize(sql))[0] !== "CREATE",
  settle,
};
