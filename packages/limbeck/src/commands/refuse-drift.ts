import { driftErrors } from "../kernel/errors/drift-errors.ts";
import { explainNotCompared, findDrift } from "./check-history.ts";
import type { Environment } from "./environment.ts";
import { findChangedSince } from "./find-changed-since.ts";
import { requireKnown } from "./migrate.ts";
import type { Project } from "./project.ts";
import { readConfigured } from "./sides/read-side.ts";
import { readDatabase } from "./with-database.ts";

/** Whether an earlier run left a revision in the middle: then the database is between two schemas, and the journal says how it goes on. */
async function isHalfway(environment: Environment): Promise<boolean> {
  const { open } = await readDatabase(environment, (connection) => environment.history.readState(connection));
  return open !== undefined;
}

/**
 * Refuses a database that somebody changed by hand. What the journal says of the end of the last run is asked first, which takes one look; only where that is not the
 * same, or not known, the revisions are run on a scratch database, which tell what belongs to them.
 *
 * @throws DriftError (changedByHand) with what would bring it back, (notTold) where neither can be asked
 */
export function refuseDrift(environment: Environment, project: Project): Promise<void> {
  return readDatabase(environment, (session) => refuseThrough({ ...environment, session }, project));
}

/** All looks go through one session: what they are compared with must not be another moment's, and a new one may cost more than the look. */
async function refuseThrough(environment: Environment, project: Project): Promise<void> {
  const rows = await readDatabase(environment, (connection) => environment.versions.readHeads(connection));
  requireKnown(project, rows);
  if (await isHalfway(environment)) return;
  const found = await readConfigured(environment);
  const since = await readDatabase(environment, (connection) =>
    findChangedSince(environment, connection, found.schema),
  );
  if (since?.length === 0) return;
  const database = environment.dialect.redactUrl(environment.config.url);
  const place = { database, rows, isBehind: project.graph.planUpgrade(rows, "heads").steps.length > 0 };
  let drift: readonly string[];
  try {
    drift = (await findDrift(environment, project, found)).map(({ sign, text }) => `${sign} ${text}`);
  } catch (error) {
    const reason = explainNotCompared(error, environment);
    if (since === undefined) throw driftErrors.notTold({ database, reason });
    throw driftErrors.changedByHand({ ...place, drift: [], since });
  }
  if (drift.length > 0) throw driftErrors.changedByHand({ ...place, drift, since: since ?? [] });
}
