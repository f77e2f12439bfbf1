import { LimbeckError } from "limbeck";
import { learnErrors } from "limbeck/commands";
import { SERVER_KINDS, type ServerEngine } from "../engine.ts";
import type { LabServer } from "./lab-server.ts";
import { createMariadbServer } from "./mariadb-server.ts";
import { createPostgresServer } from "./postgres-server.ts";
import { withSession, type ServerAccess } from "./server-connection.ts";

const CREATE: Readonly<Record<ServerEngine, (access: ServerAccess) => LabServer>> = {
  postgres: createPostgresServer,
  mariadb: createMariadbServer,
};

/**
 * The server that the environment names, if it answers.
 *
 * @throws LearnError when none is named, or it does not answer
 */
export async function openServer(engine: ServerEngine, env: ServerAccess["env"]): Promise<LabServer> {
  const { title, variable, example, container } = SERVER_KINDS[engine];
  const url = env[variable];
  const missing = { server: title, variable, example, container };
  if (!url) throw learnErrors.serverMissing({ ...missing, problem: undefined });
  const access = { url, env };
  try {
    await withSession(access, (connection) => connection.query("SELECT 1 AS one"));
  } catch (error) {
    const problem = error instanceof LimbeckError ? `${error.title} ${error.why}`.trim() : String(error);
    throw learnErrors.serverMissing({ ...missing, problem }, error);
  }
  return CREATE[engine](access);
}
