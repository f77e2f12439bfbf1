import { graphErrors } from "../kernel/errors/graph-errors.ts";
import { historyErrors } from "../kernel/errors/history-errors.ts";
import {
  describeParting,
  describeRebase,
  describeSquash,
  type BranchParting,
  type BranchRebase,
  type RangeSquash,
} from "./branch-plans.ts";
import { buildGraph } from "./build-graph.ts";
import { planDowngrade } from "./downgrade-path.ts";
import { listRange } from "./history-range.ts";
import { createViews, viewOne, type GraphViews } from "./graph-views.ts";
import { findImpliedHeads } from "./implied-heads.ts";
import { keepRows } from "./keep-rows.ts";
import { collectAncestors, collectDescendants, type EdgeKind } from "./lineage.ts";
import { orderNewestFirst } from "./order-newest-first.ts";
import { planRebase } from "./plan-rebase.ts";
import { planSquash } from "./plan-squash.ts";
import { planInOrder } from "./plan-in-order.ts";
import { readNode } from "./read-node.ts";
import { resolveIdentifier, resolveOne } from "./resolve-identifier.ts";
import { resolveRows } from "./resolve-target.ts";
import { describeNode, type RevisionInfo } from "./revision-info.ts";
import type { GraphCore, GraphNode, RevisionNode } from "./revision-node.ts";
import type { RevisionPlan, StampPlan } from "./revision-plan.ts";
import { planStamp, type StampOptions } from "./stamp-path.ts";
import { takeApart } from "./take-apart.ts";
import { planUpgrade } from "./upgrade-path.ts";

/**
 * The graph that the revisions of a project form: it knows what targets mean and which way leads there. It is pure and
 * never changes; where a database stands is passed in as the rows of its version table.
 */
export interface RevisionGraph {
  /** All ids, in the order in which they were given. */
  readonly revisions: readonly string[];
  /** Revisions that nothing builds on. */
  readonly heads: readonly string[];
  /** Revisions that nothing builds or depends on: what `heads` means as a target. */
  readonly realHeads: readonly string[];
  /** Heads that another revision depends on: they get no row of their own once that is applied. */
  readonly effectiveHeads: readonly string[];
  /** Revisions that build on nothing. */
  readonly bases: readonly string[];
  /** Whether a revision has exactly this id, or is replaced by one and still means something. */
  has(revision: string): boolean;
  /** The squashed revision that a revision is a part of in the history; undefined where it stands for itself. */
  replacementOf(revision: string): string | undefined;
  /**
   * The revision that is in the history for another one: itself, or the squashed one that it is the last part of.
   *
   * @throws HistoryError when it is in the middle of what a squashed one replaces
   */
  standIn(revision: string): string;
  /** What a squashed revision in whose middle a revision lies replaces and there is no file of. */
  missingOriginals(revision: string): readonly string[];
  /**
   * The same graph with revisions in it as themselves that a squashed one replaces, as long as there are their files. It stays as it is, whatever is asked of it.
   *
   * @param currentHeads rows of a version table that have to be in it, be it under another name; default: none
   * @throws GraphError when there are not all the files that this takes
   */
  showing(revisions: readonly string[], currentHeads?: readonly string[]): RevisionGraph;
  /** Whether nothing builds on a revision. @throws GraphError when the id is unknown */
  isHead(revision: string): boolean;
  /** Whether several revisions build on a revision. @throws GraphError when the id is unknown */
  isBranchPoint(revision: string): boolean;
  /** Whether a revision builds on several. @throws GraphError when the id is unknown */
  isMergePoint(revision: string): boolean;
  /**
   * Describes the one revision that an identifier names.
   *
   * @throws GraphError when it names none or several
   */
  get(identifier: string, currentHeads?: readonly string[]): RevisionInfo;
  /**
   * Finds the ids that an identifier names: several for `heads` and `current`, none for `base`.
   *
   * @param currentHeads what `current` stands for; without it `current` is refused
   * @throws GraphError when it is unknown, ambiguous or malformed
   */
  resolve(identifier: string, currentHeads?: readonly string[]): readonly string[];
  /**
   * Lists a range `a:b`, `a:` or `:b`, newest first and both ends included.
   *
   * @throws GraphError when an end is unknown, or the lower end is no ancestor of the upper one
   */
  resolveRange(range: string, currentHeads?: readonly string[]): readonly string[];
  /** All ids, each before all that it builds or depends on, one branch finished before the next begins. */
  newestFirst(): readonly string[];
  /** The given revisions and all that they build on, with dependencies unless asked otherwise, in the order given to the graph. */
  ancestors(revisions: readonly string[], edges?: EdgeKind): readonly string[];
  /** The given revisions and all that build on them, with dependents unless asked otherwise, in the order given to the graph. */
  descendants(revisions: readonly string[], edges?: EdgeKind): readonly string[];
  /** The revisions of which a database has something, with dependencies, in the order given to the graph; of a squashed one that may be a part. */
  applied(currentHeads: readonly string[]): readonly string[];
  /** Where each applied branch stands: the rows, and the tips of branches that a row depends on. */
  impliedHeads(currentHeads: readonly string[]): readonly string[];
  /** Takes branches apart at the place where they part. @throws GraphError when an id is unknown */
  takeApart(tops: readonly string[]): BranchParting;
  /**
   * Plans to put a branch, whichever of its revisions is named, on top of another revision.
   *
   * @throws GraphError when an id is unknown
   * @throws HistoryError when it stands there already, or the new place needs something that would move
   */
  planRebase(branch: string, onto: string): BranchRebase;
  /**
   * Plans to put one revision in the place of all from the first to the last one.
   *
   * @param first null for the beginning of the history
   * @throws GraphError when an id is unknown
   * @throws HistoryError when that is no range with one way in and one way out
   */
  planSquash(first: string | null, last: string): RangeSquash;
  /**
   * Plans to run revisions upwards in the order in which they are given, each as soon as what it needs has run; what is
   * applied already is passed over.
   *
   * @throws GraphError when a row or id is unknown, or a row is below another one
   */
  planInOrder(currentHeads: readonly string[], revisions: readonly string[]): RevisionPlan;
  /**
   * Plans the way up to one target or several; empty when they are applied already.
   *
   * @throws GraphError when a row or target is unknown, ambiguous, or overlaps with another
   */
  planUpgrade(currentHeads: readonly string[], target: string | readonly string[]): RevisionPlan;
  /**
   * Plans the way down to a target; what depends on the undone revisions goes with them.
   *
   * @throws GraphError when a row or target is unknown or ambiguous, or the target is not below the rows
   */
  planDowngrade(currentHeads: readonly string[], target: string): RevisionPlan;
  /**
   * Plans to change the rows of the version table without running anything.
   *
   * @throws GraphError when a row or target is unknown, ambiguous, relative, or overlaps with another
   */
  planStamp(currentHeads: readonly string[], targets: string | readonly string[], options?: StampOptions): StampPlan;
}

const listIds = (nodes: Iterable<GraphNode>): readonly string[] => Array.from(nodes, ({ id }) => id);

const inGivenOrder = (nodes: ReadonlySet<GraphNode>): readonly string[] =>
  listIds([...nodes].toSorted((a, b) => a.index - b.index));

function requireNode(core: GraphCore, revision: string): GraphNode {
  const node = core.byName.get(revision);
  // A whole id; a label will not do.
  if (!node || (node.id !== revision && !core.aliases.has(revision)))
    throw graphErrors.unknownRevision({ identifier: revision });
  return node;
}

function getInfo(core: GraphCore, identifier: string, rows: readonly GraphNode[] | undefined): RevisionInfo {
  const node = resolveOne(core, identifier, rows);
  if (!node) throw graphErrors.unknownRevision({ identifier });
  return describeNode(core, node);
}

/** What a database has something of, in the words of the graph in which nothing stands aside. */
function listApplied({ whole, forWay, findReplacement }: GraphViews, rows: readonly string[]): readonly string[] {
  const core = forWay(rows, []);
  const applied = [...collectAncestors(resolveRows(core, rows), "all")].map(({ id }) => findReplacement(id) ?? id);
  return inGivenOrder(new Set(applied.map((id) => requireNode(whole, id))));
}

type Asked =
  | "isHead"
  | "isBranchPoint"
  | "isMergePoint"
  | "get"
  | "resolve"
  | "resolveRange"
  | "ancestors"
  | "descendants"
  | "applied"
  | "impliedHeads";

/** What is asked of revisions by name. */
function createQuestions(views: GraphViews): Pick<RevisionGraph, Asked> {
  const { forWay, forNames } = views;
  const findOne = (id: string): GraphNode => requireNode(forNames([id]), id);
  const find = (ids: readonly string[]): readonly GraphNode[] => {
    const core = forNames(ids);
    return ids.map((id) => requireNode(core, id));
  };
  const ask = <Answer>(
    identifier: string,
    rows: readonly string[] | undefined,
    answer: (core: GraphCore, rows: readonly GraphNode[] | undefined) => Answer,
  ): Answer => {
    const core = forNames([identifier], rows);
    return answer(core, rows && resolveRows(core, rows));
  };
  return {
    isHead: (revision) => findOne(revision).children.length === 0,
    isBranchPoint: (revision) => findOne(revision).children.length > 1,
    isMergePoint: (revision) => findOne(revision).parents.length > 1,
    get: (identifier, rows) => ask(identifier, rows, (core, found) => getInfo(core, identifier, found)),
    resolve: (identifier, rows) =>
      ask(identifier, rows, (core, found) => listIds(resolveIdentifier(core, identifier, found))),
    resolveRange: (range, rows) => ask(range, rows, (core, found) => listIds(listRange(core, range, found))),
    ancestors: (ids, edges = "all") => inGivenOrder(collectAncestors(find(ids), edges)),
    descendants: (ids, edges = "all") => inGivenOrder(collectDescendants(find(ids), edges)),
    applied: (rows) => listApplied(views, rows),
    impliedHeads: (rows) => listIds(findImpliedHeads(resolveRows(forWay(rows, []), rows))),
  };
}

/** The ways of databases, each through the graph that has all of the way. */
function createPlans({
  forWay,
  forNames,
}: GraphViews): Pick<RevisionGraph, "planInOrder" | "planUpgrade" | "planDowngrade" | "planStamp"> {
  const toList = (target: string | readonly string[]): readonly string[] =>
    typeof target === "string" ? [target] : target;
  return {
    planInOrder: (rows, revisions) => {
      const core = forNames(revisions, rows);
      const wanted = revisions.map((id) => requireNode(core, id));
      return keepRows(planInOrder(resolveRows(core, rows), wanted), core, rows);
    },
    planUpgrade: (rows, target) => {
      const core = forWay(rows, toList(target));
      return keepRows(planUpgrade(core, rows, target), core, rows);
    },
    planDowngrade: (rows, target) => {
      const core = forWay(rows, [target]);
      return keepRows(planDowngrade(core, rows, target), core, rows);
    },
    planStamp: (rows, targets, options = {}) => {
      const known = options.purge ? [] : rows;
      const core = forWay(known, toList(targets));
      return keepRows(planStamp(core, rows, targets, options), core, known);
    },
  };
}

/** What would change the history. */
function createRewrites({
  whole,
  forNames,
}: GraphViews): Pick<RevisionGraph, "takeApart" | "planRebase" | "planSquash"> {
  return {
    takeApart: (tops) => {
      const core = forNames(tops);
      return describeParting(takeApart(tops.map((top) => requireNode(core, top))));
    },
    planRebase: (branch, onto) => {
      const core = forNames([branch, onto]);
      return describeRebase(planRebase(core, requireNode(core, branch), requireNode(core, onto)));
    },
    planSquash: (first, last) => {
      const start = first === null ? undefined : requireNode(whole, first);
      return describeSquash(planSquash(start, requireNode(whole, last)));
    },
  };
}

function createGraph(views: GraphViews): RevisionGraph {
  const { whole } = views;
  return {
    revisions: listIds(whole.nodes),
    heads: listIds(whole.heads),
    realHeads: listIds(whole.realHeads),
    effectiveHeads: listIds(whole.heads.filter((head) => head.followers.length > 0)),
    bases: listIds(whole.bases),
    has: views.has,
    replacementOf: views.findReplacement,
    standIn: (revision) => {
      const squash = views.findReplacement(revision);
      if (squash === undefined) return revision;
      if (whole.aliases.get(revision)?.id !== squash) throw historyErrors.insideSquash({ revision, squash });
      return squash;
    },
    missingOriginals: views.listMissing,
    showing: (ids, rows) => createGraph(viewOne(views.forNames(ids, rows))),
    newestFirst: () => listIds(orderNewestFirst(new Set(whole.nodes), whole.realHeads)),
    ...createQuestions(views),
    ...createPlans(views),
    ...createRewrites(views),
  };
}

/** Builds graphs. */
export const RevisionGraph: {
  /**
   * Builds the graph that some revisions form. Their order breaks ties between independent branches and nothing else, so
   * give them in a stable one: by file name.
   *
   * @throws GraphError when the revisions do not form a sound graph: a cycle, a loop, a missing parent or dependency, a
   *   duplicate id or label, or an id that the target grammar could not name
   *
   * @example
   * const graph = RevisionGraph.from([
   *   { revision: "a1", downRevision: null },
   *   { revision: "b2", downRevision: "a1" },
   * ]);
   * graph.planUpgrade([], "head").steps.map((step) => step.revision); // ["a1", "b2"]
   */
  readonly from: (revisions: readonly RevisionNode[]) => RevisionGraph;
} = {
  from: (revisions) => {
    const nodes = revisions.map(readNode);
    const isPlain = nodes.every(({ replaces }) => replaces.length === 0);
    return createGraph(isPlain ? viewOne(buildGraph(nodes)) : createViews(nodes));
  },
};
