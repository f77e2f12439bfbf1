import type { Environment } from "./environment.ts";
import { readProject } from "./project.ts";
import { summarize, type RevisionSummary } from "./revision-summary.ts";

/** The newest revision of every branch. */
export interface HeadsResult {
  readonly revisions: readonly RevisionSummary[];
}

/** Lists the revisions that no other one builds on. */
export function heads(environment: Environment): HeadsResult {
  const project = readProject(environment);
  return { revisions: project.graph.heads.map((revision) => summarize(project, revision)) };
}
