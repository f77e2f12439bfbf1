import { commandErrors } from "../kernel/errors/command-errors.ts";
import { splitRange } from "../graph/split-range.ts";
import type { Environment } from "./environment.ts";
import type { LossAnswers } from "./losses/consent.ts";
import { migrate, type MigrateResult, type Planner } from "./migrate.ts";
import { readProject, type Project } from "./project.ts";
import { refuseDrift } from "./refuse-drift.ts";
import { requireDirection } from "./require-direction.ts";
import { resolveStart } from "./resolve-start.ts";
import { writeDryRunScript, writeOfflineScript, type ScriptResult } from "./write-script.ts";

/** What a way up leads to. */
interface UpgradeTarget {
  /** A revision, `head`, `heads`, `+N`... */
  readonly target: string;
}

/** What a database has to be like. */
interface UpgradeDemand {
  /** Nothing runs on a database that was changed by hand. Default false. */
  readonly strict?: boolean;
}

/** What `upgrade` is asked for. */
export interface UpgradeOptions extends UpgradeTarget, UpgradeDemand, Pick<LossAnswers, "confirm" | "askName"> {}

/** What a script is asked for. */
export interface UpgradeScriptOptions extends UpgradeTarget {
  /** The version of the engine that will run it. Default: the oldest supported one. */
  readonly targetVersion?: string;
}

/** Plans the way up to a target. */
const planUpgradeTo =
  (target: string): Planner =>
  ({ graph }, current) => {
    const plan = graph.planUpgrade(current, target);
    return plan.steps.length > 0 ? plan : { ...plan, applied: graph.resolve(target, current) };
  };

/**
 * Runs the revisions that lead up to a target, each in a transaction of its own.
 *
 * @throws GraphError when the target is unknown or ambiguous
 * @throws CommandError when it destroys data in a protected database whose name was not given
 * @throws DriftError when `strict` is asked for, and the database was changed by hand, or nobody can tell
 * @throws ExecutionError when a revision fails; those before it stay
 *
 * @example
 * const { steps } = await upgrade(environment, { target: "head" });
 */
export async function upgrade(environment: Environment, options: UpgradeOptions): Promise<MigrateResult> {
  const { target } = options;
  if (splitRange(target)) throw commandErrors.rangeNeedsSql({ target, command: "upgrade" });
  return upgradeProject(environment, readProject(environment), options);
}

/** Upgrades a database of a project that was read before, to a target that is no range. */
export function upgradeProject(
  environment: Environment,
  project: Project,
  { target, strict = false, ...answers }: UpgradeOptions,
): Promise<MigrateResult> {
  const request = {
    command: "upgrade" as const,
    ...(strict && { refuse: (seen: Environment) => refuseDrift(seen, project) }),
    ...answers,
  };
  return migrate(environment, planUpgradeTo(target), request, project);
}

/** Writes what `upgrade` would run on the configured database now, and changes nothing. */
export async function previewUpgrade(
  environment: Environment,
  { target, strict = false }: UpgradeTarget & UpgradeDemand,
): Promise<ScriptResult> {
  if (splitRange(target)) throw commandErrors.rangeNeedsSql({ target, command: "upgrade" });
  const project = readProject(environment);
  if (strict) await refuseDrift(environment, project);
  return writeDryRunScript(environment, planUpgradeTo(target), project);
}

/**
 * Writes an upgrade as a script without asking a database; the target may be a range `FROM:TO` and starts at base otherwise.
 *
 * @throws CommandError when the range leads down
 */
export async function scriptUpgrade(
  environment: Environment,
  { target, targetVersion }: UpgradeScriptOptions,
): Promise<ScriptResult> {
  const range = splitRange(target);
  const { graph } = readProject(environment);
  const from = range ? resolveStart(graph, range.from || "base") : [];
  const to = range ? range.to || "heads" : target;
  if (range) requireDirection(graph, { target, range, from, to, command: "upgrade" });
  return writeOfflineScript(environment, planUpgradeTo(to), from, targetVersion);
}
