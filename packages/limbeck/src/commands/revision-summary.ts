import type { RevisionInfo } from "../graph/revision-info.ts";
import type { Project } from "./project.ts";

/** What commands tell about one revision: what the graph knows, what its file says, and where that file is. */
export interface RevisionSummary extends RevisionInfo {
  /** The first paragraph of the file's comment, on one line. */
  readonly message: string;
  /** Absolute path of the file. */
  readonly path: string;
  /** The squashed revision that stands for it in the history; absent where it stands for itself. */
  readonly replacedBy?: string;
}

/**
 * Puts together what the graph and the file say of a revision.
 *
 * @throws GraphError when the project has no such revision
 */
export function summarize(project: Project, revision: string): RevisionSummary {
  const { message, path } = project.requireFile(revision);
  const replacedBy = project.graph.replacementOf(revision);
  return { ...project.graph.get(revision), message, path, ...(replacedBy !== undefined && { replacedBy }) };
}
