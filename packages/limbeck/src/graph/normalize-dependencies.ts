import { collectDescendants } from "./lineage.ts";
import type { GraphNode } from "./revision-node.ts";

/**
 * Leaves out the dependencies that an earlier revision of the same line already declares: once that one is applied,
 * the dependency is no longer a row of its own that this revision could take over.
 *
 * Only a dependency that several revisions declare can be left out, so the cost follows how often that happens.
 *
 * @returns the shortened lists; a node without an entry keeps all its dependencies
 */
export function normalizeDependencies(nodes: readonly GraphNode[]): ReadonlyMap<GraphNode, readonly GraphNode[]> {
  const declarers = new Map<GraphNode, GraphNode[]>();
  for (const node of nodes) {
    for (const dependency of node.dependencies) {
      const list = declarers.get(dependency);
      if (list) list.push(node);
      else declarers.set(dependency, [node]);
    }
  }
  const shortened = new Map<GraphNode, readonly GraphNode[]>();
  for (const [dependency, list] of declarers) {
    if (list.length < 2) continue;
    const later = collectDescendants(
      list.flatMap((node) => node.children),
      "versioned",
    );
    for (const node of list) {
      if (!later.has(node)) continue;
      shortened.set(
        node,
        (shortened.get(node) ?? node.dependencies).filter((other) => other !== dependency),
      );
    }
  }
  return shortened;
}
