import { collectDescendants } from "./lineage.ts";
import type { GraphNode } from "./revision-node.ts";

/** Is everything above a revision one plain line: no fork, no merge, nobody who depends on a part of it? */
function growsInOneLine(start: GraphNode): boolean {
  let node = start;
  while (node.followers.length <= 1) {
    const [child] = node.children;
    if (!child) return true;
    if (child.parents.length > 1) return false;
    node = child;
  }
  return false;
}

/**
 * Gives each branch label to the revisions that it marks: the one that declares it, all that build on it, and, where
 * these form one plain line, also what the line grew from, down to where it left another branch.
 *
 * @returns the labels of every revision that has any
 */
export function spreadLabels(nodes: readonly GraphNode[]): ReadonlyMap<GraphNode, ReadonlySet<string>> {
  const labels = new Map<GraphNode, Set<string>>();
  for (const owner of nodes) {
    if (owner.ownLabels.length === 0) continue;
    const mark = (node: GraphNode): void => {
      const known = labels.get(node);
      if (known) for (const label of owner.ownLabels) known.add(label);
      else labels.set(node, new Set(owner.ownLabels));
    };
    for (const node of collectDescendants([owner], "versioned")) mark(node);
    if (owner.parents.length > 1 || !growsInOneLine(owner)) continue;
    let [below] = owner.parents;
    while (below && below.followers.length <= 1 && below.parents.length <= 1) {
      mark(below);
      [below] = below.parents;
    }
  }
  return labels;
}
