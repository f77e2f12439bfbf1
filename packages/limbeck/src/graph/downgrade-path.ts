import { graphErrors } from "../kernel/errors/graph-errors.ts";
import { findImpliedHeads } from "./implied-heads.ts";
import { collectAncestors, collectDescendants, collectLineage } from "./lineage.ts";
import { orderNewestFirst } from "./order-newest-first.ts";
import type { ParsedTarget } from "./parse-target.ts";
import { checkRowsApart, readTarget, resolveBranch, resolveRows, resolveSingle } from "./resolve-target.ts";
import type { GraphCore, GraphNode } from "./revision-node.ts";
import type { PlanNotice, RevisionPlan } from "./revision-plan.ts";
import { planSteps } from "./version-rows.ts";
import { walkExactly, type Place } from "./walk.ts";

/** What a downgrade is asked for: the place to go back to, and the branch to keep to. */
interface Destination {
  readonly place: Place;
  /** The revision whose line tells which children to undo, where the place has several. */
  readonly branch: GraphNode | undefined;
  readonly notices: readonly PlanNotice[];
}

/** The one current revision of a branch: a row on it, else the tip of it that another row depends on. */
function findCurrentOnBranch(target: ParsedTarget, rows: readonly GraphNode[], branch: GraphNode): GraphNode {
  const lineage = collectLineage(branch, "versioned");
  const direct = rows.filter((row) => lineage.has(row));
  const starts = direct.length > 0 ? direct : findImpliedHeads(rows).filter((node) => lineage.has(node));
  const [start, ...others] = starts;
  if (!start) throw graphErrors.nothingApplied({ target: target.text });
  if (others.length > 0) throw graphErrors.ambiguousStart({ target: target.text, starts: starts.map(({ id }) => id) });
  return start;
}

/** A bare `-N`, counted from where the database stands. */
function resolveFromCurrent(core: GraphCore, target: ParsedTarget, rows: readonly GraphNode[]): Destination {
  const { text, offset: steps = 0 } = target;
  if (target.branch !== undefined) {
    const branch = resolveBranch(core, target.branch);
    const start = findCurrentOnBranch(target, rows, branch);
    return { place: walkExactly(core, start, { text, steps }), branch, notices: [] };
  }
  // With a row below another one, the step down from the first would have to undo both.
  checkRowsApart(rows);
  const [start, ...others] = rows;
  if (!start) throw graphErrors.nothingApplied({ target: text });
  const notices: readonly PlanNotice[] =
    others.length > 0 ? [{ kind: "ambiguousDowngrade", from: start.id, others: others.map(({ id }) => id) }] : [];
  // Its own line only: a revision below may have children on other branches, which nobody asked to undo.
  return { place: walkExactly(core, start, { text, steps }), branch: start, notices };
}

function resolveDestination(core: GraphCore, target: ParsedTarget, rows: readonly GraphNode[]): Destination {
  const { text, symbol, offset } = target;
  if (symbol === undefined) {
    if (offset === undefined || offset >= 0) throw graphErrors.wrongDirection({ target: text, command: "downgrade" });
    return resolveFromCurrent(core, target, rows);
  }
  const branch = target.branch === undefined ? undefined : resolveBranch(core, target.branch);
  // Only `label@symbol-N` looks the symbol up on the branch. Elsewhere the branch says which children of the place to
  // undo, and the place itself may lie below the branch, as in `label@base+2`.
  const isDown = offset !== undefined && offset < 0;
  const start = resolveSingle(core, isDown ? target : { ...target, branch: undefined }, rows) ?? "base";
  const within = branch && !isDown ? collectLineage(branch, "versioned") : undefined;
  return { place: walkExactly(core, start, { text, steps: offset ?? 0, within }), branch, notices: [] };
}

/** The revisions directly above the destination that have to go; with a branch, those that lie on its line. */
function findRoots(core: GraphCore, { place, branch }: Destination, target: ParsedTarget): readonly GraphNode[] {
  const above = place === "base" ? core.bases : place.children;
  if (!branch || above.length < 2) return above;
  const line = collectAncestors([branch], "versioned");
  const roots = above.filter((node) => line.has(node));
  if (roots.length === 0) throw graphErrors.notADowngrade({ target: target.text });
  return roots;
}

/** `label@base` undoes the root of the branch, and with it all that builds on it elsewhere, as in Alembic. */
function noticeOthers(
  { place, branch }: Destination,
  target: ParsedTarget,
  order: readonly GraphNode[],
): readonly PlanNotice[] {
  if (place !== "base" || !branch || target.branch === undefined) return [];
  const line = collectLineage(branch, "versioned");
  const others = order.filter((node) => !line.has(node)).map(({ id }) => id);
  return others.length > 0 ? [{ kind: "undoesOthers", branch: target.branch, others }] : [];
}

/**
 * Plans the way down: everything applied that builds or depends on what lies above the target. What these revisions
 * depended on stays.
 *
 * @param currentHeads the rows of the version table
 * @returns an empty plan when the target is where the database stands
 * @throws GraphError when a row or target is unknown or ambiguous, the target is not below the current revisions, or it counts from them and one is below another
 */
export function planDowngrade(core: GraphCore, currentHeads: readonly string[], text: string): RevisionPlan {
  const rows = resolveRows(core, currentHeads);
  const target = readTarget(core, text);
  const destination = resolveDestination(core, target, rows);
  const above = collectDescendants(findRoots(core, destination, target), "all");
  const dropped = above.intersection(collectAncestors(rows, "all"));
  const { place } = destination;
  if (dropped.size === 0 && place !== "base" && !rows.includes(place))
    throw graphErrors.notADowngrade({ target: text });
  const order = orderNewestFirst(dropped, rows);
  return planSteps("down", order, rows, [...destination.notices, ...noticeOthers(destination, target, order)]);
}
