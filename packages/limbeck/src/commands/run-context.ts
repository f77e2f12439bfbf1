import type { Connection } from "../dialect/connection.ts";
import type { RunContext } from "../runtime/run-steps.ts";
import { trackSchema } from "../runtime/schema-tracker.ts";
import { createConnectionSink, type StatementSink } from "../runtime/statement-sink.ts";
import type { Environment } from "./environment.ts";

/**
 * What revisions of the project run with on a connection.
 *
 * @param sink where their statements go; default: to the connection
 */
export function createRunContext(
  { dialect, versions, clock, config, onEvent }: Environment,
  connection: Connection,
  sink: StatementSink = createConnectionSink(connection),
): RunContext {
  return {
    dialect,
    connection,
    serverVersion: connection.serverVersion,
    sink,
    tracker: trackSchema(dialect, connection),
    convention: config.namingConvention,
    versions,
    preparation: [],
    clock,
    onEvent,
  };
}
