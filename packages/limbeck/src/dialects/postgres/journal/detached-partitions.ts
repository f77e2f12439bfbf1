import type { Connection } from "../../../dialect/connection.ts";
import type { Verdict } from "../../../dialect/journal-rules.ts";
import type { Token } from "../parse/tokenize.ts";
import { readNameAt, readWords } from "./read-words.ts";

/**
 * Finds out whether a partition was detached, and brings to its end what was begun.
 * https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DETACH-PARTITION
 */
export async function settleDetach(connection: Connection, tokens: readonly Token[]): Promise<Verdict> {
  const words = readWords(tokens);
  const at = words.indexOf("TABLE") + 1;
  const parent = readNameAt(tokens, words[at] === "IF" ? at + 2 : at);
  const partition = readNameAt(tokens, words.indexOf("PARTITION") + 1);
  const [row] = await connection.query(
    "SELECT inhdetachpending AS pending FROM pg_inherits WHERE inhparent = to_regclass($1) AND inhrelid = to_regclass($2)",
    [parent, partition],
  );
  if (!row) return "applied";
  if (row["pending"] !== true) return "notApplied";
  await connection.execute(`ALTER TABLE ${parent} DETACH PARTITION ${partition} FINALIZE`);
  return "applied";
}
