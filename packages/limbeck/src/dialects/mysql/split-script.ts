import type { ScriptStatement } from "../../dialect/statement.ts";
import { splitStatements } from "./parse/split-statements.ts";
import { tokenize, type Token } from "./parse/tokenize.ts";

const SCHEMA_WORDS: readonly (string | undefined)[] = ["CREATE", "ALTER", "DROP", "RENAME"];
const OF_DUMPS: readonly (string | undefined)[] = ["SET", "USE", "LOCK", "UNLOCK", "GRANT", "REVOKE", "FLUSH"];
const DATABASES: readonly (string | undefined)[] = ["DATABASE", "SCHEMA"];

/** https://mariadb.com/kb/en/sql-statements-that-cause-an-implicit-commit/ */
const COMMITTING: readonly (string | undefined)[] = [
  ...SCHEMA_WORDS,
  "TRUNCATE",
  "GRANT",
  "REVOKE",
  "LOCK",
  "ANALYZE",
  "OPTIMIZE",
  "REPAIR",
  "CHECK",
  "FLUSH",
  "INSTALL",
  "UNINSTALL",
];

/** The words of a statement; settings for it alone, which stand in front of it, are not what it is about. */
function listWords(tokens: readonly Token[]): readonly string[] {
  const words = tokens.map(({ keyword }) => keyword);
  return words[0] === "SET" && words[1] === "STATEMENT" ? words.slice(words.indexOf("FOR") + 1) : words;
}

/** A ROLLBACK TO ends a savepoint only. */
function endsOrBeginsTransaction([first, second, third]: readonly string[]): boolean {
  if (first === "ROLLBACK") return second !== "TO" && third !== "TO";
  if (first === "BEGIN") return second !== "NOT";
  return first === "COMMIT" || first === "XA" || (first === "START" && second === "TRANSACTION");
}

/** What `mariadb-dump` writes around a schema and a scratch database has no use for: settings, locks, and the database that is there already. */
const isOfDump = (words: readonly string[]): boolean =>
  OF_DUMPS.includes(words[0]) || (SCHEMA_WORDS.includes(words[0]) && DATABASES.includes(words[1]));

/** Temporary tables belong to the session, and neither to the schema nor to the transaction. */
const isTemporary = (words: readonly string[]): boolean => words.slice(1, 4).includes("TEMPORARY");

function findPurpose(tokens: readonly Token[]): ScriptStatement["purpose"] {
  const words = listWords(tokens);
  if (endsOrBeginsTransaction(words)) return "transaction";
  if (isOfDump(words)) return "ignored";
  return SCHEMA_WORDS.includes(words[0]) && !isTemporary(words) ? "schema" : "other";
}

/**
 * Splits a script of the `mariadb` client, dumps without rows among them, and tells what each statement is about.
 *
 * @throws ConnectionError (unfinishedScript)
 */
export function splitScript(script: string): readonly ScriptStatement[] {
  return splitStatements(script).map(({ sql, line, tokens, isClientCommand }) => ({
    sql,
    line,
    purpose: isClientCommand ? "ignored" : findPurpose(tokens),
  }));
}

/** Whether a statement commits everything before it, and what it does itself. */
export function commitsImplicitly(sql: string): boolean {
  const words = listWords(tokenize(sql.slice(0, 500)));
  return COMMITTING.includes(words[0]) && !isTemporary(words);
}
