import type { RevisionGraph } from "../graph/revision-graph.ts";

/**
 * Where a script begins. A whole id is taken as it is: it may be the other name of a squashed revision, under which the database knows it.
 *
 * @throws GraphError when the identifier is unknown, ambiguous or malformed
 */
export function resolveStart(graph: RevisionGraph, identifier: string): readonly string[] {
  return graph.has(identifier) ? [identifier] : graph.resolve(identifier);
}
