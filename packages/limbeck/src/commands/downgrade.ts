import { commandErrors } from "../kernel/errors/command-errors.ts";
import { splitRange } from "../graph/split-range.ts";
import type { Environment } from "./environment.ts";
import { addKept } from "./kept-project.ts";
import type { LossAnswers } from "./losses/consent.ts";
import { migrate, type MigrateResult, type Planner } from "./migrate.ts";
import { readProject } from "./project.ts";
import { requireDirection } from "./require-direction.ts";
import { resolveStart } from "./resolve-start.ts";
import { writeDryRunScript, writeOfflineScript, type ScriptResult } from "./write-script.ts";

/** What a way down leads to. */
interface DowngradeTarget {
  /** A revision, `base`, `-N`... */
  readonly target: string;
}

/** Where the way down comes from. */
interface DowngradeSource {
  /** Revisions that have no file here are taken back with what the journal keeps of them. Default false. */
  readonly fromHistory?: boolean;
}

/** What `downgrade` is asked for. */
export interface DowngradeOptions extends DowngradeTarget, DowngradeSource, LossAnswers {}

/** What a script is asked for. */
export interface DowngradeScriptOptions extends DowngradeTarget {
  /** The version of the engine that will run it. Default: the oldest supported one. */
  readonly targetVersion?: string;
}

const planTo =
  (target: string): Planner =>
  (project, current) =>
    project.graph.planDowngrade(current, target);

/**
 * Runs the downgrades that lead back to a target, each in a transaction of its own.
 *
 * @throws GraphError when the target is unknown, ambiguous or not below the current position
 * @throws CommandError when it destroys data, and nobody agreed to that
 * @throws ExecutionError when a revision fails; those before it stay undone
 * @throws JournalError (notKept) when it is to be taken back from the journal, which does not keep it
 *
 * @example
 * const { to } = await downgrade(environment, { target: "-1", allowDataLoss: true });
 */
export async function downgrade(
  environment: Environment,
  { target, fromHistory = false, ...answers }: DowngradeOptions,
): Promise<MigrateResult> {
  if (splitRange(target)) throw commandErrors.rangeNeedsSql({ target, command: "downgrade" });
  const request = { command: "downgrade", ...answers } as const;
  const project = readProject(environment);
  if (!fromHistory) return migrate(environment, planTo(target), request, project);
  const result = await migrate(environment, planTo(target), request, await addKept(environment, project));
  const { graph } = project;
  const isKnown = result.to.every((row) => graph.has(row));
  const pending = isKnown ? graph.planUpgrade(result.to, "heads").steps.length : 0;
  return { ...result, heads: graph.heads, pending };
}

/** Writes what `downgrade` would run on the configured database now, and changes nothing. */
export async function previewDowngrade(
  environment: Environment,
  { target, fromHistory = false }: DowngradeTarget & DowngradeSource,
): Promise<ScriptResult> {
  if (splitRange(target)) throw commandErrors.rangeNeedsSql({ target, command: "downgrade" });
  const project = readProject(environment);
  return writeDryRunScript(environment, planTo(target), fromHistory ? await addKept(environment, project) : project);
}

/**
 * Writes a downgrade as a script without asking a database.
 *
 * @throws CommandError unless the target is a range `FROM:TO` that leads down
 */
export async function scriptDowngrade(
  environment: Environment,
  { target, targetVersion }: DowngradeScriptOptions,
): Promise<ScriptResult> {
  const range = splitRange(target);
  if (!range) throw commandErrors.downgradeNeedsRange({ target });
  const { graph } = readProject(environment);
  const from = resolveStart(graph, range.from || "heads");
  const to = range.to || "base";
  requireDirection(graph, { target, range, from, to, command: "downgrade" });
  return writeOfflineScript(environment, planTo(to), from, targetVersion);
}
