import type { RevisionGraph } from "../graph/revision-graph.ts";
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
  /** The rows of the version table as they are: fewer than `revisions` where a row includes the tip of another branch. */
  readonly rows: readonly string[];
  /** Revisions that the version table names and no file describes. */
  readonly unknown: readonly string[];
  /** Rows of the version table that another row includes already; none where nobody has changed it by hand. */
  readonly surplus: readonly string[];
  /** The error that an upgrade would give because of unknown or surplus rows; absent where there are none. */
  readonly errorCode?: string;
  /** Whether every head is applied, and the database can be moved. */
  readonly isAtHead: boolean;
}

/** Rows that another row includes, or says under another name. */
function findSurplus(graph: RevisionGraph, rows: readonly string[]): readonly string[] {
  const named = rows.map((row) => ({ row, revision: graph.get(row).revision }));
  return rows.filter((row, index) => {
    const revision = named[index]?.revision ?? row;
    return named.some((other) => {
      if (other.row === row) return false;
      return other.revision === revision ? row !== revision : graph.ancestors([other.revision]).includes(revision);
    });
  });
}

function chooseErrorCode(
  graph: RevisionGraph,
  { unknown, surplus }: Pick<CurrentResult, "unknown" | "surplus">,
): string | undefined {
  if (unknown.some((revision) => graph.replacementOf(revision) !== undefined)) return "LB0353";
  if (unknown.length > 0) return "LB1002";
  return surplus.length > 0 ? "LB0328" : undefined;
}

/** The rows of the version table. */
export async function readRows(environment: Environment): Promise<readonly string[]> {
  return readDatabase(environment, (connection) => environment.versions.readHeads(connection));
}

/** Tells what rows of a version table say about where the database stands. */
export function locateDatabase(environment: Environment, project: Project, rows: readonly string[]): CurrentResult {
  const { graph } = project;
  const unknown = rows.filter((revision) => !graph.has(revision));
  const known = rows.filter((revision) => graph.has(revision));
  const surplus = findSurplus(graph, known);
  const implied = graph.impliedHeads(known);
  const errorCode = chooseErrorCode(graph, { unknown, surplus });
  return {
    database: environment.dialect.redactUrl(environment.config.url),
    revisions: implied.map((revision) => summarize(project, revision)),
    rows,
    unknown,
    surplus,
    ...(errorCode !== undefined && { errorCode }),
    isAtHead: errorCode === undefined && graph.heads.every((head) => implied.includes(head)),
  };
}

/** Tells where the database stands; changes nothing, and does not create the database. */
export async function current(environment: Environment): Promise<CurrentResult> {
  const project = readProject(environment);
  return locateDatabase(environment, project, await readRows(environment));
}
