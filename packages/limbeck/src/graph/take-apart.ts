import { collectAncestors, keepTops } from "./lineage.ts";
import { orderNewestFirst } from "./order-newest-first.ts";
import type { GraphNode } from "./revision-node.ts";

/** Branches, and where they part. */
export interface Parting {
  /** The newest revisions of what all branches build on, with all that it depends on; none where they have nothing in common. */
  readonly fork: readonly GraphNode[];
  /** For each branch the revisions that not all build on, in the order in which they run. */
  readonly sides: readonly (readonly GraphNode[])[];
}

/**
 * Takes branches apart at the place where they part. Revisions that a side only depends on belong to no side; who runs a
 * side brings them in where they are needed.
 *
 * @param tops the ends of the branches
 */
export function takeApart(tops: readonly GraphNode[]): Parting {
  const lines = tops.map((top) => collectAncestors([top], "versioned"));
  const [first = new Set<GraphNode>(), ...others] = lines;
  const shared = others.reduce<Set<GraphNode>>((left, line) => left.intersection(line), first);
  const common = collectAncestors(shared, "all");
  return {
    fork: keepTops([...common]),
    sides: lines.map((line) => orderNewestFirst(line.difference(common), tops).toReversed()),
  };
}
