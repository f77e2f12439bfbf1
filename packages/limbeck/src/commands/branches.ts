import type { Environment } from "./environment.ts";
import { readProject } from "./project.ts";
import { summarize, type RevisionSummary } from "./revision-summary.ts";

/** A revision that several others build on. */
export interface BranchPoint extends RevisionSummary {
  /** What builds on it, in the order of `children`. */
  readonly branches: readonly RevisionSummary[];
}

/** Where the history divides. */
export interface BranchesResult {
  /** Newest first. */
  readonly revisions: readonly BranchPoint[];
}

/** Lists the revisions that several others build on, with these. */
export function branches(environment: Environment): BranchesResult {
  const project = readProject(environment);
  const { graph } = project;
  const revisions = graph
    .newestFirst()
    .filter((revision) => graph.isBranchPoint(revision))
    .map((revision) => summarize(project, revision));
  return {
    revisions: revisions.map((point) => ({
      ...point,
      branches: point.children.map((child) => summarize(project, child)),
    })),
  };
}
