import type { Connection } from "../../../dialect/connection.ts";
import { lockErrors } from "../../../kernel/errors/lock-errors.ts";
import type { LockTable } from "./lock-row.ts";

/** How long a holder that shows no sign of life keeps its lock, in milliseconds; everybody counts by a clock of their own. */
export const LEASE = 10_000;

/** How often a holder shows that it lives. */
const BEAT = 2500;

/** What keeps a lock. */
export interface LeaseSubject {
  readonly table: LockTable;
  readonly token: string;
  /** Opens a session for the signs of life: the one that works is busy. */
  readonly open: () => Promise<Connection>;
}

/** A lock that lasts as long as its holder shows that it lives. */
export class Lease {
  readonly #subject: LeaseSubject;
  #session: Connection;
  readonly #timer: NodeJS.Timeout;
  /** When the last sign of life was sent that the cluster has. */
  #confirmed: number;
  #isLost = false;
  #beating: Promise<void> | undefined;

  /**
   * @param session one of those that `open` gives
   * @param taken when the statement was sent that took the lock, by `performance.now`
   */
  constructor(subject: LeaseSubject, session: Connection, taken: number) {
    this.#subject = subject;
    this.#session = session;
    this.#confirmed = taken;
    this.#timer = setInterval(() => void this.#beat(), BEAT);
    this.#timer.unref();
  }

  /**
   * To be called before each statement. A process that was stopped for a while may have been taken for dead.
   *
   * @throws LockError (lockLost) when another run may have the lock
   */
  async require(description: string): Promise<void> {
    if (!this.#isValid()) await this.#beat();
    // The one that was under way may have waited for a long change of the schema, and be old.
    if (!this.#isValid()) await this.#beat();
    if (!this.#isValid()) throw lockErrors.lockLost({ database: description, lease: LEASE });
  }

  /** Gives the lock back; where that fails, it lasts for one lease. */
  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.#beating;
    const { table, token } = this.#subject;
    if (!this.#isLost) await table.giveBack(this.#session, token).catch(() => undefined);
    await this.#session.close().catch(() => undefined);
  }

  #isValid(): boolean {
    return !this.#isLost && performance.now() - this.#confirmed < LEASE;
  }

  /** One at a time: while a change of the schema runs, the cluster lets nothing else through. */
  #beat(): Promise<void> {
    this.#beating ??= this.#send().finally(() => (this.#beating = undefined));
    return this.#beating;
  }

  async #send(): Promise<void> {
    const { table, token, open } = this.#subject;
    const sent = performance.now();
    try {
      const isHeld = await table.beat(this.#session, token);
      if (isHeld) this.#confirmed = sent;
      if (isHeld === false) this.#isLost = true;
    } catch {
      // The next one may come through in a session that is not broken.
      await this.#session.close().catch(() => undefined);
      this.#session = await open().catch(() => this.#session);
    }
  }
}
