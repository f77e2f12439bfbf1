import { RevisionGraph } from "./revision-graph.ts";
import type { RevisionNode } from "./revision-node.ts";

/** A history in which a range is squashed: with the files of what is replaced, and without them. */
export interface SquashedHistory {
  readonly squash: RevisionNode;
  readonly kept: RevisionGraph;
  readonly deleted: RevisionGraph;
}

/** Squashes a range of a history for a test; the squashed revision is called as asked. */
export function squashRange(
  revisions: readonly RevisionNode[],
  { first, last, id }: { readonly first: string | null; readonly last: string; readonly id: string },
): SquashedHistory {
  const { members: _members, ...header } = RevisionGraph.from(revisions).planSquash(first, last);
  const squash: RevisionNode = { revision: id, ...header };
  const replaced = new Set(squash.replaces);
  return {
    squash,
    kept: RevisionGraph.from([...revisions, squash]),
    deleted: RevisionGraph.from([...revisions.filter(({ revision }) => !replaced.has(revision)), squash]),
  };
}
