/** What an edge stands for: a revision builds on its parents, and what it depends on has to be there first. */
export type LineKind = "parent" | "dependency";

/** An edge, seen from the revision that it leads down from. */
export interface Edge {
  readonly kind: LineKind;
  /** The revision that it leads to. */
  readonly target: string;
}

/** The revisions below one revision. */
export interface RevisionsBelow {
  readonly parents: readonly string[];
  readonly dependencies: readonly string[];
}

/** The edges that lead down from a revision, parents first; a dependency on a parent says nothing new and is left out. */
export function listEdges({ parents, dependencies }: RevisionsBelow): readonly Edge[] {
  const edges = parents.map((target): Edge => ({ kind: "parent", target }));
  for (const target of dependencies) if (!parents.includes(target)) edges.push({ kind: "dependency", target });
  return edges;
}
