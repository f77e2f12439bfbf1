import type { Tenant } from "../../config/limbeck-config.ts";
import { commandErrors } from "../../kernel/errors/command-errors.ts";
import { LimbeckError } from "../../kernel/errors/limbeck-error.ts";
import { splitRange } from "../../graph/split-range.ts";
import type { RunEvent } from "../../runtime/run-context.ts";
import type { Environment } from "../environment.ts";
import type { LossAnswers } from "../losses/consent.ts";
import { readProject, shareLoaded } from "../project.ts";
import { upgradeProject } from "../upgrade.ts";
import { atTenant } from "./at-tenant.ts";
import { readTenants } from "./read-tenants.ts";

/** A tenant whose upgrade failed. */
export interface TenantFailure {
  readonly tenant: string;
  readonly code: string;
  readonly title: string;
  readonly why: string;
  readonly fix: readonly string[];
}

/** What became of one tenant. */
export type TenantReport =
  | { readonly kind: "upgraded"; readonly tenant: string; readonly steps: number; readonly milliseconds: number }
  | { readonly kind: "upToDate"; readonly tenant: string }
  | ({ readonly kind: "failed" } & TenantFailure);

/** What `upgrade --all` is asked for. */
export interface UpgradeAllOptions extends Pick<LossAnswers, "confirm"> {
  /** A revision, `head`, `heads`, `+N`... */
  readonly target: string;
  /** How many tenants are upgraded at the same time, one at least. Default 4. */
  readonly concurrency?: number;
  /** How many are upgraded alone before the others begin; those that have nothing to do don't count. Default 1. */
  readonly canary?: number;
  /** After how many failures no other tenant is begun. Default 1. */
  readonly maxFailures?: number;
  /** Nothing runs on a tenant that was changed by hand: it counts as failed. Default false. */
  readonly strict?: boolean;
  /** Hears of each tenant when it is done. */
  readonly onTenant?: (report: TenantReport) => void;
  /** Hears what the run of each tenant does while it goes on. */
  readonly onTenantEvent?: (tenant: string, event: RunEvent) => void;
}

/** What `upgrade --all` did. */
export interface UpgradeAllResult {
  readonly target: string;
  readonly upgraded: number;
  /** Those that had nothing to do. */
  readonly upToDate: number;
  readonly failed: readonly TenantFailure[];
  /** Why not all of them were tried; null where they were. */
  readonly stopped: "failures" | "interrupted" | null;
  readonly milliseconds: number;
}

/** How far a run over all tenants is. */
class Tally {
  upgraded = 0;
  upToDate = 0;
  readonly failed: TenantFailure[] = [];

  add(report: TenantReport): void {
    if (report.kind === "failed") {
      const { kind: _failed, ...failure } = report;
      this.failed.push(failure);
    } else {
      this[report.kind] += 1;
    }
  }
}

type UpgradeTenant = (tenant: Tenant) => Promise<TenantReport>;

/** How one tenant is upgraded. What fails there is its own affair; only what is a bug ends everything. */
function createUpgrade(
  environment: Environment,
  { target, strict = false, confirm, onTenantEvent }: UpgradeAllOptions,
): UpgradeTenant {
  const project = shareLoaded(readProject(environment));
  return async (tenant) => {
    const started = environment.clock();
    const { name } = tenant;
    try {
      const there = await atTenant(environment, tenant, (event) => onTenantEvent?.(name, event));
      const { steps } = await upgradeProject(there, project, {
        target,
        strict,
        ...(confirm !== undefined && { confirm }),
      });
      if (steps.length === 0) return { kind: "upToDate", tenant: name };
      const milliseconds = environment.clock() - started;
      return { kind: "upgraded", tenant: name, steps: steps.length, milliseconds };
    } catch (error) {
      if (!(error instanceof LimbeckError)) throw error;
      const { code, title, why, fix } = error;
      return { kind: "failed", tenant: name, code, title, why, fix };
    }
  };
}

/** Why tenants were left out, by a run that is to begin no other one; null where the last one had been tried. */
async function explainStop(
  tenants: AsyncIterator<Tenant>,
  signal: Environment["signal"],
): Promise<UpgradeAllResult["stopped"]> {
  if (signal?.aborted) return "interrupted";
  // A list that fails here has not come to its end, and what is to be told is what failed before.
  const isOver = await tenants.next().then(
    ({ done }) => done === true,
    () => false,
  );
  if (signal?.aborted) return "interrupted";
  return isOver ? null : "failures";
}

/**
 * Upgrades all tenants of the config: some alone at first, then several at a time, each under its own lock. One that fails stops where its own history lets it,
 * and nothing of the others is taken back; run again, it goes on with those that are not there yet.
 *
 * @throws ConfigError when the config lists no tenants, or listing them fails
 * @throws ScriptError or GraphError when the files do not form a sound graph
 *
 * @example
 * const { failed } = await upgradeAll(environment, { target: "head", concurrency: 8, maxFailures: 5 });
 */
export async function upgradeAll(environment: Environment, options: UpgradeAllOptions): Promise<UpgradeAllResult> {
  const { target, concurrency = 4, canary = 1, maxFailures = 1, onTenant } = options;
  if (splitRange(target)) throw commandErrors.rangeNeedsSql({ target, command: "upgrade" });
  const { signal, clock } = environment;
  const started = clock();
  const tally = new Tally();
  const upgradeTenant = createUpgrade(environment, options);
  const tenants = readTenants(environment.config);
  let isBroken = false;
  const isStopped = (): boolean => isBroken || signal?.aborted === true || tally.failed.length >= maxFailures;
  /** Upgrades one after the other, until there are no more or something says stop. */
  const work = async (isEnough: () => boolean): Promise<void> => {
    while (!isStopped() && !isEnough()) {
      const next = await tenants.next();
      if (next.done === true) return;
      const report = await upgradeTenant(next.value);
      if (signal?.aborted && report.kind === "failed") return;
      tally.add(report);
      onTenant?.(report);
    }
  };
  const workAndStop = (isEnough: () => boolean): Promise<void> =>
    work(isEnough).catch((error: unknown) => {
      isBroken = true;
      throw error;
    });
  let stopped: UpgradeAllResult["stopped"] = null;
  try {
    await workAndStop(() => tally.upgraded + tally.failed.length >= canary);
    const workers = Array.from({ length: Math.max(1, concurrency) }, () => workAndStop(() => false));
    // What is under way is waited for, also where another one ends in an error: nothing may go on behind the caller's back.
    const ends = await Promise.allSettled(workers);
    for (const end of ends) if (end.status === "rejected") throw end.reason;
    if (isStopped()) stopped = await explainStop(tenants, signal);
  } finally {
    await tenants.return(undefined);
  }
  const { upgraded, upToDate, failed } = tally;
  return { target, upgraded, upToDate, failed, stopped, milliseconds: clock() - started };
}
