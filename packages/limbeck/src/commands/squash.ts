import type { RangeSquash } from "../graph/branch-plans.ts";
import type { PlanStep } from "../graph/revision-plan.ts";
import type { RevisionGraph } from "../graph/revision-graph.ts";
import { HistoryError, historyErrors } from "../kernel/errors/history-errors.ts";
import { optimizeOperations } from "../ops/optimize/optimize-operations.ts";
import type { Crossing } from "../runtime/trial/try-round-trip.ts";
import { compareStops } from "../runtime/trial/trial-stop.ts";
import { requireFreeId } from "../scripts/plan-file.ts";
import type { HookReport } from "../scripts/hooks/run-hooks.ts";
import { EMPTY_SCHEMA } from "../schema/model/schema.ts";
import { describeLosses } from "./describe-changes.ts";
import type { Environment } from "./environment.ts";
import { chooseFolder } from "./placement/choose-folder.ts";
import { findUnusedSquashes } from "./find-unused-squashes.ts";
import { planRevisionFile, type PlannedFile } from "./plan-revision-file.ts";
import { proveAfterHooks } from "./prove-after-hooks.ts";
import { readProject, withTexts, type Project } from "./project.ts";
import { describeUnfilled, withFreshDatabases, withProvingGround, type OpenDatabase } from "./proof/proving-ground.ts";
import { tryPoorerRows, type RowAttempt } from "./proof/try-poorer-rows.ts";
import { collectOperations, type CollectedOperations } from "./squash/collect-operations.ts";
import { parseSquashRange } from "./squash/parse-squash-range.ts";
import { proveSquash, type SquashProof } from "./squash/prove-squash.ts";
import { runOriginals, type OriginalRun } from "./squash/run-originals.ts";
import { loadCrossing } from "./trial/trial-request.ts";

/** What `squash` is asked for. */
export interface SquashOptions {
  /** `A..B` or `A:B`, both ends included; `base..B` from the first revision on, `A..` to the head. */
  readonly range: string;
  /** One line about it. Default: `squash A to B`. */
  readonly message?: string;
  /** The id, instead of a new one. */
  readonly revisionId?: string;
  /** Write down what the range does, every operation of it, without proving that it comes to the same; the file says so. Default false. */
  readonly noProof?: boolean;
}

/** The file that `squash` wrote. */
export interface SquashResult {
  /** Absolute path. */
  readonly path: string;
  readonly revision: string;
  readonly downRevision: readonly string[];
  readonly dependsOn: readonly string[];
  readonly branchLabels: readonly string[];
  /** What it stands for, in the order in which that runs; the last one is what databases that have run it say they stand at. */
  readonly replaces: readonly string[];
  /** How many operations an upgrade takes with it, and how many it took before. */
  readonly operations: { readonly before: number; readonly after: number };
  /** Why it has no downgrade; absent where it has one. */
  readonly irreversible?: string;
  readonly proof: "proven" | "unproven";
  /** What the reader should know, and how far the proof reaches. */
  readonly notes: readonly string[];
  /** What was not compared, so that nothing is known of it, in words. */
  readonly leftOut: readonly string[];
  /** The hooks of the config that ran on the file, and what they wrote. */
  readonly hooks: readonly HookReport[];
}

/** A squash that is being worked on. */
interface Work {
  readonly environment: Environment;
  readonly project: Project;
  readonly plan: RangeSquash;
  /** What leads to where the range begins. */
  readonly before: readonly PlanStep[];
  /** The revisions of the range, both ways. */
  readonly crossings: readonly Crossing[];
  /** The version rows of a database that stands below the range. */
  readonly rows: readonly string[];
  readonly message: string;
}

/** A file that is proven and not yet written. */
interface ProvenFile {
  readonly file: PlannedFile;
  readonly operations: CollectedOperations;
  readonly before: number;
  readonly proof: SquashProof;
}

function planRange(graph: RevisionGraph, text: string): RangeSquash {
  const { first, last } = parseSquashRange(text);
  // Also what counts down to it, as `head-2` does where there are two revisions.
  const isBase = first === "" || graph.resolve(first).length === 0;
  const resolve = (name: string): string => graph.standIn(graph.get(name).revision);
  return graph.planSquash(isBase ? null : resolve(first), resolve(last === "" ? "head" : last));
}

async function planSquashFile(
  work: Work,
  operations: CollectedOperations,
  revisionId?: string,
  more: readonly string[] = [],
): Promise<PlannedFile> {
  const { environment, project, plan, message } = work;
  const { members, replaces, downRevision, branchLabels, dependsOn } = plan;
  const { upgrade, downgrade } = operations;
  const { dialect } = environment;
  const folder = chooseFolder(project, { message }, { locations: environment.config, parent: members.at(-1) });
  return planRevisionFile(environment, project, {
    message,
    ...(revisionId !== undefined && { revisionId }),
    place: { downRevision, branchLabels, dependsOn, folder },
    replaces,
    format: "ts",
    upgrade,
    downgrade,
    start: { schema: EMPTY_SCHEMA, unmanaged: [] },
    notes: [
      `Does what ${replaces.length} revisions did, ${members.at(0) ?? ""} to ${members.at(-1) ?? ""}.`,
      ...describeLosses(upgrade, "upgrade", dialect),
      ...("irreversible" in downgrade ? [] : describeLosses(downgrade, "downgrade", dialect)),
      ...more,
    ],
  });
}

/** @throws HistoryError when a file that is not used replaces some of the range */
function requireUnreplaced(project: Project, { members }: RangeSquash): void {
  const unused = new Map(findUnusedSquashes(project).map(({ revision, path }) => [revision, path]));
  for (const { revision, replaces } of project.files) {
    const path = unused.get(revision);
    const revisions = replaces.filter((one) => members.includes(one));
    if (path !== undefined && revisions.length > 0)
      throw historyErrors.squashOverlaps({ squash: revision, path, revisions });
  }
}

/** What a text is held against. */
interface Standard {
  readonly open: OpenDatabase;
  readonly originals: readonly [OriginalRun, OriginalRun];
}

async function proveText(
  { environment, project, rows }: Work,
  file: PlannedFile,
  text: string,
  { open, originals }: Standard,
): Promise<SquashProof> {
  const squashed = withTexts(project, new Map([[file.path, text]]));
  const [step] = squashed.graph.planInOrder(rows, [file.revision]).steps;
  if (!step) return NOTHING_COMPARED;
  const crossing = await loadCrossing(step, squashed);
  return proveSquash({ dialect: environment.dialect, open, originals, squashed: crossing });
}

const optimize = ({ upgrade, downgrade }: CollectedOperations): CollectedOperations => ({
  upgrade: optimizeOperations(upgrade),
  downgrade: "irreversible" in downgrade ? downgrade : optimizeOperations(downgrade),
});

/** Writes down what was recorded, shortened if that comes to the same. */
async function planProvenFile(
  work: Work,
  collected: CollectedOperations,
  standard: Standard,
  revisionId: string | undefined,
): Promise<ProvenFile> {
  const short = optimize(collected);
  const before = collected.upgrade.length;
  const file = await planSquashFile(work, short, revisionId);
  try {
    return { file, operations: short, before, proof: await proveText(work, file, file.source, standard) };
  } catch (error) {
    if (!(error instanceof HistoryError)) throw error;
    const literal = await planSquashFile(work, collected, file.revision);
    const { notes, leftOut } = await proveText(work, literal, literal.source, standard);
    const reason = "every operation is kept, because fewer did not come to the same";
    return { file: literal, operations: collected, before, proof: { notes: [...notes, reason], leftOut } };
  }
}

/** @throws HistoryError when the revisions themselves do not lead back to where they began */
function requireWayBack({ environment: { dialect }, plan }: Work, { start, below }: OriginalRun): void {
  const differences = below ? compareStops(below.stop, start, dialect) : [];
  if (differences.length > 0)
    throw historyErrors.squashNoWayBack({ range: [plan.members.at(0), plan.members.at(-1)].join(":"), differences });
}

/** Runs the originals twice, and does something on databases like those that they ran on. */
function withOriginals<Result>(
  { environment, project, before, crossings }: Work,
  use: (standard: Standard) => Promise<Result>,
): Promise<{ readonly result: Result; readonly notes: readonly string[] }> {
  const attempt = async (open: OpenDatabase): Promise<RowAttempt<Result>> => {
    const first = await runOriginals(open, crossings);
    if ("refusal" in first) return first;
    const second = await runOriginals(open, crossings);
    if ("refusal" in second) return second;
    return { result: await use({ open, originals: [first, second] }) };
  };
  return tryPoorerRows((rows) =>
    withProvingGround({ environment, project, before, rows }, async (ground) => {
      const attempted = await ground.session(attempt);
      return { ...attempted, notes: describeUnfilled(ground) };
    }),
  );
}

const findIrreversible = ({ crossings }: Work): string | undefined => crossings.find(({ down }) => !down)?.up.revision;

async function proveAndPlan(work: Work, standard: Standard, revisionId: string | undefined): Promise<ProvenFile> {
  const collected = collectOperations(standard.originals, work.plan.members, findIrreversible(work));
  requireWayBack(work, standard.originals[0]);
  return planProvenFile(work, collected, standard, revisionId);
}

const NOTHING_COMPARED: SquashProof = { notes: [], leftOut: [] };

/** Runs the originals twice, one run after the other and without rows, and writes down all that they do. */
async function planUnprovenFile(work: Work, revisionId: string | undefined): Promise<ProvenFile> {
  const run = async (): Promise<OriginalRun> => {
    const found = await withFreshDatabases(work, (open) => runOriginals(open, work.crossings));
    if ("refusal" in found) throw historyErrors.revisionFails(found.refusal);
    return found;
  };
  const operations = collectOperations([await run(), await run()], work.plan.members, findIrreversible(work));
  const file = await planSquashFile(work, operations, revisionId, ["unproven: written with --no-proof"]);
  return { file, operations, before: operations.upgrade.length, proof: NOTHING_COMPARED };
}

/**
 * Writes one revision in the place of a range. It names what it replaces in its header; the files of that may stay, or be deleted once every database is past
 * them. What it does is what the range did when it was run on a scratch database, and before the file exists it is proven to come to the same: schema and rows
 * after the upgrade, the schema after the downgrade. The configured database is not asked.
 *
 * @throws HistoryError when the range has another way in or out, what it does cannot be written down, or the proof fails; nothing is written
 * @throws GraphError when a revision is unknown or ambiguous
 * @throws ScriptError when a hook of the config fails; then the file stays
 *
 * @example
 * const { revision, replaces } = await squash(environment, { range: "base..d4e5" });
 */
export async function squash(environment: Environment, options: SquashOptions): Promise<SquashResult> {
  const project = readProject(environment);
  const { graph } = project;
  if (options.revisionId !== undefined) requireFreeId(project.files, options.revisionId);
  const plan = planRange(graph, options.range);
  requireUnreplaced(project, plan);
  const { members, downRevision, dependsOn, branchLabels, replaces } = plan;
  const { steps: before, heads: rows } = graph.planInOrder([], [...downRevision, ...dependsOn]);
  const crossings = await Promise.all(
    graph.planInOrder(rows, members).steps.map((step) => loadCrossing(step, project)),
  );
  const message = options.message ?? `squash ${members.at(0) ?? ""} to ${members.at(-1) ?? ""}`;
  const work: Work = { environment, project, plan, before, rows, crossings, message };
  const { noProof = false, revisionId } = options;
  const { result, notes } = noProof
    ? { result: await planUnprovenFile(work, revisionId), notes: [] }
    : await withOriginals(work, (standard) => proveAndPlan(work, standard, revisionId));
  const { file } = result;
  // Also without a proof: labels and ids must make a sound graph.
  withTexts(project, new Map([[file.path, file.source]]));
  const written = await file.write();
  if (!noProof) {
    await proveAfterHooks(file, written, (text) =>
      withOriginals(work, (standard) => proveText(work, file, text, standard)),
    );
  }
  const { upgrade, downgrade } = result.operations;
  return {
    path: file.path,
    revision: file.revision,
    downRevision,
    dependsOn,
    branchLabels,
    replaces,
    operations: { before: result.before, after: upgrade.length },
    ...("irreversible" in downgrade && { irreversible: downgrade.irreversible }),
    proof: noProof ? "unproven" : "proven",
    notes: [...notes, ...result.proof.notes],
    leftOut: result.proof.leftOut,
    hooks: written.hooks,
  };
}
