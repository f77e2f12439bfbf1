import { readRevisionSource } from "../scripts/revision-file.ts";
import type { Environment } from "./environment.ts";
import { readPosition } from "./position.ts";
import { readProject } from "./project.ts";
import { summarize, type RevisionSummary } from "./revision-summary.ts";

/** One revision, with the text of its file. */
export interface ShownRevision extends RevisionSummary {
  readonly source: string;
}

/** The revisions that identifiers name. */
export interface ShowResult {
  readonly revisions: readonly ShownRevision[];
}

/**
 * Shows the revisions that one identifier or several name, each once; only `current` asks the database.
 *
 * @throws GraphError when an identifier is unknown or ambiguous
 */
export async function show(environment: Environment, identifiers: string | readonly string[]): Promise<ShowResult> {
  const names = typeof identifiers === "string" ? [identifiers] : identifiers;
  const project = readProject(environment);
  const rows = await readPosition(environment, project, names);
  const revisions = [...new Set(names.flatMap((name) => project.graph.resolve(name, rows)))];
  return {
    revisions: revisions.map((revision) => {
      const summary = summarize(project, revision);
      return { ...summary, source: readRevisionSource(summary.path) };
    }),
  };
}
