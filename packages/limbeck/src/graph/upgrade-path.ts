import { graphErrors } from "../kernel/errors/graph-errors.ts";
import { collectAncestors, collectLineage, findOverlap } from "./lineage.ts";
import { orderNewestFirst } from "./order-newest-first.ts";
import type { ParsedTarget } from "./parse-target.ts";
import {
  checkRowsApart,
  readTarget,
  resolveBranch,
  resolveRows,
  resolveSingle,
  resolveSymbol,
} from "./resolve-target.ts";
import type { GraphCore, GraphNode } from "./revision-node.ts";
import type { RevisionPlan } from "./revision-plan.ts";
import { planSteps } from "./version-rows.ts";
import { walkExactly, type Place } from "./walk.ts";

/** Applied revisions of a branch that have nothing applied above them on it. */
function findAppliedTips(rows: readonly GraphNode[], lineage: ReadonlySet<GraphNode>): readonly GraphNode[] {
  const applied = collectAncestors(rows, "all").intersection(lineage);
  const below = new Set([...applied].flatMap((node) => node.prerequisites));
  return [...applied].filter((node) => !below.has(node));
}

/** Where a bare `+N` starts: at the one current revision, on the branch if there is one; at base when nothing is applied. */
function findStart(
  target: ParsedTarget,
  rows: readonly GraphNode[],
  lineage: ReadonlySet<GraphNode> | undefined,
): Place {
  const current = lineage ? rows.filter((row) => lineage.has(row)) : rows;
  const starts = lineage && current.length === 0 ? findAppliedTips(rows, lineage) : current;
  if (starts.length > 1) throw graphErrors.ambiguousStart({ target: target.text, starts: starts.map(({ id }) => id) });
  return starts[0] ?? "base";
}

/**
 * Finds what a relative target of an upgrade means.
 *
 * @throws GraphError when it leads down from where the database stands, forks, or leaves the graph
 */
function resolveRelative(core: GraphCore, target: ParsedTarget, rows: readonly GraphNode[]): GraphNode {
  const { text, symbol, branch, offset: steps = 0 } = target;
  if (symbol === undefined && steps <= 0) throw graphErrors.wrongDirection({ target: text, command: "upgrade" });
  const lineage = branch === undefined ? undefined : collectLineage(resolveBranch(core, branch), "versioned");
  const isUp = steps > 0;
  // The branch of `label@symbol+N` says where to go, not where to start: `label@base+2` starts below the label.
  const start =
    symbol === undefined
      ? findStart(target, rows, lineage)
      : (resolveSingle(core, isUp ? { ...target, branch: undefined } : target, rows) ?? "base");
  const place = walkExactly(core, start, { text, steps, within: isUp ? lineage : undefined });
  if (place === "base")
    throw graphErrors.walkedTooFar({ target: text, wanted: Math.abs(steps), possible: Math.abs(steps) - 1 });
  return place;
}

/** Finds the revisions that an upgrade is asked for. */
function resolveUpgradeTarget(core: GraphCore, text: string, rows: readonly GraphNode[]): readonly GraphNode[] {
  const target = readTarget(core, text);
  return target.offset === undefined ? resolveSymbol(core, target, rows) : [resolveRelative(core, target, rows)];
}

/** What was asked for, and the revisions that it means. */
export interface AskedTarget {
  readonly text: string;
  readonly nodes: readonly GraphNode[];
}

/** @throws GraphError when one of the targets is an ancestor of another */
export function checkTargetsApart(asked: readonly AskedTarget[]): void {
  const overlap = findOverlap([...new Set(asked.flatMap(({ nodes }) => nodes))]);
  if (!overlap) return;
  const { upper, lower } = overlap;
  const spelled = asked.find(({ nodes }) => nodes.length === 1 && nodes[0] === lower)?.text;
  throw graphErrors.overlappingTargets({ upper: upper.id, lower: lower.id, spelled });
}

/**
 * Plans the way up: everything that the targets need and that is not yet applied, dependencies included.
 *
 * @param currentHeads the rows of the version table
 * @param target one target, or several at once
 * @returns an empty plan when the target is applied already
 * @throws GraphError when a row or target is unknown, ambiguous, or overlaps with another
 */
export function planUpgrade(
  core: GraphCore,
  currentHeads: readonly string[],
  target: string | readonly string[],
): RevisionPlan {
  const rows = resolveRows(core, currentHeads);
  const texts = typeof target === "string" ? [target] : target;
  const asked = texts.map((text) => ({ text, nodes: resolveUpgradeTarget(core, text, rows) }));
  checkTargetsApart(asked);
  const targets = [...new Set(asked.flatMap(({ nodes }) => nodes))];
  checkRowsApart(rows);
  const needed = collectAncestors(targets, "all").difference(collectAncestors(rows, "all"));
  return planSteps("up", orderNewestFirst(needed, targets).toReversed(), rows);
}
