import type { Connection } from "../dialect/connection.ts";
import { readEndDetail } from "../runtime/kept/end-detail.ts";
import { compareSnapshots, takeSnapshot } from "../runtime/kept/schema-snapshot.ts";
import type { Schema } from "../schema/model/schema.ts";
import type { Environment } from "./environment.ts";
import { introspectDatabase } from "./with-database.ts";

/**
 * What has changed in the database since the end of the last run, or stamp, an object each.
 *
 * @param whole what it holds now
 * @returns undefined where that is not known: a script or another version ran last, or another version of the engine
 */
export async function findChangedSince(
  environment: Environment,
  connection: Connection,
  whole: Schema,
): Promise<readonly string[] | undefined> {
  const { history } = environment;
  const last = await history.readLastEnd(connection);
  const { snapshot } = readEndDetail(last?.detail ?? "");
  if (!snapshot) return undefined;
  // As narrow a look as the one that was taken down, which may have been over another URL.
  const { scope = "all" } = snapshot;
  const readSchema = async () =>
    scope === "all" ? whole : (await introspectDatabase(environment, connection, scope)).schema;
  return compareSnapshots(snapshot, await takeSnapshot({ ...environment, connection, scope }, readSchema));
}
