import type { Environment } from "./environment.ts";
import { readPosition } from "./position.ts";
import { listUnused, type UnusedSquash } from "./find-unused-squashes.ts";
import { readProject } from "./project.ts";
import { summarize, type RevisionSummary } from "./revision-summary.ts";

/** What `history` is asked for. */
export interface HistoryOptions {
  /** `FROM:TO`, either end may be left out. Default: everything. */
  readonly range?: string;
  /** Also say where the database stands. Default false: no database is asked. */
  readonly indicateCurrent?: boolean;
}

/** The revisions, newest first. */
export interface HistoryResult {
  readonly revisions: readonly RevisionSummary[];
  /** Squashed revisions that are not listed, because what they replace is; absent where there are none. */
  readonly unusedSquashes?: readonly UnusedSquash[];
  /** Where the database stands; absent when it was not asked. */
  readonly current?: readonly string[];
  /** Those of the revisions that are not applied; absent when the database was not asked. */
  readonly pending?: readonly string[];
}

/**
 * Lists the revisions, newest first. A squashed revision is listed in the place of what it replaces, unless the range begins or ends in the middle of that, or the
 * database that was asked stands there.
 */
export async function history(environment: Environment, options: HistoryOptions = {}): Promise<HistoryResult> {
  const { range = ":", indicateCurrent = false } = options;
  const project = readProject(environment);
  const current = await readPosition(environment, project, [indicateCurrent ? "current" : range]);
  const ids = project.graph.resolveRange(range, current);
  // Where revisions are listed that a squashed one replaces, the others are to point to them.
  const graph = project.graph.showing(
    ids,
    current?.filter((row) => project.graph.has(row)),
  );
  const revisions = ids.map((revision) => summarize({ ...project, graph }, revision));
  const unused = listUnused(project);
  if (!current) return { revisions, ...unused };
  const applied = new Set(graph.ancestors(current));
  const nameRow = (row: string): string => (graph.has(row) ? graph.get(row).revision : row);
  return {
    revisions,
    ...unused,
    current: current.map(nameRow),
    pending: ids.filter((revision) => !applied.has(revision)),
  };
}
