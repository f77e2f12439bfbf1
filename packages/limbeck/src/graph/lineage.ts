import type { GraphNode } from "./revision-node.ts";

/** Which edges a question about ancestry follows: `versioned` are the parents alone, `all` the dependencies as well. */
export type EdgeKind = "versioned" | "all";

function collect(starts: Iterable<GraphNode>, next: (node: GraphNode) => readonly GraphNode[]): Set<GraphNode> {
  const found = new Set(starts);
  // A set yields what is added to it while it is walked, so this needs neither recursion nor a second list.
  for (const node of found) {
    for (const other of next(node)) found.add(other);
  }
  return found;
}

/** The given revisions and all that they build on. */
export function collectAncestors(starts: Iterable<GraphNode>, edges: EdgeKind): Set<GraphNode> {
  return collect(starts, edges === "all" ? (node) => node.prerequisites : (node) => node.parents);
}

/** The given revisions and all that build on them. */
export function collectDescendants(starts: Iterable<GraphNode>, edges: EdgeKind): Set<GraphNode> {
  return collect(starts, edges === "all" ? (node) => node.followers : (node) => node.children);
}

/** The given revision with its ancestors and descendants: all revisions on a line through it. */
export function collectLineage(node: GraphNode, edges: EdgeKind): ReadonlySet<GraphNode> {
  return collectAncestors([node], edges).union(collectDescendants([node], edges));
}

/** A revision that lies below another one of the same list. */
export interface Overlap {
  readonly upper: GraphNode;
  readonly lower: GraphNode;
}

/** Looks for two revisions of a list of which one, dependencies counted, is an ancestor of the other. */
export function findOverlap(nodes: readonly GraphNode[]): Overlap | undefined {
  if (nodes.length < 2) return undefined;
  const given = new Set(nodes);
  const below = collectAncestors(
    [...given].flatMap((node) => node.prerequisites),
    "all",
  );
  const lower = nodes.find((node) => below.has(node));
  if (!lower) return undefined;
  const above = collectDescendants(lower.followers, "all");
  const upper = nodes.find((node) => above.has(node));
  return upper && { upper, lower };
}

/** The revisions of a list that are no ancestor, dependencies counted, of another one: what a version table would hold. */
export function keepTops(nodes: readonly GraphNode[]): readonly GraphNode[] {
  const given = [...new Set(nodes)];
  if (given.length < 2) return given;
  const below = collectAncestors(
    given.flatMap((node) => node.prerequisites),
    "all",
  );
  return given.filter((node) => !below.has(node));
}
