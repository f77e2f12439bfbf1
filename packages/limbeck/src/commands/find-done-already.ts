import type { Operation } from "../ops/operation.ts";
import { reverseOperation } from "../ops/reverse/reverse-operation.ts";
import { findChanges, leaveOthersAlone, type Way } from "./compare-unasked.ts";
import type { ChangeDescription } from "./describe-changes.ts";
import type { Environment } from "./environment.ts";
import type { Project } from "./project.ts";
import { readReplayed, type ReadSide } from "./sides/read-side.ts";

/** What a database has that is still to come by its version table: most often its downgrade was empty. */
export interface DoneAlready {
  /** What would take it back. */
  readonly changes: readonly ChangeDescription[];
  /** Where the version table says that the database stands; empty for base. */
  readonly rows: readonly string[];
  /** The pending revision that the database looks like; absent where it looks like none. */
  readonly reached?: string;
}

/** What {@link findDoneAlready} works on. */
export interface DoneSubject {
  readonly found: ReadSide;
  /** What the applied revisions make of an empty database. */
  readonly applied: ReadSide;
  /** What all revisions make of it. */
  readonly all: ReadSide;
  /** What would bring the database back to the applied ones. */
  readonly drift: Way;
  readonly rows: readonly string[];
}

/** To look at one more costs a run of the revisions below it. */
const MOST_LOOKED_AT = 8;

/** The pending revision that a database looks like: the first of several that do, as what the others do is not to be seen. */
async function findReached(
  environment: Environment,
  project: Project,
  { found, rows }: DoneSubject,
): Promise<string | undefined> {
  const { graph } = project;
  // Of several branches one alone does not make what is in the database.
  if (graph.heads.length > 1 || rows.length > 1) return undefined;
  const { steps } = graph.planUpgrade(rows, "heads");
  // Where all downgrades were empty it is the last one.
  const looked = steps.length > MOST_LOOKED_AT ? [...steps.slice(0, MOST_LOOKED_AT), ...steps.slice(-1)] : steps;
  for (const { revision } of looked) {
    const there = await readReplayed(environment, project, revision, found.circumstances);
    if ((await findChanges(environment, found, leaveOthersAlone(there))).length === 0) return revision;
  }
  return undefined;
}

/** What a change is about: a table that is there already stands in the way of another one of its name, whatever its columns are. */
const aimOf = ({ sign, text }: ChangeDescription): string => `${sign} ${text.replace(/ \(\d+ columns?\)$/, "")}`;

const listSingle = (operations: readonly Operation[]): readonly Operation[] =>
  operations.flatMap((one): readonly Operation[] => (one.kind === "alterTable" ? one.operations : [one]));

/**
 * What of the drift takes back what pending revisions do as well, which may fail therefore.
 *
 * @param project its revisions
 */
export async function findDoneAlready(
  environment: Environment,
  project: Project,
  subject: DoneSubject,
): Promise<DoneAlready | undefined> {
  const { applied, all, drift, rows } = subject;
  const coming = new Set((await findChanges(environment, applied, leaveOthersAlone(all))).map(aimOf));
  const changes = listSingle(drift.operations).flatMap((one) =>
    drift.describe([reverseOperation(one)]).some((back) => coming.has(aimOf(back))) ? drift.describe([one]) : [],
  );
  if (changes.length === 0) return undefined;
  const reached = await findReached(environment, project, subject);
  return { changes, rows, ...(reached !== undefined && { reached }) };
}
