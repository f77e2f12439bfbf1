import type { ScriptStatement } from "../../dialect/statement.ts";
import { splitStatements } from "./parse/split-statements.ts";
import type { Token } from "./parse/tokenize.ts";

const SCHEMA_WORDS: readonly (string | undefined)[] = ["CREATE", "ALTER", "DROP", "COMMENT", "GRANT", "REVOKE"];
const TEMPORARY: readonly (string | undefined)[] = ["TEMP", "TEMPORARY"];
const TRANSACTION_WORDS: readonly (string | undefined)[] = ["BEGIN", "START", "COMMIT", "END", "ABORT"];
const KINDS_BEFORE_OWNER: readonly (string | undefined)[] = ["SCHEMA", "DATABASE"];

/** A ROLLBACK TO ends a savepoint only. https://www.postgresql.org/docs/current/sql-rollback-to.html */
function endsOrBeginsTransaction(words: readonly string[]): boolean {
  if (words[0] === "ROLLBACK") return !words.includes("TO");
  if (words[0] === "PREPARE") return words[1] === "TRANSACTION";
  return TRANSACTION_WORDS.includes(words[0]);
}

const BEYOND_DATABASE: readonly (string | undefined)[] = [
  "DATABASE",
  "TABLESPACE",
  "PARAMETER",
  "LARGE",
  "FOREIGN",
  "LANGUAGE",
];

/** Whether rights are on something in a schema; otherwise they belong to the server, or make one role a member of another. */
function isOnOwn(words: readonly string[]): boolean {
  const on = words.indexOf("ON");
  return on !== -1 && !BEYOND_DATABASE.includes(words[on + 1]);
}

/**
 * What `pg_dump` writes around a schema and a scratch database has no use for: settings of the session, owners, which are roles that may not be there, and the
 * schema that is there already.
 */
function isOfDump(words: readonly string[], sql: string): boolean {
  if (words[0] === "SET") return true;
  if (words[0] === "GRANT" || words[0] === "REVOKE") return !isOnOwn(words);
  if (words[0] === "SELECT") return /^SELECT\s+pg_catalog\.(?:set_config|setval)\(/i.test(sql);
  if (words[0] === "ALTER") return words.at(-2) === "TO" && words.at(-3) === "OWNER";
  if (words[0] === "COMMENT") return words[2] === "DATABASE";
  return words[0] === "CREATE" && KINDS_BEFORE_OWNER.includes(words[1]) && words.includes("PUBLIC");
}

function findPurpose(tokens: readonly Token[], sql: string): ScriptStatement["purpose"] {
  const words = tokens.map(({ keyword }) => keyword);
  if (endsOrBeginsTransaction(words)) return "transaction";
  if (isOfDump(words, sql)) return "ignored";
  // What is temporary is gone with the session, so it is no part of a schema.
  const isSchema = SCHEMA_WORDS.includes(words[0]) && !TEMPORARY.includes(words[1]);
  return isSchema ? "schema" : "other";
}

/**
 * Splits a script of `psql`, `pg_dump --schema-only` among them, and tells what each statement is about.
 *
 * @throws ConnectionError (unfinishedScript)
 */
export function splitScript(script: string): readonly ScriptStatement[] {
  return splitStatements(script).map(({ sql, line, tokens, isClientCommand }) => ({
    sql,
    line,
    purpose: isClientCommand ? "ignored" : findPurpose(tokens, sql),
  }));
}
