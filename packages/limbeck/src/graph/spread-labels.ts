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
 */
export function spreadLabels(nodes: readonly GraphNode[], mark: (node: GraphNode, label: string) => void): void {
  for (const owner of nodes) {
    if (owner.ownLabels.length === 0) continue;
    const markAll = (node: GraphNode): void => owner.ownLabels.forEach((label) => mark(node, label));
    const seen = new Set<GraphNode>([owner]);
    // A set yields what is added to it while it is walked: this visits every descendant once.
    for (const node of seen) {
      markAll(node);
      for (const child of node.children) seen.add(child);
    }
    if (owner.parents.length > 1 || !growsInOneLine(owner)) continue;
    let [below] = owner.parents;
    while (below && below.followers.length <= 1 && below.parents.length <= 1) {
      markAll(below);
      [below] = below.parents;
    }
  }
}
