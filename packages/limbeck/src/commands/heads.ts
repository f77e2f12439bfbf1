import type { Environment } from "./environment.ts";
import { listUnused, type UnusedSquash } from "./find-unused-squashes.ts";
import { readProject } from "./project.ts";
import { summarize, type RevisionSummary } from "./revision-summary.ts";

/** What `heads` is asked for. */
export interface HeadsOptions {
  /** Leave out those that another revision depends on: they get no row of their own once that is applied. Default false. */
  readonly resolveDependencies?: boolean;
}

/** The newest revision of every branch. */
export interface HeadsResult {
  readonly revisions: readonly RevisionSummary[];
  /** Squashed revisions in whose place the history has what they replace; absent where there are none. */
  readonly unusedSquashes?: readonly UnusedSquash[];
}

/** Lists the revisions that no other one builds on. */
export function heads(environment: Environment, { resolveDependencies = false }: HeadsOptions = {}): HeadsResult {
  const project = readProject(environment);
  const found = resolveDependencies ? project.graph.realHeads : project.graph.heads;
  return { revisions: found.map((revision) => summarize(project, revision)), ...listUnused(project) };
}
