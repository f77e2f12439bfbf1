import type { RevisionGraph } from "../graph/revision-graph.ts";
import { commandErrors } from "../kernel/errors/command-errors.ts";
import { historyErrors } from "../kernel/errors/history-errors.ts";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { joinNames } from "../kernel/join-names.ts";
import type { HookReport } from "../scripts/hooks/run-hooks.ts";
import { requireFreeId, type RevisionFormat } from "../scripts/plan-file.ts";
import { EMPTY_SCHEMA } from "../schema/model/schema.ts";
import { readRows } from "./current.ts";
import type { Environment } from "./environment.ts";
import { findLabelProblem } from "./placement/branch-label.ts";
import { chooseFolder } from "./placement/choose-folder.ts";
import { planRevisionFile, type PlannedFile } from "./plan-revision-file.ts";
import { readPosition } from "./position.ts";
import { proveAfterHooks } from "./prove-after-hooks.ts";
import { readProject, withTexts, type Project } from "./project.ts";
import { proveOrders, type OrderProof } from "./proof/prove-orders.ts";
import { proveRoundTrips } from "./proof/prove-round-trips.ts";

/** What `merge` is asked for. */
export interface MergeOptions {
  /** What to bring together: ids, their beginnings, labels, `heads`. Default: all heads. */
  readonly revisions?: readonly string[];
  /** One line about it. Default: `merge` and the ids. */
  readonly message?: string;
  /** A name for the branch that begins here. */
  readonly branchLabel?: string;
  /** The id, instead of a new one. */
  readonly revisionId?: string;
  /** Also merge revisions that something builds on. Default false. */
  readonly splice?: boolean;
  /** Write it without proving anything; the file says so. Default false. */
  readonly noProof?: boolean;
  /** What the file is written in. Default `ts`. */
  readonly format?: RevisionFormat;
}

/** The file that `merge` wrote. */
export interface MergeResult {
  /** Absolute path. */
  readonly path: string;
  readonly revision: string;
  readonly downRevision: readonly string[];
  readonly branchLabels: readonly string[];
  /** The newest revision of every branch, now that the file is there. */
  readonly heads: readonly string[];
  /** `proven`: every order of the branches gave the same; `not needed`: there is one order only. */
  readonly proof: "proven" | "not needed" | "unproven";
  /** How far the proof reaches. */
  readonly notes: readonly string[];
  /** What was not compared, so that nothing is known of it, in words. */
  readonly leftOut: readonly string[];
  /** The hooks of the config that ran on the file, and what they wrote. */
  readonly hooks: readonly HookReport[];
}

function findParents(
  graph: RevisionGraph,
  { revisions = [], splice = false }: MergeOptions,
  rows: readonly string[] | undefined,
): readonly string[] {
  const given = revisions.length === 0 ? ["heads"] : revisions;
  // Also heads that another revision depends on: as long as there are two, `head` means nothing.
  const find = (name: string): readonly string[] =>
    name === "heads" ? graph.heads : graph.resolve(name, rows).map((revision) => graph.standIn(revision));
  const parents = [...new Set(given.flatMap(find))];
  if (parents.length < 2) throw historyErrors.nothingToMerge({ given: parents, heads: graph.heads });
  for (const upper of parents) {
    const below = graph.ancestors([upper], "versioned");
    const lower = parents.find((parent) => parent !== upper && below.includes(parent));
    if (lower !== undefined) throw historyErrors.alreadyBelow({ lower, upper });
  }
  const inside = splice ? undefined : parents.find((parent) => !graph.isHead(parent));
  if (inside !== undefined) {
    const instead = graph.heads.length > 1 ? ["limbeck merge heads"] : [];
    throw commandErrors.notAHead({ revision: inside, children: graph.get(inside).children, heads: [], instead });
  }
  return parents;
}

/** The revisions that the configured database has; none where it cannot be asked, because there may be none to ask. */
async function readApplied(environment: Environment, { graph }: Project): Promise<ReadonlySet<string>> {
  try {
    const rows = await readRows(environment);
    return new Set(graph.applied(rows.filter((row) => graph.has(row))));
  } catch (error) {
    if (error instanceof LimbeckError) return new Set();
    throw error;
  }
}

/** The orders of two branches, bottom first, in which the upper one is not applied, so that a rebase can put it there. */
async function findRebases(
  environment: Environment,
  project: Project,
  tops: readonly string[],
): Promise<readonly (readonly string[])[]> {
  if (tops.length !== 2) return [];
  const applied = await readApplied(environment, project);
  const { sides } = project.graph.takeApart(tops);
  const isFree = (side: readonly string[] | undefined): boolean => side?.some((one) => applied.has(one)) === false;
  return [...(isFree(sides[1]) ? [tops] : []), ...(isFree(sides[0]) ? [tops.toReversed()] : [])];
}

/** @throws HistoryError when the order of the branches matters */
async function requireNoConflict(
  environment: Environment,
  project: Project,
  { revisions, conflict, tops }: OrderProof,
): Promise<void> {
  if (!conflict) return;
  const { failures, schema, rows, runnable } = conflict;
  const rebases = await findRebases(environment, project, tops);
  if (failures.length === 0) throw historyErrors.orderMatters({ revisions, schema, rows, heads: rebases[0] ?? [] });
  const order = (runnable === 0 ? tops : tops.toReversed()).join("\n");
  const found = runnable === undefined ? undefined : rebases.find((one) => one.join("\n") === order);
  throw historyErrors.orderFails({ revisions, failures, runnable: found ?? [] });
}

/** @throws CommandError when a label would break the header of the file */
function requireLegal(label: string | undefined): readonly string[] {
  if (label === undefined) return [];
  const problem = findLabelProblem(label);
  if (problem !== undefined)
    throw commandErrors.labelIllegal({ label, problem, instead: ["limbeck merge --branch-label billing"] });
  return [label];
}

function describeProof(proof: OrderProof | undefined): Pick<MergeResult, "proof" | "notes" | "leftOut"> {
  if (!proof) return { proof: "unproven", notes: [], leftOut: [] };
  const { verdict, notes, leftOut } = proof;
  return { proof: verdict === "oneOrder" ? "not needed" : "proven", notes, leftOut };
}

/** Runs the text of the merge itself, above the branches. @throws HistoryError when it does not go up, down and up */
async function proveText(
  environment: Environment,
  project: Project,
  { path, revision }: PlannedFile,
  text: string,
): Promise<void> {
  const merged = withTexts(project, new Map([[path, text]]));
  const [failure] = await proveRoundTrips({ environment, project: merged, revisions: [revision] });
  if (failure) throw historyErrors.mergeFails({ revision, message: failure.message });
}

async function prove(environment: Environment, project: Project, file: PlannedFile): Promise<OrderProof> {
  const proof = await proveOrders({ environment, project, tops: file.downRevision });
  await requireNoConflict(environment, project, proof);
  await proveText(environment, project, file, file.source);
  return proof;
}

/**
 * Writes a revision that brings branches together, after proving that they may run in either order: from where they part, with rows in the tables, both
 * orders are run on scratch databases and must give the same schema and the same rows.
 *
 * @throws HistoryError when the order matters, or there is nothing to merge; nothing is written
 * @throws CommandError when a revision is no head, or the label can be none
 * @throws GraphError when a revision is unknown or ambiguous
 * @throws ScriptError when a hook of the config fails; then the file stays
 *
 * @example
 * const { revision, proof } = await merge(environment, { revisions: ["heads"] });
 */
export async function merge(environment: Environment, options: MergeOptions = {}): Promise<MergeResult> {
  const project = readProject(environment);
  // Only `current` asks where the database stands.
  const rows = await readPosition(environment, project, options.revisions ?? []);
  const { revisionId, noProof = false } = options;
  if (revisionId !== undefined) requireFreeId(project.files, revisionId);
  const parents = findParents(project.graph, options, rows);
  const message = options.message ?? `merge ${joinNames(parents)}`;
  const branchLabels = requireLegal(options.branchLabel);
  const [parent] = parents;
  const folder = chooseFolder(project, { message }, { locations: environment.config, parent });
  const file = await planRevisionFile(environment, project, {
    message,
    ...(revisionId !== undefined && { revisionId }),
    place: { downRevision: parents, branchLabels, dependsOn: [], folder },
    format: options.format ?? "ts",
    upgrade: [],
    downgrade: [],
    start: { schema: EMPTY_SCHEMA, unmanaged: [] },
    notes: noProof ? ["unproven: written with --no-proof"] : [],
  });
  // Also without a proof: labels and ids must make a sound graph.
  withTexts(project, new Map([[file.path, file.source]]));
  const proof = noProof ? undefined : await prove(environment, project, file);
  const written = await file.write();
  if (proof) await proveAfterHooks(file, written, (text) => proveText(environment, project, file, text));
  const { path, revision, downRevision, heads } = file;
  return {
    path,
    revision,
    downRevision,
    branchLabels,
    heads,
    ...describeProof(proof),
    hooks: written.hooks,
  };
}
