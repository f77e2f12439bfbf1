import type { GraphCore, GraphNode } from "./revision-node.ts";

/** What a graph knows of one revision. */
export interface RevisionInfo {
  readonly revision: string;
  /** The revisions it builds on; none for a base, several for a merge point. */
  readonly downRevision: readonly string[];
  /** The ids of the revisions it depends on; labels are resolved. */
  readonly dependsOn: readonly string[];
  /** The revisions that build on it. */
  readonly children: readonly string[];
  /** The revisions that depend on it without building on it. */
  readonly dependents: readonly string[];
  /** Labels that its own header declares. */
  readonly ownLabels: readonly string[];
  /** Labels of every branch that it lies on, its own included, in order of name. */
  readonly branchLabels: readonly string[];
  /** The revisions that it stands for, in the order in which they run; none unless it is a squashed one. */
  readonly replaces: readonly string[];
  readonly isBase: boolean;
  /** Nothing builds on it. */
  readonly isHead: boolean;
  /** Nothing builds on it, but something depends on it: it gets no row of its own once that is applied. */
  readonly isEffectiveHead: boolean;
  /** Several revisions build on it. */
  readonly isBranchPoint: boolean;
  /** It builds on several. */
  readonly isMergePoint: boolean;
}

const listIds = (nodes: readonly GraphNode[]): readonly string[] => nodes.map(({ id }) => id);

/** Describes a node as plain data. */
export function describeNode({ labelsOf }: GraphCore, node: GraphNode): RevisionInfo {
  const isHead = node.children.length === 0;
  return {
    revision: node.id,
    downRevision: listIds(node.parents),
    dependsOn: listIds(node.dependencies),
    children: listIds(node.children),
    dependents: listIds(node.followers.filter((follower) => !node.children.includes(follower))),
    ownLabels: node.ownLabels,
    branchLabels: labelsOf(node),
    replaces: node.replaces,
    isBase: node.parents.length === 0,
    isHead,
    isEffectiveHead: isHead && node.followers.length > 0,
    isBranchPoint: node.children.length > 1,
    isMergePoint: node.parents.length > 1,
  };
}
