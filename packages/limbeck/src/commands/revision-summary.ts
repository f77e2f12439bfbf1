import type { RevisionGraph } from "../graph/revision-graph.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import type { Project } from "./project.ts";

/** What commands tell about one revision. */
export interface RevisionSummary {
  readonly revision: string;
  /** The revisions it builds on; empty for a base, several for a merge. */
  readonly downRevision: readonly string[];
  readonly branchLabels: readonly string[];
  readonly dependsOn: readonly string[];
  /** The first line of the file's comment. */
  readonly message: string;
  /** Absolute path of the file. */
  readonly path: string;
  readonly isHead: boolean;
  readonly isBranchPoint: boolean;
  readonly isMergePoint: boolean;
}

/** Puts together what the file says and what the graph knows of a revision. */
export function summarizeRevision(file: RevisionFile, graph: RevisionGraph): RevisionSummary {
  return {
    revision: file.revision,
    downRevision: file.downRevision,
    branchLabels: file.branchLabels,
    dependsOn: file.dependsOn,
    message: file.message,
    path: file.path,
    isHead: graph.isHead(file.revision),
    isBranchPoint: graph.isBranchPoint(file.revision),
    isMergePoint: graph.isMergePoint(file.revision),
  };
}

/** The summary of a revision that the project has. */
export function summarize(project: Project, revision: string): RevisionSummary {
  return summarizeRevision(project.requireFile(revision), project.graph);
}
