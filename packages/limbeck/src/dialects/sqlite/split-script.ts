import type { ScriptStatement } from "../../dialect/statement.ts";
import { splitStatements } from "./parse/split-statements.ts";
import { readName, tokenize, type Token } from "./parse/tokenize.ts";

const SCHEMA_WORDS: readonly (string | undefined)[] = ["CREATE", "ALTER", "DROP"];
const TEMPORARY: readonly (string | undefined)[] = ["TEMP", "TEMPORARY"];

/** A ROLLBACK TO ends a savepoint only. https://www.sqlite.org/lang_transaction.html */
function endsOrBeginsTransaction(tokens: readonly Token[]): boolean {
  const [first, ...rest] = tokens.map(({ keyword }) => keyword);
  if (first === "ROLLBACK") return !rest.includes("TO");
  return first === "BEGIN" || first === "COMMIT" || first === "END";
}

/** Tables that SQLite makes by itself; no statement may. https://www.sqlite.org/fileformat2.html#internal_schema_objects */
const isInternalName = (name: string): boolean => /^sqlite_/i.test(name);

function findPurpose(sql: string): ScriptStatement["purpose"] {
  const tokens = tokenize(sql);
  const [first, second, third] = tokens;
  if (endsOrBeginsTransaction(tokens)) return "transaction";
  // What is temporary is gone with the session, so it is no part of a schema.
  if (!SCHEMA_WORDS.includes(first?.keyword) || TEMPORARY.includes(second?.keyword)) return "other";
  // The client's .schema writes the counters of AUTOINCREMENT and the statistics of ANALYZE like any other table.
  const isInternal = second?.keyword === "TABLE" && third !== undefined && isInternalName(readName(third));
  return first?.keyword === "CREATE" && isInternal ? "ignored" : "schema";
}

/**
 * Splits a script of the `sqlite3` client, and tells what each statement is about.
 *
 * @throws ConnectionError (unfinishedScript)
 */
export function splitScript(script: string): readonly ScriptStatement[] {
  return splitStatements(script).map(({ sql, line }) => ({ sql, line, purpose: findPurpose(sql) }));
}
