import type { Connection } from "../../dialect/connection.ts";
import type { ContentionRules, Limits } from "../../dialect/contention-rules.ts";
import type { StopSignal } from "../../dialect/stop-signal.ts";
import { PATIENCE, sleep } from "../../dialect/wait-for.ts";
import { describeHolders, type LockHolder } from "../../kernel/lock-holder.ts";
import { shortenStatement } from "../../kernel/lock-retry.ts";
import { heed } from "../interruption.ts";
import { choosePause } from "./back-off.ts";
import type { Contention, StatementRetry } from "./contention.ts";

/** What looks on while the statements of a run wait for other sessions. */
export interface ContentionWatch {
  /** The connection to work with instead. */
  readonly connection: Connection;
  /** What was in the way of a statement that an error came from; undefined where nothing was. */
  readonly explain: (error: unknown) => Contention | undefined;
}

/** What a watch works with. */
export interface WatchOptions {
  readonly rules: ContentionRules;
  readonly limits: Limits;
  /** How often a statement is tried that can be by itself. */
  readonly tries: number;
  /** Opens another session, to ask who is in the way. Absent where there is none. */
  readonly connectBeside: (() => Promise<Connection>) | undefined;
  readonly signal: StopSignal | undefined;
  /** Hears that a statement is tried again. */
  readonly onRetry: (retry: StatementRetry) => void;
  /** Hears what is waited for where that may take long. */
  readonly onWait: (reason: string) => void;
}

/** When to look who is in the way, as a part of the longest wait: late enough for most statements to be over, early enough to open a session. */
const LOOK_AFTER = 0.4;

const chooseMoment = ({ lockTimeout }: Limits): number =>
  lockTimeout === 0 ? PATIENCE : Math.min(lockTimeout * LOOK_AFTER, PATIENCE);

/** Whether a statement may wait for so long that a person wonders. */
const isLong = ({ lockTimeout }: Limits): boolean => lockTimeout === 0 || lockTimeout > 2 * PATIENCE;

/** A server's clock and ours may differ by a bit. */
const NEARLY = 0.9;

/** How a statement is looked at while it runs. */
interface Look {
  /** Ends the look. @returns who was in the way */
  readonly end: () => Promise<readonly LockHolder[]>;
}

/** Looks once who is in the way, if it takes that long. The session for that is closed again at once: what is left open would count as the revision's doing. */
function lookOn(
  { rules, limits, connectBeside }: WatchOptions,
  session: string,
  onFound: (holders: readonly LockHolder[]) => void,
): Look {
  if (!connectBeside) return { end: () => Promise.resolve([]) };
  let looking: Promise<readonly LockHolder[]> = Promise.resolve([]);
  const look = async (): Promise<readonly LockHolder[]> => {
    const observer = await connectBeside();
    try {
      const holders = await rules.findHolders(observer, session);
      if (holders.length > 0) onFound(holders);
      return holders;
    } finally {
      await observer.close();
    }
  };
  const timer = setTimeout(() => {
    // Who it is would be good to know, and nothing depends on it.
    looking = look().catch(() => []);
  }, chooseMoment(limits));
  return {
    end() {
      clearTimeout(timer);
      return looking;
    },
  };
}

class Watch implements ContentionWatch {
  readonly connection: Connection;
  readonly #own: Connection;
  readonly #session: string;
  readonly #options: WatchOptions;
  readonly #failures = new WeakMap<object, Contention>();

  constructor(own: Connection, session: string, options: WatchOptions) {
    this.#own = own;
    this.#session = session;
    this.#options = options;
    this.connection = {
      serverVersion: own.serverVersion,
      description: own.description,
      execute: (sql, parameters) => this.#run(sql, () => own.execute(sql, parameters)),
      query: (sql, parameters) => this.#run(sql, () => own.query(sql, parameters)),
      close: () => own.close(),
    };
  }

  explain(error: unknown): Contention | undefined {
    for (let one = error; one instanceof Error; one = one.cause) {
      const found = this.#failures.get(one);
      if (found) return found;
    }
    return undefined;
  }

  async #run<Result>(sql: string, send: () => Promise<Result>): Promise<Result> {
    const aside = await this.#options.rules.waitAside?.(this.#own, sql, () => this.#send(sql, send, true));
    if (aside) return aside.result;
    const { rules, tries, signal, onRetry } = this.#options;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#send(sql, send, false);
      } catch (error) {
        const failure = this.explain(error);
        if (!failure || failure.reason === "statementTimeout" || !rules.repeatsAlone(sql)) throw error;
        if (attempt >= tries) {
          this.#note(error, { ...failure, attempts: attempt });
          throw error;
        }
        const pause = choosePause(attempt, Math.random());
        const { reason, waited, holders } = failure;
        onRetry({ reason, sql, waited, holders, attempt, attempts: tries, pause, scope: "statement" });
        await sleep(pause, signal);
        heed(signal);
      }
    }
  }

  async #send<Result>(sql: string, send: () => Promise<Result>, isAside: boolean): Promise<Result> {
    const { onWait, limits } = this.#options;
    const start = performance.now();
    const look = lookOn(this.#options, this.#session, (holders) => {
      if (isAside || isLong(limits)) {
        onWait(`${shortenStatement(sql)} waits for others to end. ${describeHolders(holders)}`);
      }
    });
    try {
      const result = await send();
      await look.end();
      return result;
    } catch (error) {
      const waited = performance.now() - start;
      const holders = await look.end();
      const reason = this.#classify(error, waited);
      if (reason) this.#note(error, { reason, sql, waited, holders, attempts: 0 });
      throw error;
    }
  }

  /** A statement may also be cancelled by somebody, which is no limit that was reached. */
  #classify(error: unknown, waited: number): Contention["reason"] | undefined {
    const { rules, limits, signal } = this.#options;
    const reason = signal?.aborted ? undefined : rules.classify(error);
    if (reason !== "statementTimeout") return reason;
    return limits.statementTimeout > 0 && waited >= limits.statementTimeout * NEARLY ? reason : undefined;
  }

  #note(error: unknown, contention: Contention): void {
    if (error instanceof Error) this.#failures.set(error, contention);
  }
}

/** Limits the statements of a session, and looks on while they wait. */
export async function watchContention(connection: Connection, options: WatchOptions): Promise<ContentionWatch> {
  return new Watch(connection, await options.rules.limit(connection, options.limits), options);
}
