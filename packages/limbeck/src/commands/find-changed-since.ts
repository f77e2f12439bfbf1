import type { Connection } from "../dialect/connection.ts";
import { readEndDetail } from "../runtime/kept/end-detail.ts";
import { compareSnapshots, takeSnapshot } from "../runtime/kept/schema-snapshot.ts";
import type { Schema } from "../schema/model/schema.ts";
import type { Environment } from "./environment.ts";

/**
 * What has changed in the database since the end of the last run, or stamp, an object each.
 *
 * @param schema what it holds now
 * @returns undefined where that is not known: a script or another version ran last, or another version of the engine
 */
export async function findChangedSince(
  { history, toolVersion }: Environment,
  connection: Connection,
  schema: Schema,
): Promise<readonly string[] | undefined> {
  const last = await history.readLastEnd(connection);
  const { snapshot } = readEndDetail(last?.detail ?? "");
  const { serverVersion } = connection;
  return snapshot && compareSnapshots(snapshot, takeSnapshot(schema, { toolVersion, serverVersion }));
}
