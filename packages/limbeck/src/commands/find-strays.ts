import type { HistoryEntry } from "../runtime/journal/history-entry.ts";
import { readRevisionSource } from "../scripts/revision-file.ts";
import { takeChecksum } from "../scripts/take-checksum.ts";
import type { Project } from "./project.ts";

/** A file that has changed since it ran. */
export interface EditedFile {
  readonly revision: string;
  /** Absolute. */
  readonly path: string;
}

const ranUp = ({ event, direction }: HistoryEntry): boolean => event === "finished" && direction === "upgrade";

const lastStamp = (outcomes: readonly HistoryEntry[]): number =>
  Math.max(0, ...outcomes.filter(({ event }) => event === "stamped").map(({ id }) => id));

/** What ran since somebody last said where the database stands. */
const listRan = (outcomes: readonly HistoryEntry[]): readonly HistoryEntry[] =>
  outcomes.filter((entry) => ranUp(entry) && entry.id > lastStamp(outcomes));

/** Applied revisions whose files are others than those that ran. */
export function findEdited(
  { files, graph }: Project,
  rows: readonly string[],
  outcomes: readonly HistoryEntry[],
): readonly EditedFile[] {
  const known = rows.filter((row) => graph.has(row)).map((row) => graph.get(row).revision);
  const applied = new Set(graph.ancestors(known));
  const ran = new Map(listRan(outcomes).map(({ revision, checksum }) => [revision, checksum]));
  return files
    .filter(({ revision, path }) => {
      const checksum = applied.has(revision) ? ran.get(revision) : undefined;
      return checksum !== undefined && checksum !== "" && checksum !== takeChecksum(readRevisionSource(path));
    })
    .map(({ revision, path }) => ({ revision, path }));
}

const isMissing = ({ graph }: Project, revision: string): boolean =>
  !graph.has(revision) && graph.replacementOf(revision) === undefined;

/** Revisions that ran after all that is known here; none where the rows are known. */
export function findAhead(
  project: Project,
  rows: readonly string[],
  outcomes: readonly HistoryEntry[],
): readonly string[] {
  const unknown = rows.filter((row) => isMissing(project, row));
  const ran = listRan(outcomes).filter(({ revision }) => isMissing(project, revision));
  return ran.some(({ revision }) => unknown.includes(revision)) ? ran.map(({ revision }) => revision) : [];
}

/** Revisions without files that ran before one that has a file. */
export function findDeleted(project: Project, outcomes: readonly HistoryEntry[]): readonly string[] {
  const ran = listRan(outcomes);
  const last = ran.findLastIndex(({ revision }) => project.graph.has(revision));
  return ran
    .slice(0, Math.max(0, last))
    .map(({ revision }) => revision)
    .filter((revision) => isMissing(project, revision));
}
