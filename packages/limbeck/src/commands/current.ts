import type { Environment } from "./environment.ts";
import { readProject, type Project } from "./project.ts";
import { summarize, type RevisionSummary } from "./revision-summary.ts";
import { readDatabase } from "./with-database.ts";

/** Where the database stands. */
export interface CurrentResult {
  /** The database, without any password. */
  readonly database: string;
  /** The revisions it stands at; empty for base. */
  readonly revisions: readonly RevisionSummary[];
  /** Revisions that the version table names and no file describes. */
  readonly unknown: readonly string[];
  /** The error that an upgrade would give because of them; absent where there are none. */
  readonly unknownCode?: string;
  /** Whether every head is applied. */
  readonly isAtHead: boolean;
}

/** The rows of the version table. */
export async function readRows(environment: Environment): Promise<readonly string[]> {
  return readDatabase(environment, (connection) => environment.versions.readHeads(connection));
}

/** Tells what rows of a version table say about where the database stands. */
export function locateDatabase(environment: Environment, project: Project, rows: readonly string[]): CurrentResult {
  const { graph } = project;
  const unknown = rows.filter((revision) => !graph.has(revision));
  const implied = graph.impliedHeads(rows.filter((revision) => graph.has(revision)));
  const isReplaced = unknown.some((revision) => graph.replacementOf(revision) !== undefined);
  return {
    database: environment.dialect.redactUrl(environment.config.url),
    revisions: implied.map((revision) => summarize(project, revision)),
    unknown,
    ...(unknown.length > 0 && { unknownCode: isReplaced ? "LB0353" : "LB1002" }),
    isAtHead: unknown.length === 0 && graph.heads.every((head) => implied.includes(head)),
  };
}

/** Tells where the database stands; changes nothing, and does not create the database. */
export async function current(environment: Environment): Promise<CurrentResult> {
  const project = readProject(environment);
  return locateDatabase(environment, project, await readRows(environment));
}
