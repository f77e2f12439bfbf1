import type { Environment } from "../commands/environment.ts";
import { readStanding } from "../commands/stream/read-standing.ts";
import { renderDatabase } from "./render/status.ts";
import type { Session } from "./session.ts";

/** Says which database is about to be changed, and where its URL came from, before anything happens. */
export function tellDatabase({ terminal }: Session, command: string, environment: Environment): void {
  const { dialect, config } = environment;
  const database = dialect.redactUrl(config.url);
  terminal.tell(`${renderDatabase(database, config.urlSource)}\n`);
  terminal.stream?.begin({ command, database, readStanding: () => readStanding(environment) });
}
