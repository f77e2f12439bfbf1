import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { findSqlState, SQL_STATES } from "../database-errors.ts";
import { quoteText } from "../quote.ts";
import type { DriverSession } from "./driver.ts";

/** A setting of our own, which the server keeps for us with the session. https://www.postgresql.org/docs/current/runtime-config-custom.html */
const PROBE = "limbeck.probe";
const LOCKED = "limbeck.locked_since";

async function readOne(session: DriverSession, sql: string): Promise<string | null> {
  const { rows } = await session.run(sql, []);
  return rows[0]?.[0] ?? null;
}

/** What is set for a transaction is gone with it: at once, where none goes on. */
async function isInTransaction(session: DriverSession): Promise<boolean> {
  try {
    await session.run(`SELECT set_config('${PROBE}', 'on', true)`, []);
    return (await readOne(session, `SELECT current_setting('${PROBE}', true)`)) === "on";
  } catch (error) {
    if (findSqlState(error) === SQL_STATES.failedTransaction) return true;
    throw error;
  }
}

/** @throws ConnectionError (connectionInTransaction) where the owner of a session is in the middle of something */
export async function refuseTransaction(session: DriverSession, description: string): Promise<void> {
  if (await isInTransaction(session)) throw connectionErrors.connectionInTransaction({ description });
}

/**
 * Takes note of settings of a session.
 *
 * @returns puts them back, after whatever was left of a transaction
 */
export async function rememberSettings(session: DriverSession, names: readonly string[]): Promise<() => Promise<void>> {
  // Names of their own: Kysely tells columns apart by these only.
  const list = names.map((name, position) => `current_setting(${quoteText(name)}, true) AS s${position}`).join(", ");
  const [before = []] = (await session.run(`SELECT ${list}`, [])).rows;
  return async () => {
    if (await isInTransaction(session)) await session.run("ROLLBACK", []);
    const calls = names.flatMap((name, position) => {
      const value = before[position];
      return typeof value === "string" ? `set_config(${quoteText(name)}, ${quoteText(value)}, false)` : [];
    });
    await session.run(`SELECT ${calls.join(", ")}`, []);
  };
}

/** Since when a run has the session, ISO 8601; undefined when none has. */
export async function readLockedSince(session: DriverSession): Promise<string | undefined> {
  return (await readOne(session, `SELECT current_setting('${LOCKED}', true)`)) || undefined;
}

/**
 * Keeps two runs apart that share a session, whose advisory locks they would share too.
 *
 * @returns whether it was free
 * @throws ConnectionError (connectionInTransaction) when its owner is in the middle of something: a rollback would take the mark along
 */
export async function markLocked(session: DriverSession, description: string): Promise<boolean> {
  if ((await readLockedSince(session)) !== undefined) return false;
  await refuseTransaction(session, description);
  const since = quoteText(new Date().toISOString());
  const marked = await session.run(
    `SELECT set_config('${LOCKED}', ${since}, false) WHERE coalesce(current_setting('${LOCKED}', true), '') = ''`,
    [],
  );
  return marked.rows.length > 0;
}

/** Takes the mark away. */
export async function unmarkLocked(session: DriverSession): Promise<void> {
  await session.run(`SELECT set_config('${LOCKED}', '', false)`, []);
}
