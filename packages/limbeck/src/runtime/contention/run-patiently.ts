import type { Connection } from "../../dialect/connection.ts";
import type { Limits } from "../../dialect/contention-rules.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import type { StopSignal } from "../../dialect/stop-signal.ts";
import { sleep } from "../../dialect/wait-for.ts";
import { executionErrors } from "../../kernel/errors/execution-errors.ts";
import { JournalError } from "../../kernel/errors/journal-errors.ts";
import type { LockRetry } from "../../kernel/lock-retry.ts";
import type { OpenRevision } from "../journal/open-revision.ts";
import { choosePause } from "./back-off.ts";
import type { Contention, StatementRetry } from "./contention.ts";
import { explainContention, readKept, type FailedWork } from "./explain-contention.ts";
import { watchContention } from "./watch-contention.ts";

/** How patient a run is, and who hears of it. */
export interface Patience {
  readonly dialect: Dialect;
  readonly limits: Limits;
  /** How often a transaction is tried, or a statement that needs none; 1 tries once. */
  readonly tries: number;
  readonly connectBeside: (() => Promise<Connection>) | undefined;
  readonly signal: StopSignal | undefined;
  readonly onRetry: (retry: LockRetry) => void;
  readonly onWait: (reason: string) => void;
}

/** A run that can be begun anew where it stopped. */
export interface RepeatableRun {
  /** Runs what is left; what an earlier call has committed is passed over. */
  readonly attempt: (connection: Connection, isAgain: boolean) => Promise<void>;
  /** What runs now. */
  readonly findWork: () => FailedWork;
  /** Where the database stands. */
  readonly readHeads: (connection: Connection) => Promise<readonly string[]>;
  /** What is left in the middle. */
  readonly readOpen: (connection: Connection) => Promise<OpenRevision | undefined>;
  /** How many revisions of this run have been committed. */
  readonly countCommitted: () => number;
}

/** How far a run has come for good: tries are counted anew when it goes on. */
async function readMilestone(run: RepeatableRun, connection: Connection): Promise<string> {
  const { doneUpTo = 0, position = "" } = (await run.readOpen(connection)) ?? {};
  return JSON.stringify([run.countCommitted(), doneUpTo, position]);
}

class PatientRun {
  readonly #run: RepeatableRun;
  readonly #patience: Patience;
  readonly #own: Connection;
  /** What earlier tries of the revision have committed. */
  readonly #kept: string[] = [];
  #keptOf = 0;
  #attempts = 0;
  #milestone = "";
  #lastFailure: unknown;

  constructor(run: RepeatableRun, patience: Patience, own: Connection) {
    this.#run = run;
    this.#patience = patience;
    this.#own = own;
  }

  get hasFailed(): boolean {
    return this.#lastFailure !== undefined;
  }

  /** Waits for another try. @throws the failure where there is none */
  async waitAfter(error: unknown, contention: Contention | undefined): Promise<void> {
    const { limits, tries, signal, onRetry, dialect } = this.#patience;
    if (!contention) {
      // The journal cannot tell what became of a statement that did not get its lock, for example.
      throw this.hasFailed && error instanceof JournalError ? this.#lastFailure : error;
    }
    await this.#count(error);
    const work = this.#run.findWork();
    const attempts = Math.max(contention.attempts, this.#attempts);
    const kept = this.#kept;
    this.#lastFailure = explainContention(error, { contention, attempts, limits, work, kept, dialect });
    const { reason } = contention;
    if (reason === "statementTimeout" || contention.attempts > 0 || attempts >= tries) throw this.#lastFailure;
    const pause = choosePause(attempts, Math.random());
    const { sql, waited, holders } = contention;
    const { revision, direction } = work;
    const failed = { revision, direction, reason, sql, waited, holders };
    onRetry({ ...failed, attempt: attempts, attempts: tries, pause, scope: "transaction" });
    if (!signal?.aborted) await sleep(pause, signal);
    if (signal?.aborted) throw await this.#explainStop(error);
  }

  async #count(error: unknown): Promise<void> {
    const committed = this.#run.countCommitted();
    if (committed !== this.#keptOf) this.#kept.length = 0;
    this.#keptOf = committed;
    this.#kept.push(...(readKept(error)?.kept ?? []));
    const milestone = await readMilestone(this.#run, this.#own);
    this.#attempts = milestone === this.#milestone ? this.#attempts + 1 : 1;
    this.#milestone = milestone;
  }

  /** What a person is told who ended the wait for another try. */
  async #explainStop(error: unknown): Promise<Error> {
    const { revision, direction } = this.#run.findWork();
    const standsAt = await this.#run.readHeads(this.#own);
    const place = { revision, direction, location: "", standsAt };
    return readKept(error)
      ? executionErrors.interruptedHalfway({ ...place, kept: this.#kept })
      : executionErrors.interrupted({ ...place, committed: this.#run.countCommitted() });
  }
}

/**
 * Runs revisions whose statements give up soon where another session is in the way, and begins anew what was rolled back, after pauses that grow. What is committed
 * stays so: the journal says where to go on, as it would to another run.
 *
 * @throws ExecutionError (lockNotHad, statementTooLong), or what the run itself fails with
 */
export async function runPatiently(run: RepeatableRun, own: Connection, patience: Patience): Promise<void> {
  const { dialect, limits, tries, connectBeside, signal, onWait } = patience;
  const rules = dialect.contention;
  if (!rules) return run.attempt(own, false);
  const onRetry = (retry: StatementRetry): void => {
    const { revision, direction } = run.findWork();
    patience.onRetry({ ...retry, revision, direction });
  };
  const watch = await watchContention(own, { rules, limits, tries, connectBeside, signal, onWait, onRetry });
  const patient = new PatientRun(run, patience, own);
  for (;;) {
    try {
      await run.attempt(watch.connection, patient.hasFailed);
      return;
    } catch (error) {
      await patient.waitAfter(error, watch.explain(error));
    }
  }
}
