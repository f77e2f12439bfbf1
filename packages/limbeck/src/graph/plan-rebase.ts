import { historyErrors } from "../kernel/errors/history-errors.ts";
import { collectAncestors, collectDescendants } from "./lineage.ts";
import { orderNewestFirst } from "./order-newest-first.ts";
import type { GraphCore, GraphNode } from "./revision-node.ts";

/** A branch that is put on top of another revision. */
export interface RebasePlan {
  /** What moves: the revisions of the branch, and what builds on them; in the order in which they run. */
  readonly moved: readonly GraphNode[];
  /** The new parents of those whose parents change. */
  readonly parents: ReadonlyMap<GraphNode, readonly GraphNode[]>;
  /** The ends of what had nothing to do with the new place before. */
  readonly tops: readonly GraphNode[];
}

/** What is to move: what the branch has and the new place has not, and everything on top of that. */
function collectMoved(branch: GraphNode, below: ReadonlySet<GraphNode>): ReadonlySet<GraphNode> {
  const own = collectAncestors([branch], "versioned").difference(below);
  return collectDescendants(own, "versioned");
}

/** @throws HistoryError when the new place depends on something that moves: it would have to run before itself */
function refuseCircle(onto: GraphNode, moved: ReadonlySet<GraphNode>): void {
  for (const node of collectAncestors([onto], "all").difference(moved)) {
    const needed = node.dependencies.find((dependency) => moved.has(dependency));
    if (needed) throw historyErrors.rebaseCircle({ onto: onto.id, dependent: node.id, needed: needed.id });
  }
}

/** Parents that the new place has as well are replaced by it, or left out where another parent leads there already. */
function chooseParents(
  { parents }: GraphNode,
  {
    onto,
    below,
    moved,
  }: { readonly onto: GraphNode; readonly below: ReadonlySet<GraphNode>; readonly moved: ReadonlySet<GraphNode> },
): readonly GraphNode[] {
  const kept = parents.filter((parent) => !below.has(parent));
  const isOnTop = kept.some((parent) => moved.has(parent));
  if (isOnTop) return kept;
  return parents.length === 0 ? [onto] : [...new Set(parents.map((parent) => (below.has(parent) ? onto : parent)))];
}

/**
 * Plans to put a branch on top of a revision. What of the branch lies below that revision stays where it is; the branch moves as a whole, whichever of
 * its revisions is named.
 *
 * @throws HistoryError when it stands there already, or when the new place needs something that would move
 */
export function planRebase(core: GraphCore, branch: GraphNode, onto: GraphNode): RebasePlan {
  const below = collectAncestors([onto], "versioned");
  if (below.has(branch)) throw historyErrors.rebaseDone({ upper: onto.id, lower: branch.id });
  const moved = collectMoved(branch, below);
  refuseCircle(onto, moved);
  const place = { onto, below, moved };
  const order = orderNewestFirst(moved, core.heads).toReversed();
  const parents = new Map<GraphNode, readonly GraphNode[]>();
  for (const node of order) {
    const chosen = chooseParents(node, place);
    const isSame =
      chosen.length === node.parents.length && chosen.every((parent, index) => parent === node.parents[index]);
    if (!isSame) parents.set(node, chosen);
  }
  if (parents.size === 0) throw historyErrors.rebaseDone({ upper: branch.id, lower: onto.id });
  const apart = moved.difference(collectDescendants([onto], "versioned"));
  return {
    moved: order,
    parents,
    tops: [...apart].filter((node) => !node.children.some((child) => apart.has(child))),
  };
}
