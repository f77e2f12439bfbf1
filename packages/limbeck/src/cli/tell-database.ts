import type { Environment } from "../commands/environment.ts";
import { renderDatabase } from "./render/status.ts";
import type { Session } from "./session.ts";

/** Says which database is about to be changed, and where its URL came from, before anything happens. */
export function tellDatabase({ terminal }: Session, { dialect, config }: Environment): void {
  terminal.tell(`${renderDatabase(dialect.redactUrl(config.url), config.urlSource)}\n`);
}
