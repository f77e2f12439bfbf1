import type { PlanStep } from "../../graph/revision-plan.ts";
import type { UnfilledTable } from "../../runtime/rows/fill-tables.ts";
import type { RunContext } from "../../runtime/run-context.ts";
import type { TrialDatabase } from "../../runtime/trial/trial-database.ts";
import type { RowChoice } from "../../runtime/trial/try-round-trip.ts";
import type { Environment } from "../environment.ts";
import type { Project } from "../project.ts";
import { prepareTrial } from "../trial/trial-stand.ts";
import { tryCopyOf } from "../with-database.ts";
import { runOnto } from "./replay-revisions.ts";
import { createValueSource } from "./value-source.ts";

/** Opens a database of its own that begins where all others do. */
export type OpenDatabase = (onEvent?: RunContext["onEvent"]) => Promise<TrialDatabase>;

/** Databases that all begin at the same place of the history with the same rows. */
export interface ProvingGround {
  /** Tables that no row could be made for. */
  readonly unfilled: readonly UnfilledTable[];
  /** Runs `use`; the databases that it opens are thrown away afterwards, together, so that what was read of one can be held against another. */
  readonly session: <Result>(use: (open: OpenDatabase) => Promise<Result>) => Promise<Result>;
}

/** Where the databases of a proving ground begin. */
export interface GroundRequest {
  readonly environment: Environment;
  readonly project: Project;
  /** What has run on them. */
  readonly before: readonly PlanStep[];
  /** What rows their tables have. */
  readonly rows: RowChoice;
}

/** Runs `use` with something that opens databases, and closes all of them afterwards, whatever happens. */
async function withDatabases<Result>(
  open: OpenDatabase,
  use: (open: OpenDatabase) => Promise<Result>,
): Promise<Result> {
  const opened: TrialDatabase[] = [];
  try {
    return await use(async (onEvent) => {
      const database = await open(onEvent);
      opened.push(database);
      return database;
    });
  } finally {
    for (const database of opened) await database.close();
  }
}

/** A database that has been brought to where all begin. */
interface Start {
  readonly database: TrialDatabase;
  readonly unfilled: readonly UnfilledTable[];
}

/**
 * Brings a scratch database to a place of the history, and puts rows into it: the same ones at each call.
 *
 * @param onEvent hears what runs on it from then on
 */
async function openStart(request: GroundRequest, onEvent: RunContext["onEvent"] = () => undefined): Promise<Start> {
  const { environment, rows } = request;
  let isThere = false;
  const connection = await environment.openScratch();
  const database = await prepareTrial({ environment, values: createValueSource() }, connection, (event) => {
    if (isThere) onEvent(event);
  });
  try {
    await runOnto(database, request.project, request.before);
    const options = { isComplete: rows === "complete", isOdd: rows === "any" };
    const unfilled = rows === "none" ? [] : await database.fill(await database.look(), options);
    isThere = true;
    return { database, unfilled };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/**
 * Brings a scratch database to a place of the history, puts rows into it, and hands out copies; where the engine makes none, others that were brought there in
 * the same way. Nothing of it is left afterwards.
 *
 * @throws HistoryError when a revision on the way there fails
 */
export async function withProvingGround<Result>(
  request: GroundRequest,
  use: (ground: ProvingGround) => Promise<Result>,
): Promise<Result> {
  const { environment } = request;
  const start = await openStart(request);
  const open: OpenDatabase = async (onEvent) => {
    const copy = await tryCopyOf(start.database.connection, environment);
    if (!copy) return (await openStart(request, onEvent)).database;
    return prepareTrial({ environment, values: createValueSource() }, copy, onEvent);
  };
  try {
    return await use({ unfilled: start.unfilled, session: (work) => withDatabases(open, work) });
  } finally {
    await start.database.close();
  }
}

/**
 * Opens databases that begin at a place of the history without rows, each brought there by itself: slower than copies, and possible where none can be had.
 *
 * @throws HistoryError when a revision on the way there fails
 */
export async function withFreshDatabases<Result>(
  request: Omit<GroundRequest, "rows">,
  use: (open: OpenDatabase) => Promise<Result>,
): Promise<Result> {
  const open: OpenDatabase = async (onEvent) => (await openStart({ ...request, rows: "none" }, onEvent)).database;
  return withDatabases(open, use);
}

/** Which tables nothing could be proven of with rows. */
export const describeUnfilled = ({ unfilled }: ProvingGround): readonly string[] =>
  unfilled.map(({ table, reason }) => `no row could be made for ${table}: ${reason}`);

/** What nothing is known of, because the engine does not give out its rows. */
export const describeUnread = (database: TrialDatabase): readonly string[] =>
  database.listUnread().map(({ table, reason }) => `the rows of ${table} were not compared: ${reason}`);
