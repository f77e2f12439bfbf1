import { hostname } from "node:os";
import type { Connection } from "../../../dialect/connection.ts";
import { lockErrors } from "../../../kernel/errors/lock-errors.ts";
import { describeDatabaseError, ERROR_NUMBERS, findErrorNumber } from "../database-errors.ts";
import { readText } from "../driver/read-text.ts";
import { quoteIdentifier } from "../quote.ts";

/** The table in which the lock of a cluster is a row, beside the version table: `limbeck_version` has `limbeck_lock`. */
export const nameLockTable = (versionTable: string): string => `${versionTable.replace(/_version$/i, "")}_lock`;

/** Who has the lock, as the row says it. */
export interface LockRow {
  /** Whose it is: no two runs have the same. */
  readonly token: string;
  /** Grows as long as the holder lives. */
  readonly beat: string;
  /** The server on which the holder works. */
  readonly server: string;
  /** For people. */
  readonly holder: string;
  readonly since: string;
}

/**
 * Two servers of a cluster may both let a session change the row; only one of the changes is let through when it commits. The other one hears of a deadlock, or of
 * a row that is there already: somebody else has the lock. https://mariadb.com/kb/en/about-galera-replication/
 */
const LOST: ReadonlySet<number | undefined> = new Set([
  ERROR_NUMBERS.deadlock,
  ERROR_NUMBERS.rowChanged,
  ERROR_NUMBERS.duplicateKey,
  ERROR_NUMBERS.lockWaitTimeout,
]);

// oxlint-disable-next-line eslint/no-restricted-globals -- only the process knows its own id
const describeSelf = (): string => `process ${process.pid} on ${hostname()}`;

/** The row of a lock in its table. */
export class LockTable {
  readonly #name: string;
  readonly #table: string;

  constructor(versionTable: string) {
    this.#name = nameLockTable(versionTable);
    this.#table = quoteIdentifier(this.#name);
  }

  /** Makes the table. Other engines than this one are not replicated. */
  async #create(connection: Connection): Promise<void> {
    await connection.execute(
      `CREATE TABLE IF NOT EXISTS ${this.#table} (id INT NOT NULL PRIMARY KEY, token VARCHAR(40) NOT NULL, beat BIGINT NOT NULL, ` +
        "server VARCHAR(64) NOT NULL, holder VARCHAR(200) NOT NULL, since DATETIME NOT NULL) ENGINE = InnoDB",
    );
  }

  /** @returns undefined where nobody has the lock, or there is no table */
  async read(connection: Connection): Promise<LockRow | undefined> {
    const [row] = await connection
      .query(
        `SELECT token, CAST(beat AS CHAR) AS beat, server, holder, DATE_FORMAT(since, '%Y-%m-%dT%H:%i:%sZ') AS since FROM ${this.#table}`,
      )
      .catch((error: unknown) => {
        if (findErrorNumber(error) === ERROR_NUMBERS.noSuchTable) return [];
        throw error;
      });
    if (!row) return undefined;
    return {
      token: readText(row, "token"),
      beat: readText(row, "beat"),
      server: readText(row, "server"),
      holder: readText(row, "holder"),
      since: readText(row, "since"),
    };
  }

  /** The same for somebody who only looks, and may lack the right to. */
  readIfAllowed(connection: Connection): Promise<LockRow | undefined> {
    return this.read(connection).catch((error: unknown) => {
      if (findErrorNumber(error) === ERROR_NUMBERS.tableForbidden) return undefined;
      throw error;
    });
  }

  /**
   * Takes a lock that nobody has. The table is made only where there is none: that stops the whole cluster for a moment, and not every user may do it.
   *
   * @returns whether nobody else was faster
   */
  async take(connection: Connection, token: string, server: string): Promise<boolean> {
    const insert = (): Promise<boolean> =>
      this.#change(connection, `INSERT INTO ${this.#table} VALUES (1, ?, 0, ?, ?, UTC_TIMESTAMP())`, [
        token,
        server,
        describeSelf(),
      ]);
    try {
      return await insert();
    } catch (error) {
      if (findErrorNumber(error) !== ERROR_NUMBERS.noSuchTable) throw error;
      await this.#create(connection);
      return insert();
    }
  }

  /** @returns what a refusal of the server is to people: a right that is missing; anything else as it is */
  explain(error: unknown, database: string): unknown {
    if (findErrorNumber(error) !== ERROR_NUMBERS.tableForbidden) return error;
    return lockErrors.lockTableRefused({ database, table: this.#name, message: describeDatabaseError(error) }, error);
  }

  /** Takes a lock whose holder is dead. @returns whether the row was still as it was read */
  takeOver(connection: Connection, token: string, server: string, dead: LockRow): Promise<boolean> {
    return this.#change(
      connection,
      `UPDATE ${this.#table} SET token = ?, beat = 0, server = ?, holder = ?, since = UTC_TIMESTAMP() WHERE token = ? AND beat = ?`,
      [token, server, describeSelf(), dead.token, dead.beat],
    );
  }

  /** Shows that the holder lives. @returns whether it still has the lock; undefined where nobody can tell now */
  async beat(connection: Connection, token: string): Promise<boolean | undefined> {
    const isHeld = await this.#change(connection, `UPDATE ${this.#table} SET beat = beat + 1 WHERE token = ?`, [token]);
    if (isHeld) return true;
    return (await this.read(connection))?.token === token ? undefined : false;
  }

  async giveBack(connection: Connection, token: string): Promise<void> {
    await this.#change(connection, `DELETE FROM ${this.#table} WHERE token = ?`, [token]);
  }

  /** @returns whether this changed the row, for the whole cluster */
  async #change(connection: Connection, sql: string, parameters: readonly string[]): Promise<boolean> {
    try {
      const changed = await connection.execute(sql, parameters);
      // A session that was handed over may not commit by itself.
      await connection.execute("COMMIT");
      return changed === 1;
    } catch (error) {
      if (!LOST.has(findErrorNumber(error))) throw error;
      await connection.execute("ROLLBACK");
      return false;
    }
  }
}
