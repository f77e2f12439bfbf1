import type { HistoryEntry } from "../runtime/journal/history-entry.ts";
import { readRevisionSource } from "../scripts/revision-file.ts";
import { takeChecksum } from "../scripts/take-checksum.ts";
import type { Project } from "./project.ts";

/** A file that has changed since it ran, or since a stamp took it as it was then. */
export interface EditedFile {
  readonly revision: string;
  /** Absolute. */
  readonly path: string;
}

/** A stamp that begins anew: as base, or of a Limbeck that noted no checksums with it. */
const forgets = ({ event, checksum }: HistoryEntry): boolean => event === "stamped" && checksum === "";

const came = ({ event, direction }: HistoryEntry): boolean =>
  event === "stamped" || (event === "finished" && direction === "upgrade");

/** What ran or was stamped since somebody last said where the database stands, the oldest first. */
function listCome(outcomes: readonly HistoryEntry[]): readonly HistoryEntry[] {
  const last = Math.max(0, ...outcomes.filter(forgets).map(({ id }) => id));
  return outcomes.filter((entry) => came(entry) && entry.id > last);
}

/** The revisions that a database has which stands at these rows, as far as there are files. */
export function listApplied({ graph }: Project, rows: readonly string[]): readonly string[] {
  return graph.ancestors(rows.filter((row) => graph.has(row)).map((row) => graph.get(row).revision));
}

/** The checksums that the files of revisions are to have, by revision; none of what ran before there were any. */
export function listChecksums(outcomes: readonly HistoryEntry[]): ReadonlyMap<string, string> {
  return new Map(
    listCome(outcomes).flatMap(({ revision, checksum }) => (checksum === "" ? [] : [[revision, checksum]])),
  );
}

/** Applied revisions whose files are others than those that ran, or that a stamp took. */
export function findEdited(
  project: Project,
  rows: readonly string[],
  outcomes: readonly HistoryEntry[],
): readonly EditedFile[] {
  const applied = new Set(listApplied(project, rows));
  const checksums = listChecksums(outcomes);
  return project.files
    .filter(({ revision, path }) => {
      const checksum = applied.has(revision) ? checksums.get(revision) : undefined;
      return checksum !== undefined && checksum !== takeChecksum(readRevisionSource(path));
    })
    .map(({ revision, path }) => ({ revision, path }));
}

const isMissing = ({ graph }: Project, revision: string): boolean =>
  !graph.has(revision) && graph.replacementOf(revision) === undefined;

/** Revisions that came after all that is known here; none where the rows are known. */
export function findAhead(
  project: Project,
  rows: readonly string[],
  outcomes: readonly HistoryEntry[],
): readonly string[] {
  const unknown = rows.filter((row) => isMissing(project, row));
  const missing = listCome(outcomes).filter(({ revision }) => isMissing(project, revision));
  return missing.some(({ revision }) => unknown.includes(revision)) ? missing.map(({ revision }) => revision) : [];
}

/** Revisions without files that came before one that has a file. */
export function findDeleted(project: Project, outcomes: readonly HistoryEntry[]): readonly string[] {
  const come = listCome(outcomes);
  const last = come.findLastIndex(({ revision }) => project.graph.has(revision));
  return come
    .slice(0, Math.max(0, last))
    .map(({ revision }) => revision)
    .filter((revision) => isMissing(project, revision));
}
