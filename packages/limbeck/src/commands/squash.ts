import type { RangeSquash } from "../graph/branch-plans.ts";
import type { RevisionGraph } from "../graph/revision-graph.ts";
import { HistoryError, historyErrors } from "../kernel/errors/history-errors.ts";
import { optimizeOperations } from "../ops/optimize/optimize-operations.ts";
import type { Crossing } from "../runtime/trial/try-round-trip.ts";
import { compareStops } from "../runtime/trial/trial-stop.ts";
import { EMPTY_SCHEMA } from "../schema/model/schema.ts";
import { describeLosses } from "./describe-changes.ts";
import type { Environment } from "./environment.ts";
import { planRevisionFile, type PlannedFile } from "./plan-revision-file.ts";
import { readProject, withTexts, type Project } from "./project.ts";
import { describeUnfilled, withProvingGround, type ProvingGround } from "./proof/proving-ground.ts";
import { tryPoorerRows, type RowAttempt } from "./proof/try-poorer-rows.ts";
import { collectOperations, type CollectedOperations } from "./squash/collect-operations.ts";
import { parseSquashRange } from "./squash/parse-squash-range.ts";
import { proveSquash } from "./squash/prove-squash.ts";
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
  /** What the reader should know, and how far the proof reaches. */
  readonly notes: readonly string[];
}

/** A squash that is being worked on. */
interface Work {
  readonly environment: Environment;
  readonly project: Project;
  readonly plan: RangeSquash;
  /** The version rows of a database that stands below the range. */
  readonly rows: readonly string[];
  readonly message: string;
}

/** A file that is proven and not yet written. */
interface ProvenFile {
  readonly file: PlannedFile;
  readonly operations: CollectedOperations;
  readonly before: number;
  readonly notes: readonly string[];
}

function planRange(graph: RevisionGraph, text: string): RangeSquash {
  const { first, last } = parseSquashRange(text);
  const isBase = first === "" || first === "base";
  const resolve = (name: string): string => graph.standIn(graph.get(name).revision);
  return graph.planSquash(isBase ? null : resolve(first), resolve(last === "" ? "head" : last));
}

async function planSquashFile(work: Work, operations: CollectedOperations, revisionId?: string): Promise<PlannedFile> {
  const { environment, project, plan, message } = work;
  const { members, replaces, downRevision, branchLabels, dependsOn } = plan;
  const { upgrade, downgrade } = operations;
  const { dialect } = environment;
  return planRevisionFile(environment, project, {
    message,
    ...(revisionId !== undefined && { revisionId }),
    head: { downRevision, branchLabels, dependsOn, replaces },
    format: "ts",
    upgrade,
    downgrade,
    start: { schema: EMPTY_SCHEMA, unmanaged: [] },
    notes: [
      `Does what ${replaces.length} revisions did, ${members.at(0) ?? ""} to ${members.at(-1) ?? ""}.`,
      ...describeLosses(upgrade, "upgrade", dialect),
      ...("irreversible" in downgrade ? [] : describeLosses(downgrade, "downgrade", dialect)),
    ],
  });
}

async function proveFile(
  { environment, project, rows }: Work,
  file: PlannedFile,
  { ground, originals }: { readonly ground: ProvingGround; readonly originals: readonly [OriginalRun, OriginalRun] },
): Promise<readonly string[]> {
  const squashed = withTexts(project, new Map([[file.path, file.source]]));
  const [step] = squashed.graph.planInOrder(rows, [file.revision]).steps;
  if (!step) return [];
  const crossing = await loadCrossing(step, squashed);
  return proveSquash({ dialect: environment.dialect, ground, originals, squashed: crossing });
}

const optimize = ({ upgrade, downgrade }: CollectedOperations): CollectedOperations => ({
  upgrade: optimizeOperations(upgrade),
  downgrade: "irreversible" in downgrade ? downgrade : optimizeOperations(downgrade),
});

/** Writes down what was recorded, shortened if that comes to the same. */
async function planProvenFile(
  work: Work,
  collected: CollectedOperations,
  proof: { readonly ground: ProvingGround; readonly originals: readonly [OriginalRun, OriginalRun] },
  revisionId: string | undefined,
): Promise<ProvenFile> {
  const short = optimize(collected);
  const before = collected.upgrade.length;
  const file = await planSquashFile(work, short, revisionId);
  try {
    return { file, operations: short, before, notes: await proveFile(work, file, proof) };
  } catch (error) {
    if (!(error instanceof HistoryError)) throw error;
    const literal = await planSquashFile(work, collected, file.revision);
    const notes = await proveFile(work, literal, proof);
    const reason = "every operation is kept, because fewer did not come to the same";
    return { file: literal, operations: collected, before, notes: [...notes, reason] };
  }
}

/** @throws HistoryError when the revisions themselves do not lead back to where they began */
function requireWayBack({ environment: { dialect }, plan }: Work, { start, below }: OriginalRun): void {
  const differences = below ? compareStops(below.stop, start.stop, dialect) : [];
  if (differences.length > 0)
    throw historyErrors.squashNoWayBack({ range: [plan.members.at(0), plan.members.at(-1)].join(":"), differences });
}

async function attempt(
  work: Work,
  ground: ProvingGround,
  crossings: readonly Crossing[],
  revisionId: string | undefined,
): Promise<RowAttempt<ProvenFile>> {
  const first = await runOriginals(ground, crossings);
  if ("refusal" in first) return first;
  const second = await runOriginals(ground, crossings);
  if ("refusal" in second) return second;
  const irreversible = crossings.find(({ down }) => !down)?.up.revision;
  const collected = collectOperations([first, second], work.plan.members, irreversible);
  requireWayBack(work, first);
  const proven = await planProvenFile(work, collected, { ground, originals: [first, second] }, revisionId);
  return { result: { ...proven, notes: [...describeUnfilled(ground), ...proven.notes] } };
}

/**
 * Writes one revision in the place of a range. It names what it replaces in its header; the files of that may stay, or be deleted once every database is past
 * them. What it does is what the range did when it was run on a scratch database, and before the file exists it is proven to come to the same: schema and rows
 * after the upgrade, the schema after the downgrade. The configured database is not asked.
 *
 * @throws HistoryError when the range has another way in or out, what it does cannot be written down, or the proof fails; nothing is written
 * @throws GraphError when a revision is unknown or ambiguous
 *
 * @example
 * const { revision, replaces } = await squash(environment, { range: "base..d4e5" });
 */
export async function squash(environment: Environment, options: SquashOptions): Promise<SquashResult> {
  const project = readProject(environment);
  const { graph } = project;
  const plan = planRange(graph, options.range);
  const { members, downRevision, dependsOn, branchLabels, replaces } = plan;
  const { steps: before, heads: rows } = graph.planInOrder([], [...downRevision, ...dependsOn]);
  const crossings = await Promise.all(
    graph.planInOrder(rows, members).steps.map((step) => loadCrossing(step, project)),
  );
  const message = options.message ?? `squash ${members.at(0) ?? ""} to ${members.at(-1) ?? ""}`;
  const work: Work = { environment, project, plan, rows, message };
  const { result, notes } = await tryPoorerRows((choice) =>
    withProvingGround<RowAttempt<ProvenFile>>({ environment, project, before, rows: choice }, (ground) =>
      attempt(work, ground, crossings, options.revisionId),
    ),
  );
  result.file.write();
  const { upgrade, downgrade } = result.operations;
  return {
    path: result.file.path,
    revision: result.file.revision,
    downRevision,
    dependsOn,
    branchLabels,
    replaces,
    operations: { before: result.before, after: upgrade.length },
    ...("irreversible" in downgrade && { irreversible: downgrade.irreversible }),
    notes: [...notes, ...result.notes],
  };
}
