import type { Connection } from "../../dialect/connection.ts";
import type { ContentionRules, Limits, UsualPatience } from "../../dialect/contention-rules.ts";
import { ERROR_NUMBERS, findErrorNumber } from "./database-errors.ts";
import { readText } from "./driver/read-text.ts";
import { findHolders } from "./find-holders.ts";
import { replacesByDrop } from "./journal/judge-refused.ts";
import { tokenizeMeant } from "./parse/tokenize-meant.ts";

/** Whatever comes after a statement that waits for a table waits behind it: within some two minutes most of what is in the way has ended. */
export const PATIENCE: UsualPatience = { lockTimeout: 2000, tries: 10 };

/** Of both locks, those of definitions and those of rows; servers count whole seconds, and MySQL from 1. https://mariadb.com/kb/en/server-system-variables/#lock_wait_timeout */
const LOCK_SETTINGS = ["lock_wait_timeout", "innodb_lock_wait_timeout"] as const;

/**
 * The settings that limit the statements of a session. MySQL limits only what reads, and counts otherwise; it reads the comment of the one, and MariaDB that of the
 * other. https://mariadb.com/kb/en/aborting-statements/ https://dev.mysql.com/doc/refman/8.0/en/server-system-variables.html#sysvar_max_execution_time
 */
export function listLimits({ lockTimeout, isUsual, statementTimeout }: Limits): readonly string[] {
  const seconds = Math.max(1, Math.ceil(lockTimeout / 1000));
  return [
    ...(lockTimeout === 0
      ? []
      : [
          LOCK_SETTINGS.map((name) => `SESSION ${name} = ${isUsual ? `LEAST(@@${name}, ${seconds})` : seconds}`).join(
            ", ",
          ),
        ]),
    ...(statementTimeout === 0
      ? []
      : [
          `/*M! SESSION max_statement_time = ${statementTimeout / 1000} */ /*!50708 SESSION max_execution_time = ${statementTimeout} */`,
        ]),
  ];
}

async function limit(connection: Connection, limits: Limits): Promise<string> {
  for (const setting of listLimits(limits)) await connection.execute(`SET ${setting}`);
  const [row] = await connection.query("SELECT CAST(connection_id() AS CHAR) AS id");
  return readText(row, "id");
}

/** https://mariadb.com/kb/en/mariadb-error-code-reference/ */
const FAILURES: ReadonlyMap<number | undefined, ReturnType<ContentionRules["classify"]>> = new Map([
  [ERROR_NUMBERS.lockWaitTimeout, "lockTimeout"],
  [ERROR_NUMBERS.deadlock, "deadlock"],
  // MariaDB from 11.6.2 on, unless told otherwise. https://mariadb.com/kb/en/innodb-system-variables/#innodb_snapshot_isolation
  [ERROR_NUMBERS.rowChanged, "rowChanged"],
  [ERROR_NUMBERS.statementTimeout, "statementTimeout"],
  [ERROR_NUMBERS.queryTimeout, "statementTimeout"],
]);

const CHANGES_OF_SCHEMA: ReadonlySet<string | undefined> = new Set(["CREATE", "ALTER", "DROP", "RENAME", "TRUNCATE"]);

/**
 * Whether a statement is a change of the schema that takes effect whole or not at all: it has committed what came before it, and asks for all its locks before
 * anything else. One that is made of a query changes rows as well. https://mariadb.com/kb/en/atomic-ddl/
 */
function repeatsAlone(sql: string): boolean {
  const words = tokenizeMeant(sql).map(({ keyword }) => keyword);
  const [verb] = words;
  if (!CHANGES_OF_SCHEMA.has(verb) || words.slice(1, 4).includes("TEMPORARY")) return false;
  return !(verb === "CREATE" && words.slice(1, 4).includes("TABLE") && words.includes("SELECT"));
}

/** What runs others, each of which commits by itself: a procedure, a block, or a text that may be a call. https://mariadb.com/kb/en/begin-end/ */
const RUN_OTHERS: ReadonlySet<string | undefined> = new Set([
  "CALL",
  "BEGIN",
  "IF",
  "CASE",
  "LOOP",
  "WHILE",
  "REPEAT",
  "FOR",
  "DECLARE",
  "EXECUTE",
]);

/**
 * Several tables are dropped one after the other: those that are there go although another one is missing. What is replaced is dropped before it is made.
 * https://mariadb.com/kb/en/drop-table/
 */
function mayStayInPart(sql: string): boolean {
  const tokens = tokenizeMeant(sql);
  if (replacesByDrop(tokens)) return true;
  const [first, ...others] = tokens;
  return RUN_OTHERS.has(first?.keyword) || (first?.keyword === "DROP" && others.some(({ text }) => text === ","));
}

/** How sessions of MariaDB and MySQL wait for each other. */
export const CONTENTION: ContentionRules = {
  limit,
  classify: (error) => FAILURES.get(findErrorNumber(error)),
  repeatsAlone,
  mayStayInPart,
  findHolders,
};
