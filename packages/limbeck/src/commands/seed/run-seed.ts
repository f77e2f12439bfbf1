import { LimbeckError } from "../../kernel/errors/limbeck-error.ts";
import { OperationError } from "../../kernel/errors/operation-errors.ts";
import { seedErrors } from "../../kernel/errors/seed-errors.ts";
import { formatLocation } from "../../kernel/errors/source-location.ts";
import { findCallSite } from "../../runtime/call-site.ts";
import { Interruption, unlessStopped } from "../../runtime/interruption.ts";
import { createOperationQueue, type OperationQueue } from "../../runtime/operation-queue.ts";
import { splitLeniently } from "../../runtime/split-leniently.ts";
import { refusePromises } from "../../runtime/refuse-promises.ts";
import { StatementFailure } from "../../runtime/statement-failure.ts";
import type { ActivityWatch } from "../../runtime/revision-target.ts";
import type { ScriptStatement } from "../../dialect/statement.ts";
import type { StopSignal } from "../../dialect/stop-signal.ts";
import { ensureRows, findLack, findTwin, type RowTarget } from "./ensure-rows.ts";
import type { LoadedSeed } from "./load-seed.ts";
import type { SeedOperations } from "./seed-operations.ts";

/** What one seed did. */
export interface SeedCounts {
  /** Rows that `ensureRows` added. */
  readonly inserted: number;
  /** Rows in which `ensureRows` set what differed. */
  readonly updated: number;
  /** Rows that statements changed. */
  readonly changed: number;
}

/** Where a seed runs. */
export interface SeedTarget extends RowTarget {
  readonly signal: StopSignal | undefined;
  /** Takes note of what the process does. Absent where nothing is waited for that a seed began and did not await. */
  readonly watchActivity: (() => ActivityWatch) | undefined;
  /** Hears what the run waits for when that takes long. */
  readonly onWait: (reason: string) => void;
}

function explain(error: unknown, { name: seed, path }: LoadedSeed): unknown {
  if (error instanceof OperationError)
    return seedErrors.seedFailed({ seed, location: findCallSite(error, path), message: error.title }, error);
  if (error instanceof LimbeckError || error instanceof Interruption) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof StatementFailure)) {
    return seedErrors.seedFailed({ seed, location: findCallSite(error, path), message }, error);
  }
  const { sql, location } = error;
  return seedErrors.seedFailed({ seed, location, message, sql }, error);
}

/** @throws SeedError when a statement does more than change rows */
function requireRows(sql: string, location: string, { name }: LoadedSeed, { dialect }: SeedTarget): void {
  const isMore = splitLeniently(sql, dialect).some(
    ({ purpose, sql: part }) =>
      purpose === "schema" || purpose === "transaction" || dialect.transaction.commitsImplicitly?.(part),
  );
  if (isMore) throw seedErrors.notRows({ seed: name, location, sql });
}

/** Does a piece of work of a seed; what the database refuses is told with the statement, or what stands for it. */
async function attempt<Result>(
  { dialect, pulse }: SeedTarget,
  place: { readonly sql: string; readonly location: string },
  work: () => Promise<Result>,
): Promise<Result> {
  await pulse();
  try {
    return await work();
  } catch (error) {
    if (error instanceof LimbeckError || error instanceof Interruption) throw error;
    throw new StatementFailure(dialect.describeDatabaseError(error), place, error);
  }
}

/** What the code of a seed works with, and what it has done with it. */
function createSeedOperations(
  seed: LoadedSeed,
  target: SeedTarget & { readonly onCall: (method: string) => void },
  queue: OperationQueue,
): { readonly op: SeedOperations; readonly counts: SeedCounts } {
  const { name, path } = seed;
  const { connection } = target;
  const counts = { inserted: 0, updated: 0, changed: 0 };
  const push = <Result>(
    { sql, method, args }: { readonly sql: string; readonly method: string; readonly args: readonly unknown[] },
    work: (location: string) => Promise<Result>,
  ): Promise<Result> => {
    const location = findCallSite(new Error("call"), path);
    target.onCall(method);
    try {
      refusePromises(method, args);
    } catch (error) {
      return queue.push(() => Promise.reject(error));
    }
    return queue.push(() => attempt(target, { sql, location }, () => work(location)));
  };
  const op: SeedOperations = {
    dialect: target.dialect.name,
    ensureRows: (table, rows, { key }) =>
      push(
        { sql: `op.ensureRows("${table}")`, method: "op.ensureRows", args: [table, rows, key] },
        async (location) => {
          const lack = findLack(rows, key);
          if (lack) throw seedErrors.rowWithoutKey({ seed: name, location, table, ...lack });
          const twin = findTwin(rows, key);
          if (twin !== undefined) throw seedErrors.rowTwice({ seed: name, location, table, key: twin });
          const ensured = await ensureRows(table, rows, key, target);
          counts.inserted += ensured.inserted;
          counts.updated += ensured.updated;
          return ensured;
        },
      ),
    execute: (sql, { parameters } = {}) =>
      push({ sql, method: "op.execute", args: [sql, parameters] }, async (location) => {
        requireRows(sql, location, seed, target);
        const changed = await connection.execute(sql, parameters);
        counts.changed += changed;
        return changed;
      }),
    query: (sql, parameters) =>
      push({ sql, method: "op.query", args: [sql, parameters] }, (location) => {
        requireRows(sql, location, seed, target);
        return connection.query(sql, parameters);
      }),
  };
  return { op, counts };
}

async function runCode(
  seed: LoadedSeed,
  code: (op: SeedOperations) => unknown,
  target: SeedTarget,
): Promise<SeedCounts> {
  const { name, path } = seed;
  const { signal, onWait } = target;
  let method: string | undefined;
  const queue = createOperationQueue(() =>
    seedErrors.seedLate({ seed: name, location: findCallSite(new Error("call"), path), method }),
  );
  const { op, counts } = createSeedOperations(seed, { ...target, onCall: (called) => (method = called) }, queue);
  const activity = target.watchActivity?.();
  try {
    await unlessStopped(
      signal,
      Promise.resolve(op).then((given) => code(given)),
    );
    await queue.drain();
    queue.finish();
    const hasSettled = await activity?.settle({
      signal,
      onWait: () => onWait(`the seed ${name} has ended, but not what it began`),
    });
    if (hasSettled === false) throw seedErrors.seedLate({ seed: name, location: "", method: undefined });
    queue.refuseLate();
    return counts;
  } catch (error) {
    queue.finish();
    // What it asked for must not go on running while the caller rolls back.
    await queue.drain().catch(() => undefined);
    throw error;
  } finally {
    queue.close();
  }
}

async function runStatements(
  seed: LoadedSeed,
  statements: readonly ScriptStatement[],
  target: SeedTarget,
): Promise<SeedCounts> {
  let changed = 0;
  for (const { sql, line } of statements) {
    const location = formatLocation({ path: seed.path, line });
    requireRows(sql, location, seed, target);
    changed += await attempt(target, { sql, location }, () => target.connection.execute(sql));
  }
  return { inserted: 0, updated: 0, changed };
}

/**
 * Runs a seed in the transaction that is open.
 *
 * @throws SeedError when it fails
 * @throws Interruption when it is asked to stop
 */
export async function runSeed(seed: LoadedSeed, target: SeedTarget): Promise<SeedCounts> {
  const { run } = seed;
  try {
    return await (typeof run === "function" ? runCode(seed, run, target) : runStatements(seed, run, target));
  } catch (error) {
    throw explain(error, seed);
  }
}
