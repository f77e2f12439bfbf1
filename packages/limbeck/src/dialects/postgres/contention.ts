import type { Connection, Row } from "../../dialect/connection.ts";
import type { ContentionRules, Limits, UsualPatience } from "../../dialect/contention-rules.ts";
import { shortenQuery, type LockHolder } from "../../kernel/lock-holder.ts";
import { findSqlState, SQL_STATES } from "./database-errors.ts";
import { readText } from "./driver/read-text.ts";
import { readWords, refusesTransaction } from "./journal/read-words.ts";
import { tokenize } from "./parse/tokenize.ts";
import { quoteText } from "./quote.ts";

/**
 * Whatever comes after a statement that waits for a table waits behind it, so that it had better give up soon, and come again: within some two minutes, in which most
 * of what is in the way has ended.
 */
export const PATIENCE: UsualPatience = { lockTimeout: 2000, tries: 10 };

const set = (name: string, value: string): string => `set_config(${quoteText(name)}, ${value}, false)`;

/** A shorter limit, of the role or of the database, was set by somebody who knows it better than we do. */
const shorterOf = (milliseconds: number): string =>
  `(SELECT CASE WHEN setting::bigint BETWEEN 1 AND ${milliseconds} THEN setting ELSE '${milliseconds}' END
    FROM pg_settings WHERE name = 'lock_timeout')`;

async function limit(connection: Connection, { lockTimeout, isUsual, statementTimeout }: Limits): Promise<string> {
  const calls = [
    ...(lockTimeout === 0
      ? []
      : [set("lock_timeout", isUsual ? shorterOf(lockTimeout) : quoteText(String(lockTimeout)))]),
    ...(statementTimeout === 0 ? [] : [set("statement_timeout", quoteText(String(statementTimeout)))]),
  ];
  const [row] = await connection.query(`SELECT ${["pg_backend_pid()::text AS pid", ...calls].join(", ")}`);
  return readText(row, "pid");
}

/** The same for `psql`. */
export const renderScriptLimits = ({ lockTimeout, statementTimeout }: Limits): readonly string[] => [
  ...(lockTimeout === 0 ? [] : [`SET lock_timeout = ${lockTimeout};`]),
  ...(statementTimeout === 0 ? [] : [`SET statement_timeout = ${statementTimeout};`]),
];

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const FAILURES: Readonly<Record<string, ReturnType<ContentionRules["classify"]>>> = {
  [SQL_STATES.lockNotAvailable]: "lockTimeout",
  [SQL_STATES.deadlock]: "deadlock",
  [SQL_STATES.rowChanged]: "rowChanged",
  [SQL_STATES.cancelled]: "statementTimeout",
};

/** Such an index waits for transactions to end, and nobody waits behind it; broken off, it would be left invalid. */
const isAside = (sql: string): boolean => /\b(?:RE)?INDEX\b[^]*\bCONCURRENTLY\b/i.test(sql) && refusesTransaction(sql);

/** A column that may be empty, under its name. */
function readPart<Name extends string>(row: Row, column: Name): { readonly [Key in Name]?: string } {
  const value = row[column];
  const text = value instanceof Date ? value.toISOString() : value;
  // The type of a computed key is lost; the key is the name.
  return (typeof text === "string" && text !== "" ? { [column]: text } : {}) as { readonly [Key in Name]?: string };
}

/** The number of what holds a lock, and is no session: a transaction that was prepared. */
const PREPARED = "0";

function toHolder(row: Row): LockHolder {
  const session = readText(row, "session");
  if (session === PREPARED) return { session, state: "a prepared transaction, which pg_prepared_xacts lists" };
  const query = readText(row, "query");
  return {
    session,
    ...readPart(row, "user"),
    ...readPart(row, "application"),
    ...readPart(row, "address"),
    ...readPart(row, "state"),
    ...readPart(row, "since"),
    ...(query === "" ? {} : { query: shortenQuery(query) }),
    end: `SELECT pg_terminate_backend(${session});`,
  };
}

/** https://www.postgresql.org/docs/current/functions-info.html */
async function findHolders(observer: Connection, session: string): Promise<readonly LockHolder[]> {
  const rows = await observer.query(
    `SELECT b.pid::text AS session, a.usename::text AS "user", a.application_name AS application,
      host(a.client_addr) AS address, a.state, coalesce(a.xact_start, a.state_change) AS since, left(a.query, 1000) AS query
    FROM (SELECT DISTINCT unnest(pg_blocking_pids($1::integer)) AS pid) AS b LEFT JOIN pg_stat_activity AS a ON a.pid = b.pid
    ORDER BY a.xact_start`,
    [session],
  );
  return rows.map(toHolder);
}

/** Procedures and blocks may commit. https://www.postgresql.org/docs/current/plpgsql-transactions.html */
const mayStayInPart = (sql: string): boolean => ["CALL", "DO", "EXECUTE"].includes(readWords(tokenize(sql))[0] ?? "");

/** How sessions of PostgreSQL wait for each other. A transaction that did not get a lock is over, and begins anew. */
export const CONTENTION: ContentionRules = {
  limit,
  classify: (error) => FAILURES[findSqlState(error) ?? ""],
  repeatsAlone: () => false,
  mayStayInPart,
  async waitAside(connection, sql, run) {
    if (!isAside(sql)) return undefined;
    const [row] = await connection.query(
      `SELECT current_setting('lock_timeout') AS before, ${set("lock_timeout", "'0'")}`,
    );
    const limitAgain = () => connection.query(`SELECT ${set("lock_timeout", quoteText(readText(row, "before")))}`);
    try {
      const result = await run();
      await limitAgain();
      return { result };
    } catch (error) {
      // What failed inside of a transaction takes the limit back with it, and refuses the question; the first failure is the one to tell.
      await limitAgain().catch(() => undefined);
      throw error;
    }
  },
  findHolders,
};
