import { GraphError } from "../kernel/errors/graph-errors.ts";
import { journalErrors } from "../kernel/errors/journal-errors.ts";
import type { HistoryEntry } from "../runtime/journal/history-entry.ts";
import type { Environment } from "./environment.ts";
import { adviseKept } from "./kept-project.ts";
import { findAhead, findDeleted, findEdited, listApplied, listChecksums } from "./find-strays.ts";
import { readProject, type Project } from "./project.ts";
import { readDatabase } from "./with-database.ts";

/** What `verify` found out, where nothing is wrong. */
export interface VerifyResult {
  /** The database, without any password. */
  readonly database: string;
  /** How many applied revisions were compared with their files. */
  readonly verified: number;
  /** Applied revisions of which the journal has no checksum: an older Limbeck ran or stamped them. */
  readonly unverified: readonly string[];
}

/** The files; where one of them builds on a file that ran here and is gone, that is what is wrong. */
function readFiles(environment: Environment, outcomes: readonly HistoryEntry[]): Project {
  try {
    return readProject(environment);
  } catch (error) {
    const missing =
      error instanceof GraphError && error.reason === "missingParent" ? error.context["missing"] : undefined;
    const isNoted = outcomes.some(({ revision }) => revision === missing);
    if (typeof missing !== "string" || !isNoted) throw error;
    throw journalErrors.deletedAfterApply({ deleted: [missing] }, error);
  }
}

/**
 * Compares what ran on the database with the files that are here; changes nothing.
 *
 * @throws JournalError when a file was edited or deleted after it ran, the database stands at a revision that nobody knows, or newer code ran on it
 *
 * @example
 * const { verified } = await verify(environment);
 */
export async function verify(environment: Environment): Promise<VerifyResult> {
  const { dialect, config, versions, history } = environment;
  const { rows, outcomes } = await readDatabase(environment, async (connection) => ({
    rows: await versions.readHeads(connection),
    outcomes: await history.readOutcomes(connection),
  }));
  const project = readFiles(environment, outcomes);
  const { graph } = project;
  const database = dialect.redactUrl(config.url);
  const ahead = findAhead(project, rows, outcomes);
  if (ahead.length > 0) {
    const wayBack = await readDatabase(environment, (connection) => adviseKept(environment, project, connection));
    throw journalErrors.aheadOfCode({ ahead, wayBack });
  }
  const unknown = rows.filter((row) => !graph.has(row) && graph.replacementOf(row) === undefined);
  if (unknown.length > 0) throw journalErrors.unknownHere({ unknown, database });
  const deleted = findDeleted(project, outcomes);
  if (deleted.length > 0) throw journalErrors.deletedAfterApply({ deleted });
  const edited = findEdited(project, rows, outcomes);
  if (edited.length > 0) throw journalErrors.editedAfterApply({ edited });
  const applied = listApplied(project, rows);
  const known = listChecksums(outcomes);
  const unverified = applied.filter((revision) => !known.has(revision));
  return { database, verified: applied.length - unverified.length, unverified };
}
