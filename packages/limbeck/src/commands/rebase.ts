import type { BranchRebase } from "../graph/branch-plans.ts";
import type { RevisionGraph } from "../graph/revision-graph.ts";
import { HistoryError, historyErrors } from "../kernel/errors/history-errors.ts";
import { replaceFiles, type FileChange } from "../scripts/replace-files.ts";
import { replaceParents } from "../scripts/replace-parents.ts";
import { readRevisionSource, type RevisionFile } from "../scripts/revision-file.ts";
import type { Environment } from "./environment.ts";
import { requireKnown } from "./migrate.ts";
import { readProject, withTexts, type Project } from "./project.ts";
import { proveRebase, type OtherOutcome } from "./proof/prove-rebase.ts";
import { readDatabase } from "./with-database.ts";

/** What `rebase` is asked for. */
export interface RebaseOptions {
  /** A revision of the branch that moves. Default: with exactly two heads, the one that the database has nothing of, or the one that is not `onto`. */
  readonly branch?: string;
  /** The revision that it is put on. Default: with exactly two heads, the other one. */
  readonly onto?: string;
  /** Prove everything and change nothing. Default false. */
  readonly dryRun?: boolean;
  /** Change the files without proving anything. Default false. */
  readonly noProof?: boolean;
}

/** A file whose header is another one now. */
export interface RebasedFile {
  /** Absolute path. */
  readonly path: string;
  readonly revision: string;
  /** The parents it had. */
  readonly from: readonly string[];
  /** The parents it has. */
  readonly to: readonly string[];
  /** The lines of the file that differ. */
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** What `rebase` did. */
export interface RebaseResult {
  /** The database that was asked whether it has any of these revisions, without any password. */
  readonly database: string;
  readonly onto: string;
  /** The revisions that come after it now, in the order in which they run. */
  readonly moved: readonly string[];
  readonly files: readonly RebasedFile[];
  /** The ends of the branches afterwards. */
  readonly heads: readonly string[];
  readonly proof: "proven" | "unproven";
  /** What comes out differently than in the order of before. */
  readonly differences: readonly OtherOutcome[];
  /** How far the proof reaches. */
  readonly notes: readonly string[];
  /** What was not compared with the old order, so that nothing is known of it, in words. */
  readonly leftOut: readonly string[];
  /** Whether nothing was written. */
  readonly isDryRun: boolean;
}

/** The branch that moves, and where. */
interface Move {
  readonly branch: string;
  readonly onto: string;
}

/** Where the database stands, and what it is called. */
interface Position {
  readonly rows: readonly string[];
  readonly applied: ReadonlySet<string>;
  readonly database: string;
}

async function readPosition(environment: Environment, project: Project): Promise<Position> {
  const rows = await readDatabase(environment, (connection) => environment.versions.readHeads(connection));
  requireKnown(project, rows);
  return {
    rows,
    applied: new Set(project.graph.applied(rows)),
    database: environment.dialect.redactUrl(environment.config.url),
  };
}

const resolveOne = (graph: RevisionGraph, name: string, { rows }: Position): string =>
  graph.standIn(graph.get(name, rows).revision);

/** Of two branches, the one that the database has nothing of moves. */
function askDatabase(
  graph: RevisionGraph,
  [first, second]: readonly [string, string],
  { applied, database }: Position,
): Move {
  const { sides } = graph.takeApart([first, second]);
  const [hasFirst, hasSecond] = sides.map((side) => side.some((revision) => applied.has(revision)));
  if (!hasFirst && !hasSecond) throw historyErrors.rebaseUndecided({ heads: [first, second], database });
  return hasFirst ? { branch: second, onto: first } : { branch: first, onto: second };
}

/** The heads of branches of which the database has nothing beyond what all of them have. */
function listMovable(graph: RevisionGraph, { applied }: Position): readonly string[] {
  const { heads } = graph;
  const { sides } = graph.takeApart(heads);
  return heads.filter((_head, index) => sides[index]?.some((revision) => applied.has(revision)) === false);
}

function chooseMove(graph: RevisionGraph, { branch, onto }: RebaseOptions, position: Position): Move {
  const named = {
    branch: branch === undefined ? undefined : resolveOne(graph, branch, position),
    onto: onto === undefined ? undefined : resolveOne(graph, onto, position),
  };
  if (named.branch !== undefined && named.onto !== undefined) return { branch: named.branch, onto: named.onto };
  const { heads } = graph;
  const [first, second, ...more] = heads;
  const failUnnamed = (): never => {
    throw historyErrors.rebaseUnnamed({ heads, movable: listMovable(graph, position) });
  };
  if (first === undefined || second === undefined || more.length > 0) return failUnnamed();
  const given = named.branch ?? named.onto;
  if (given === undefined) return askDatabase(graph, [first, second], position);
  const above = graph.descendants([given], "versioned");
  const others = [first, second].filter((head) => !above.includes(head));
  const [other] = others;
  // Below both of them: that says nothing about which one is meant.
  if (other === undefined) return failUnnamed();
  return named.branch === undefined ? { branch: other, onto: given } : { branch: given, onto: other };
}

/** @throws HistoryError when the branch is there already, or its new place needs it */
function planMove(graph: RevisionGraph, { branch, onto }: Move, { applied }: Position): BranchRebase {
  try {
    return graph.planRebase(branch, onto);
  } catch (error) {
    if (!(error instanceof HistoryError) || error.reason !== "rebaseCircle") throw error;
    const { dependent = "", needed = "" } = error.context;
    const [side = []] = graph.takeApart([onto, branch]).sides;
    const isOntoApplied = side.some((revision) => applied.has(revision));
    throw historyErrors.rebaseCircle({ onto, dependent: String(dependent), needed: String(needed), isOntoApplied });
  }
}

/** The target of a downgrade that undoes these revisions and nothing else; undefined where one downgrade cannot. */
function findWayBack(graph: RevisionGraph, rows: readonly string[], revisions: readonly string[]): string | undefined {
  const tip = rows.map((row) => graph.get(row).revision).find((row) => revisions.includes(row));
  if (tip === undefined) return undefined;
  const line = graph.ancestors([tip], "versioned").filter((revision) => revisions.includes(revision));
  if (line.length < revisions.length || line.some((revision) => graph.isMergePoint(revision))) return undefined;
  const target = `${tip}@-${line.length}`;
  return graph.planDowngrade(rows, target).steps.length === line.length ? target : undefined;
}

/** @throws HistoryError when the database has something of what is to move */
function requireNotApplied(
  graph: RevisionGraph,
  { moved }: BranchRebase,
  { branch, onto }: Move,
  { rows, applied, database }: Position,
): void {
  const found = moved.filter((revision) => applied.has(revision));
  if (found.length === 0) return;
  const { sides } = graph.takeApart([onto, branch]);
  const canSwap = sides[0]?.length !== 0 && sides[0]?.every((revision) => !applied.has(revision)) === true;
  const wayBack = findWayBack(graph, rows, found);
  throw historyErrors.rebaseApplied({ applied: found, database, branch, onto, canSwap, ...(wayBack && { wayBack }) });
}

/** A revision and, where it is a squashed one, the first of what it replaces, as far as there are files: they stand on the same. */
function listWithOriginals({ files, graph }: Project, revision: string): readonly RevisionFile[] {
  const replaced = new Set(graph.get(revision).replaces);
  const isFirst = (file: RevisionFile): boolean =>
    replaced.has(file.revision) && !file.downRevision.some((parent) => replaced.has(parent));
  return files.filter((file) => file.revision === revision || isFirst(file));
}

/** A file that is to change, and what is to be told about it. */
interface PlannedChange {
  readonly change: FileChange;
  readonly told: RebasedFile;
}

function changeFile({ path, revision, downRevision }: RevisionFile, parents: readonly string[]): PlannedChange {
  const before = readRevisionSource(path);
  const after = replaceParents(path, before, parents);
  const [old, fresh] = [before.split(/\r?\n/), after.split(/\r?\n/)];
  return {
    change: { path, before, after },
    told: {
      path,
      revision,
      from: downRevision,
      to: parents,
      removed: old.filter((line, index) => line !== fresh[index]),
      added: fresh.filter((line, index) => line !== old[index]),
    },
  };
}

/**
 * Puts a branch on top of another revision by changing the `downRevision` of its files, so that two heads become one line. Only revisions that the configured
 * database does not have are moved. Before any file is changed, the moved revisions run up, down and up in their new place on scratch databases.
 *
 * @throws HistoryError when the database has some of the revisions, they do not work in their new place, or nothing is to move; no file is changed
 * @throws GraphError when a revision is unknown or ambiguous
 *
 * @example
 * const { moved, onto } = await rebase(environment, { branch: "d4e5", onto: "b2c3" });
 */
export async function rebase(environment: Environment, options: RebaseOptions = {}): Promise<RebaseResult> {
  const { dryRun = false, noProof = false } = options;
  const project = readProject(environment);
  const { graph } = project;
  const position = await readPosition(environment, project);
  const move = chooseMove(graph, options, position);
  const plan = planMove(graph, move, position);
  requireNotApplied(graph, plan, move, position);
  const planned = Array.from(plan.parents).flatMap(([revision, parents]) =>
    listWithOriginals(project, revision).map((file) => changeFile(file, parents)),
  );
  const changes = planned.map(({ change }) => change);
  const rebased = withTexts(project, new Map(changes.map(({ path, after }) => [path, after])));
  const request = { environment, before: project, after: rebased, onto: move.onto, plan };
  const proof = noProof ? undefined : await proveRebase(request);
  if (!dryRun) replaceFiles(changes);
  return {
    database: position.database,
    onto: move.onto,
    moved: plan.moved,
    files: planned.map(({ told }) => told),
    heads: rebased.graph.heads,
    proof: proof ? "proven" : "unproven",
    differences: proof?.differences ?? [],
    notes: proof?.notes ?? [],
    leftOut: proof?.leftOut ?? [],
    isDryRun: dryRun,
  };
}
