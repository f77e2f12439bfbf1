import { collectAncestors } from "./lineage.ts";
import type { GraphNode } from "./revision-node.ts";
import type { PlanNotice, PlanStep, RevisionPlan, VersionRowAction } from "./revision-plan.ts";

/** Rows of a version table while a plan is being made. */
type Rows = Set<GraphNode>;

/** Puts one revision in the place of several rows: all but the last go, the last becomes it. */
export function mergeRows(rows: Rows, from: readonly GraphNode[], to: GraphNode): readonly VersionRowAction[] {
  const last = from.at(-1);
  for (const row of from) rows.delete(row);
  rows.add(to);
  if (!last) return [["insert", to.id]];
  return [...from.slice(0, -1).map((row): VersionRowAction => ["delete", row.id]), ["update", last.id, to.id]];
}

/** Puts several rows in the place of one revision: all but the last are added, the revision becomes the last. */
function splitRow(rows: Rows, from: GraphNode, to: readonly GraphNode[]): readonly VersionRowAction[] {
  const last = to.at(-1);
  rows.delete(from);
  for (const row of to) rows.add(row);
  if (!last) return [["delete", from.id]];
  return [...to.slice(0, -1).map((row): VersionRowAction => ["insert", row.id]), ["update", from.id, last.id]];
}

/** Counts for each applied revision how many applied ones build or depend on it. */
function countAppliedFollowers(applied: ReadonlySet<GraphNode>): Map<GraphNode, number> {
  const counts = new Map<GraphNode, number>();
  for (const node of applied) {
    for (const below of node.allDown) counts.set(below, (counts.get(below) ?? 0) + 1);
  }
  return counts;
}

/** Says for each step down what becomes of its row; a prerequisite that something else still needs gets none. */
function trackDowngrade(rows: Rows): (node: GraphNode) => readonly VersionRowAction[] {
  const followers = countAppliedFollowers(collectAncestors(rows, "all"));
  return (node) => {
    for (const below of node.allDown) followers.set(below, (followers.get(below) ?? 0) - 1);
    return splitRow(
      rows,
      node,
      node.prerequisites.filter((below) => followers.get(below) === 0 && !rows.has(below)),
    );
  };
}

/** Says for each step up what becomes of the rows that it builds or depends on. */
function trackUpgrade(rows: Rows): (node: GraphNode) => readonly VersionRowAction[] {
  return (node) =>
    mergeRows(
      rows,
      node.prerequisites.filter((below) => rows.has(below)),
      node,
    );
}

/** Lists the rows as they are shown and compared. */
export function listRows(rows: Iterable<GraphNode>): readonly string[] {
  return [...rows].map(({ id }) => id).toSorted();
}

/** Gives each revision of a way its change of the version table. */
export function planSteps(
  direction: PlanStep["direction"],
  order: readonly GraphNode[],
  current: readonly GraphNode[],
  notices: readonly PlanNotice[] = [],
): RevisionPlan {
  const rows: Rows = new Set(current);
  const track = direction === "up" ? trackUpgrade(rows) : trackDowngrade(rows);
  const steps = order.map((node): PlanStep => ({ direction, revision: node.id, versionRows: track(node) }));
  return { steps, heads: listRows(rows), versionRows: steps.flatMap((step) => step.versionRows), notices };
}
