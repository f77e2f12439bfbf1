/**
 * What a graph needs to know of one revision: the header of its file.
 *
 * A missing, empty or `null` field means "none"; one value may stand without its array.
 */
export interface RevisionNode {
  /** The identifier; unique in its graph, without `@`, `-`, `+`, `:` and white space. */
  readonly revision: string;
  /** The revisions it builds on: none for a base, several for a merge. */
  readonly downRevision: string | readonly string[] | null;
  /** Names for the branch that starts here; each belongs to one revision only. */
  readonly branchLabels?: string | readonly string[] | null | undefined;
  /** Revisions, or branch labels, that must be applied first without being on the same branch. */
  readonly dependsOn?: string | readonly string[] | null | undefined;
  /** Revisions that it stands for, in the order in which they run, as `limbeck squash` writes them; their files may be gone. */
  readonly replaces?: string | readonly string[] | null | undefined;
}

/** A revision in a built graph, with its edges in both directions. */
export interface GraphNode {
  readonly id: string;
  /** Position in which the revision was given: what breaks ties between independent branches. */
  readonly index: number;
  /** Labels that its own header declares. */
  readonly ownLabels: readonly string[];
  /** What it replaces, as declared. */
  readonly replaces: readonly string[];
  /** What it builds on, as declared. */
  readonly parents: readonly GraphNode[];
  /** What it depends on besides, as declared. */
  readonly dependencies: readonly GraphNode[];
  /** Parents, then those dependencies that no earlier revision of the same line has already brought in. */
  readonly prerequisites: readonly GraphNode[];
  /** Parents and dependencies, each once. */
  readonly allDown: readonly GraphNode[];
  /** Revisions that build on this one. */
  readonly children: readonly GraphNode[];
  /** Revisions that build or depend on this one. */
  readonly followers: readonly GraphNode[];
}

/** A built and sound graph. */
export interface GraphCore {
  /** In the order in which they were given. */
  readonly nodes: readonly GraphNode[];
  /** Labels of every branch that a revision lies on, its own included, in order of name. */
  readonly labelsOf: (node: GraphNode) => readonly string[];
  /** By id, by declared label, and by the ids that mean it as well. */
  readonly byName: ReadonlyMap<string, GraphNode>;
  /** By the ids of revisions that are not in the graph, and mean one that is. */
  readonly aliases: ReadonlyMap<string, GraphNode>;
  /** No revision builds on them; another may still depend on one. */
  readonly heads: readonly GraphNode[];
  /** They build on none; they may still depend on one. */
  readonly bases: readonly GraphNode[];
  /** No revision builds or depends on them. */
  readonly realHeads: readonly GraphNode[];
}
