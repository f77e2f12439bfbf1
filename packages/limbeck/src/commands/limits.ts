import type { ResolvedConfig } from "../config/resolved-config.ts";
import type { Limits } from "../dialect/contention-rules.ts";
import type { Dialect } from "../dialect/dialect.ts";
import { configErrors } from "../kernel/errors/config-errors.ts";

type LimitConfig = Pick<
  ResolvedConfig,
  "path" | "tableLockTimeout" | "tableLockTries" | "statementTimeout" | "maxReplicaLag" | "replicaLagCap" | "replicas"
>;

/**
 * How long the statements of a run may take.
 *
 * @throws ConfigError (limitUnknown) where the engine cannot end a statement that takes too long
 */
export function chooseLimits(dialect: Dialect, { path, tableLockTimeout, statementTimeout }: LimitConfig): Limits {
  if (statementTimeout > 0 && !dialect.contention) {
    throw configErrors.limitUnknown({ path, key: "statementTimeout", engine: dialect.name });
  }
  return {
    lockTimeout: tableLockTimeout ?? dialect.patience.lockTimeout,
    isUsual: tableLockTimeout === undefined,
    statementTimeout,
  };
}

/** @throws ConfigError (replicasUnknown) where the engine has no replicas, and the config speaks of them */
export function refuseReplicas(dialect: Dialect, config: LimitConfig): void {
  if (dialect.replicas) return;
  const { path, maxReplicaLag, replicaLagCap, replicas } = config;
  const engine = dialect.name;
  if (replicaLagCap !== undefined)
    throw configErrors.replicasUnknown({ path: undefined, key: "--max-replica-lag", engine });
  if (maxReplicaLag === undefined && replicas === undefined) return;
  const key = maxReplicaLag === undefined ? "replicas" : "maxReplicaLag";
  throw configErrors.replicasUnknown({ path, key, engine });
}

/** How often a run tries what did not get its lock. */
export const chooseTries = ({ patience }: Dialect, { tableLockTries }: LimitConfig): number =>
  tableLockTries ?? patience.tries;

/** The lines of a script that limit its statements: what somebody asked for, and nothing else, since a script cannot try again. */
export function renderLimits(dialect: Dialect, config: LimitConfig): readonly string[] {
  const limits = chooseLimits(dialect, config);
  return dialect.renderScriptLimits({ ...limits, ...(limits.isUsual && { lockTimeout: 0 }) });
}
