import { collectAncestors } from "./lineage.ts";
import type { GraphNode } from "./revision-node.ts";

/**
 * Finds where each applied branch stands: the rows, and the tips of other branches that are applied only because a row
 * depends on them.
 */
export function findImpliedHeads(rows: readonly GraphNode[]): readonly GraphNode[] {
  const applied = collectAncestors(rows, "all");
  return [...applied]
    .filter((node) => !node.children.some((child) => applied.has(child)))
    .toSorted((a, b) => a.index - b.index);
}
