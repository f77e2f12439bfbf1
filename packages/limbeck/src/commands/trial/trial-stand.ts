import type { Connection } from "../../dialect/connection.ts";
import type { PlanStep } from "../../graph/revision-plan.ts";
import { createConnectionSink } from "../../runtime/statement-sink.ts";
import type { RunContext } from "../../runtime/run-context.ts";
import { createTrialDatabase, type TrialDatabase } from "../../runtime/trial/trial-database.ts";
import { createRunContext } from "../run-context.ts";
import { openCopyOf, tryCopyOf } from "../with-database.ts";
import { loadCrossing, type TrialRequest } from "./trial-request.ts";

/** A throw-away database that stands at some point of a way; when it is spoilt, another one is brought there. */
export interface TrialStand {
  /** The database after some steps: the one at hand if it stands there, else a new one. */
  readonly reach: (steps: readonly PlanStep[]) => Promise<TrialDatabase>;
  /** Takes note that the database went one step further. */
  readonly advance: (step: PlanStep) => void;
  /** Throws the database away. */
  readonly discard: () => Promise<void>;
  /** Throws away all there is. */
  readonly close: () => Promise<void>;
}

type StandRequest = Pick<TrialRequest, "environment" | "project" | "values">;

/**
 * Makes a trial database of a connection, with a version table.
 *
 * @param onEvent hears what runs on it; default: nobody does, because the progress of a test is told revision by revision, however often each one runs
 */
export async function prepareTrial(
  { environment, values }: Pick<TrialRequest, "environment" | "values">,
  connection: Connection,
  onEvent: RunContext["onEvent"] = () => undefined,
): Promise<TrialDatabase> {
  const { dialect, versions, config } = environment;
  if (!(await dialect.hasTable(connection, config.versionTable))) {
    const sink = createConnectionSink(connection);
    for (const statement of versions.createTable(connection.serverVersion)) await sink.run(statement);
  }
  const createContext = (recorded: Connection): RunContext => ({ ...createRunContext(environment, recorded), onEvent });
  return createTrialDatabase(connection, createContext, values);
}

/** A database and the revisions that it has passed. */
interface Standing<Database> {
  readonly database: Database;
  readonly passed: readonly string[];
}

const idsOf = (steps: readonly PlanStep[]): readonly string[] => steps.map(({ revision }) => revision);

/**
 * Makes a stand.
 *
 * @param open gives a database at the beginning of the way
 */
export function createTrialStand(request: StandRequest, open: () => Promise<Connection>): TrialStand {
  const { environment, project } = request;
  let current: Standing<TrialDatabase> | undefined;
  /** A copy to go on from, because where one database was spoilt the next one may be as well. */
  let saved: Standing<Connection> | undefined;

  const discard = async (): Promise<void> => {
    const old = current;
    current = undefined;
    await old?.database.close();
  };

  const save = async ({ database, passed }: Standing<TrialDatabase>): Promise<void> => {
    const old = saved;
    const copy = await tryCopyOf(database.connection, environment);
    // Without one, the next database begins at the beginning again.
    saved = copy && { database: copy, passed };
    await old?.database.close();
  };

  /** A database somewhere on the way to some revisions. */
  const begin = async (ids: readonly string[]): Promise<Standing<TrialDatabase>> => {
    const isOnTheWay = saved?.passed.every((revision, index) => revision === ids[index]) ?? false;
    const start = saved && isOnTheWay ? saved : undefined;
    const connection = await (start ? openCopyOf(start.database, environment) : open());
    return { database: await prepareTrial(request, connection), passed: start?.passed ?? [] };
  };

  return {
    discard,
    async reach(steps) {
      const ids = idsOf(steps);
      if (current && ids.join() === current.passed.join()) return current.database;
      await discard();
      const start = await begin(ids);
      current = start;
      const rest = steps.slice(start.passed.length);
      for (const step of rest) await start.database.run((await loadCrossing(step, project)).up);
      current = { database: start.database, passed: ids };
      if (rest.length > 0) await save(current);
      return current.database;
    },
    advance: ({ revision }) => {
      if (current) current = { ...current, passed: [...current.passed, revision] };
    },
    async close() {
      await discard();
      const old = saved;
      saved = undefined;
      await old?.database.close();
    },
  };
}
