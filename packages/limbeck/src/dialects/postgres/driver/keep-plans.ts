import { createHash } from "node:crypto";
import type { Connection } from "../../../dialect/connection.ts";

/** A question of so many characters is parsed and planned for longer than it runs. */
const LONG = 10_000;

/** Only of the catalogue: the columns of a table may get other types, and the server refuses a plan whose answer would look another way. */
const isLongQuestion = (sql: string, parameters: readonly unknown[]): boolean =>
  sql.length >= LONG && parameters.length === 0 && sql.startsWith("SELECT ") && sql.includes("pg_catalog.");

/** What may take a prepared statement away without our hearing of it again: functions can do it too. */
const ENDS_PREPARED = /\b(?:DISCARD|DEALLOCATE)\b/i;

/**
 * A connection on which the server keeps the plans of long questions, such as that about the whole catalogue: a new session makes its plan in 150 to 300 ms, and runs it in
 * 15. Kept from the first time on, because it costs hardly more than to ask without, and most sessions ask again. Only for sessions of our own: one that a pooler shares out
 * would not know the plan the next time, and one that was handed over would keep it.
 */
export function keepPlans(connection: Connection): Connection {
  const names = new Map<string, string>();
  let isSafe = true;

  const hear = (sql: string): void => {
    if (ENDS_PREPARED.test(sql)) isSafe = false;
  };

  /** The name under which the server has the plan; undefined where it has none. */
  async function findPlan(sql: string): Promise<string | undefined> {
    if (!isSafe) return undefined;
    const known = names.get(sql);
    if (known !== undefined) return known;
    const name = `limbeck_${createHash("sha256").update(sql).digest("hex").slice(0, 16)}`;
    await connection.execute(`PREPARE ${name} AS ${sql}`);
    names.set(sql, name);
    return name;
  }

  return {
    serverVersion: connection.serverVersion,
    description: connection.description,
    execute(sql, parameters) {
      hear(sql);
      return connection.execute(sql, parameters);
    },
    async query(sql, parameters = []) {
      if (!isLongQuestion(sql, parameters)) {
        hear(sql);
        return connection.query(sql, parameters);
      }
      const plan = await findPlan(sql);
      return connection.query(plan === undefined ? sql : `EXECUTE ${plan}`);
    },
    close: () => connection.close(),
  };
}
