import { createHash } from "node:crypto";
import type { Connection, Row } from "../../../dialect/connection.ts";

/** A statement of so many characters is parsed and planned for longer than it runs. */
const LONG = 10_000;

/** What may take a prepared statement away without our hearing of it again: functions can do it too. */
const ENDS_PREPARED = /\b(?:DISCARD|DEALLOCATE)\b/i;

/**
 * Asks long questions that are asked again and again, such as the one about the whole catalogue: from the second time on the server keeps their plan, which
 * takes 40 ms to make and 7 ms to run. Only for sessions of our own: one that a pooler shares out would not know the plan the next time.
 */
export class RepeatedQuestions {
  readonly #session: Connection;
  readonly #asked = new Set<string>();
  readonly #names = new Map<string, string>();
  #isSafe = true;

  constructor(session: Connection) {
    this.#session = session;
  }

  /** To be told of every other statement. */
  hear(sql: string): void {
    if (ENDS_PREPARED.test(sql)) this.#isSafe = false;
  }

  /** Asks one without parameters. */
  async ask(sql: string): Promise<readonly Row[]> {
    if (sql.length < LONG) this.hear(sql);
    const name = await this.#prepare(sql);
    return this.#session.query(name === undefined ? sql : `EXECUTE ${name}`);
  }

  /** The name under which the server keeps the plan; undefined where it does not. */
  async #prepare(sql: string): Promise<string | undefined> {
    if (!this.#isSafe || sql.length < LONG || !sql.startsWith("SELECT ")) return undefined;
    const known = this.#names.get(sql);
    if (known !== undefined) return known;
    if (!this.#asked.has(sql)) {
      this.#asked.add(sql);
      return undefined;
    }
    const name = `limbeck_${createHash("sha256").update(sql).digest("hex").slice(0, 16)}`;
    await this.#session.execute(`PREPARE ${name} AS ${sql}`);
    this.#names.set(sql, name);
    return name;
  }
}
