import type { GraphNode } from "./revision-node.ts";

type Labels = readonly string[];

const NONE: Labels = [];

/** All labels of some lists; one of the lists itself where it has them all, because thousands of revisions have the same ones. */
function joinLabels(lists: readonly Labels[]): Labels {
  const [longest = NONE, ...others] = lists.toSorted((a, b) => b.length - a.length);
  const known = new Set(longest);
  const isMore = others.some((list) => list !== longest && list.some((label) => !known.has(label)));
  return isMore ? [...new Set(lists.flat())] : longest;
}

/** Revisions, each after all that it builds on. */
function listParentsFirst(nodes: readonly GraphNode[]): readonly GraphNode[] {
  const waitingFor = new Map(nodes.map((node) => [node, node.parents.length]));
  const order = nodes.filter(({ parents }) => parents.length === 0);
  for (const node of order) {
    for (const child of node.children) {
      const rest = (waitingFor.get(child) ?? 0) - 1;
      waitingFor.set(child, rest);
      if (rest === 0) order.push(child);
    }
  }
  return order;
}

/** The labels of all that a revision builds on, and its own. */
function spreadUpwards(parentsFirst: readonly GraphNode[]): ReadonlyMap<GraphNode, Labels> {
  const labels = new Map<GraphNode, Labels>();
  for (const node of parentsFirst) {
    const lists = [node.ownLabels, ...node.parents.map((parent) => labels.get(parent) ?? NONE)];
    labels.set(node, joinLabels(lists.filter((list) => list.length > 0)));
  }
  return labels;
}

/** The labels of what a revision grew into, where that is one plain line: no fork, no merge, nobody who depends on a part of it. */
function spreadDownwards(parentsFirst: readonly GraphNode[]): ReadonlyMap<GraphNode, Labels> {
  const labels = new Map<GraphNode, Labels>();
  const growsInOneLine = new Set<GraphNode>();
  for (const node of parentsFirst.toReversed()) {
    const [child] = node.children;
    const isPlain = !child || (child.parents.length === 1 && growsInOneLine.has(child));
    if (node.followers.length > 1 || !isPlain) continue;
    growsInOneLine.add(node);
    if (!child || node.parents.length > 1) continue;
    labels.set(node, joinLabels([child.ownLabels, labels.get(child) ?? NONE]));
  }
  return labels;
}

/**
 * Gives each branch label to the revisions that it marks: the one that declares it, all that build on it, and, where
 * these form one plain line, also what the line grew from, down to where it left another branch.
 *
 * @returns finds the labels of a revision, in order of name
 */
export function spreadLabels(nodes: readonly GraphNode[]): (node: GraphNode) => Labels {
  if (nodes.every(({ ownLabels }) => ownLabels.length === 0)) return () => NONE;
  const order = listParentsFirst(nodes);
  const [fromBelow, fromAbove] = [spreadUpwards(order), spreadDownwards(order)];
  return (node) => joinLabels([fromBelow.get(node) ?? NONE, fromAbove.get(node) ?? NONE]).toSorted();
}
