import type { Connection } from "../dialect/connection.ts";
import type { IntrospectionScope } from "../dialect/dialect.ts";
import type { ReplicaPatience } from "../runtime/backfill/replica-patience.ts";
import type { RunContext } from "../runtime/run-context.ts";
import type { RunIdentity } from "../runtime/journal/render-entry.ts";
import { trackSchema } from "../runtime/schema-tracker.ts";
import { createConnectionSink, type StatementSink } from "../runtime/statement-sink.ts";
import { chooseReach, type Environment } from "./environment.ts";
import { chooseLimits } from "./limits.ts";

/** What runs of revisions tell, and heed, besides their events. */
export function listRunHooks({
  onEvent,
  signal,
  watchActivity,
  config,
  dialect,
}: Environment): Pick<RunContext, "onWait" | "signal" | "watchActivity" | "lockTimeout"> {
  const { lockTimeout } = chooseLimits(dialect, config);
  return { onWait: (reason) => onEvent({ kind: "waiting", reason }), signal, watchActivity, lockTimeout };
}

/** How far behind replicas may be while a run changes many rows. */
function chooseReplicaPatience({ dialect, config, onEvent }: Environment): ReplicaPatience {
  const { replicaLagCap, maxReplicaLag = replicaLagCap, replicas } = config;
  return {
    ...(maxReplicaLag !== undefined && { maxLag: replicaLagCap ?? maxReplicaLag }),
    ...(replicaLagCap !== undefined && { cap: replicaLagCap }),
    choice: {
      ...(replicas && { replicas }),
      connect: (url) => dialect.connect(url, { ...chooseReach(config), readOnly: true }),
    },
    onWait: (reason) => onEvent({ kind: "waiting", reason, what: "replica" }),
    onNotice: (message) => onEvent({ kind: "notice", notice: { severity: "NOTICE", message } }),
  };
}

/** What of the database a run answers for: beside the schema that a URL names there may be those of a thousand other tenants. */
export const chooseScope = ({ dialect, config }: Pick<Environment, "dialect" | "config">): IntrospectionScope =>
  dialect.namesOneSchema?.(config.url) ? "own" : "all";

/** Who writes into the journal. */
export function identifyRun({ randomId, toolVersion }: Pick<Environment, "randomId" | "toolVersion">): RunIdentity {
  return { run: randomId(), toolVersion };
}

/**
 * What revisions of the project run with on a connection.
 *
 * @param sink where their statements go; default: to the connection
 */
export function createRunContext(
  environment: Environment,
  connection: Connection,
  sink: StatementSink = createConnectionSink(connection),
): RunContext {
  const { dialect, versions, clock, config, onEvent } = environment;
  return {
    ...listRunHooks(environment),
    dialect,
    connection,
    serverVersion: connection.serverVersion,
    sink,
    tracker: trackSchema(dialect, connection),
    replicas: chooseReplicaPatience(environment),
    convention: config.namingConvention,
    transactions: config.transactions,
    versions,
    preparation: [],
    scope: chooseScope(environment),
    clock,
    onEvent,
  };
}
