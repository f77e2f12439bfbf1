import { readRevisionSource } from "../scripts/revision-file.ts";
import type { Environment } from "./environment.ts";
import { readProject } from "./project.ts";
import { summarize, type RevisionSummary } from "./revision-summary.ts";
import { readDatabase } from "./with-database.ts";

/** One revision, with the text of its file. */
export interface ShownRevision extends RevisionSummary {
  readonly source: string;
}

/** The revisions that an identifier names. */
export interface ShowResult {
  readonly revisions: readonly ShownRevision[];
}

/**
 * Shows the revisions that an identifier names; only `current` asks the database.
 *
 * @throws GraphError when the identifier is unknown or ambiguous
 */
export async function show(environment: Environment, identifier: string): Promise<ShowResult> {
  const project = readProject(environment);
  const asksDatabase = identifier === "current" || /^[+-]/.test(identifier);
  const rows = asksDatabase
    ? await readDatabase(environment, (connection) => environment.versions.readHeads(connection))
    : [];
  const revisions = project.graph.resolve(identifier, rows);
  return {
    revisions: revisions.map((revision) => {
      const summary = summarize(project, revision);
      return { ...summary, source: readRevisionSource(summary.path) };
    }),
  };
}
