import type { Connection } from "../../dialect/connection.ts";
import type { Statement } from "../../dialect/statement.ts";
import { seedErrors } from "../../kernel/errors/seed-errors.ts";
import { LimbeckError } from "../../kernel/errors/limbeck-error.ts";
import { createPulse, Interruption } from "../../runtime/interruption.ts";
import { sendFrame } from "../../runtime/run-frame.ts";
import { createConnectionSink } from "../../runtime/statement-sink.ts";
import type { Environment } from "../environment.ts";
import { requireName, type LossAnswers } from "../losses/consent.ts";
import { requireKnown } from "../migrate.ts";
import { readProject, type Project } from "../project.ts";
import { listRunHooks } from "../run-context.ts";
import { introspectDatabase, readDatabase, withLock, withLocked } from "../with-database.ts";
import { findSeeds } from "../../scripts/find-seeds.ts";
import { loadSeed, type LoadedSeed } from "./load-seed.ts";
import { runAgain } from "./run-again.ts";
import { runSeed, type SeedCounts } from "./run-seed.ts";

/** What `seed` is asked for. */
export interface SeedOptions extends Pick<LossAnswers, "confirm" | "askName"> {
  /** The seeds to run, by the names of their files. Default: all. */
  readonly only?: readonly string[];
}

/** One seed that ran. */
export interface SeedReport extends SeedCounts {
  readonly seed: string;
  readonly milliseconds: number;
}

/** What `seed` did. */
export interface SeedResult {
  /** The database, without any password. */
  readonly database: string;
  readonly seeds: readonly SeedReport[];
}

/** @throws SeedError (seedsBehind) when revisions are missing */
async function requireHead({ versions }: Environment, { graph, ...project }: Project, connection: Connection) {
  const current = await versions.readHeads(connection);
  requireKnown({ ...project, graph }, current);
  const pending = graph.planUpgrade(current, "heads").steps.map(({ revision }) => revision);
  if (pending.length > 0) throw seedErrors.seedsBehind({ pending });
}

/** Begins or ends the transaction of all seeds; at its end the database may find what no statement was refused for. */
async function frame(
  statement: Statement,
  environment: Environment,
  connection: Connection,
  seeds: readonly LoadedSeed[],
): Promise<void> {
  const { dialect } = environment;
  const target = { ...listRunHooks(environment), dialect, connection, sink: createConnectionSink(connection) };
  try {
    await sendFrame(statement, target);
  } catch (error) {
    if (error instanceof LimbeckError || error instanceof Interruption) throw error;
    const all = seeds.map(({ name }) => name).join(", ");
    const message = dialect.describeDatabaseError(error);
    throw seedErrors.seedFailed({ seed: all, location: "", message, sql: statement.sql }, error);
  }
}

async function runAll(
  environment: Environment,
  connection: Connection,
  seeds: readonly LoadedSeed[],
): Promise<readonly SeedReport[]> {
  const { dialect, clock, signal, watchActivity, onEvent } = environment;
  const { begin, commit, rollback } = dialect.transaction;
  let schema: ReturnType<typeof introspectDatabase> | undefined;
  const target = {
    dialect,
    connection,
    signal,
    watchActivity,
    onWait: (reason: string): void => onEvent({ kind: "waiting", reason }),
    pulse: createPulse(signal),
    readSchema: async () => (await (schema ??= introspectDatabase(environment, connection))).schema,
  };
  const reports: SeedReport[] = [];
  try {
    await frame(begin, environment, connection, seeds);
    for (const file of seeds) {
      const start = clock();
      const counts = await runSeed(file, target);
      reports.push({ seed: file.name, ...counts, milliseconds: clock() - start });
    }
    await frame(commit, environment, connection, seeds);
  } catch (error) {
    await connection.execute(rollback.sql).catch(() => undefined);
    throw error instanceof Interruption || signal?.aborted ? seedErrors.seedStopped({}, error) : error;
  }
  return reports;
}

/**
 * Runs seeds, all in one transaction, on a database that is at head. Which ones ran is written down nowhere: a seed says what is to be there, and is run again whenever that is in doubt.
 *
 * @param options `only` names some of them; `confirm` is the name of a protected database
 * @throws SeedError when there are none, one cannot be loaded or fails, or revisions are missing; nothing of them stays
 * @throws CommandError when the database is protected, and its name was not given
 *
 * @example
 * const { seeds } = await seed(environment, { only: ["010_lists"] });
 */
export async function seed(environment: Environment, options: SeedOptions = {}): Promise<SeedResult> {
  const { config, dialect } = environment;
  const { only = [], ...answers } = options;
  const files = findSeeds(config.seedsFolder, only);
  const seeds = await Promise.all(files.map((file) => loadSeed(file, dialect)));
  const project = readProject(environment);
  const database = dialect.redactUrl(config.url);
  await readDatabase(environment, (connection) => requireHead(environment, project, connection));
  await requireName(environment, "seed", [`what rows in ${database} hold that seeds say otherwise`], answers);
  return withLock(environment, (lock) =>
    withLocked(environment, lock, async (connection) => {
      // Once more, because another run may have moved the database meanwhile.
      await requireHead(environment, project, connection);
      return { database, seeds: await runAgain(environment, connection, () => runAll(environment, connection, seeds)) };
    }),
  );
}
