import { writeContinuation } from "../kernel/errors/journal-errors.ts";
import { SourceError } from "../kernel/errors/source-errors.ts";
import type { Connection } from "../dialect/connection.ts";
import { knowTypes } from "../ops/describe/know-types.ts";
import { compare, NO_ASIDES, pickAsides, type Asides } from "./compare.ts";
import { locateDatabase, type CurrentResult } from "./current.ts";
import { describeChanges, type ChangeDescription } from "./describe-changes.ts";
import type { Environment } from "./environment.ts";
import { listUnused, type UnusedSquash } from "./find-unused-squashes.ts";
import { adviseMissing } from "./find-missing.ts";
import type { RunHolder } from "../kernel/run-holder.ts";
import { findEdited, type EditedFile } from "./find-strays.ts";
import { readProject } from "./project.ts";
import type { OpenWork } from "./read-open.ts";
import { findUnfinished } from "./require-whole.ts";
import { readDatabase } from "./with-database.ts";
import { summarize, type RevisionSummary } from "./revision-summary.ts";

/** Why the models, or the SQL in their place, cannot be compared with the database. */
export interface ModelsProblem {
  readonly code: string;
  readonly title: string;
}

/** A revision that is committed in part, on the way up or down. */
interface OpenPart {
  readonly revision: string;
  readonly direction: "upgrade" | "downgrade";
  /** Why it failed, where that is the last that was heard of it. */
  readonly failure?: string;
}

/** Everything at a glance: the database, the files, the models. */
export interface StatusResult extends CurrentResult, Asides {
  readonly heads: readonly RevisionSummary[];
  /** Squashed revisions in whose place the history has what they replace; absent where there are none. */
  readonly unusedSquashes?: readonly UnusedSquash[];
  /** Revisions that are not applied, in the order they would run. */
  readonly pending: readonly RevisionSummary[];
  /** How the models differ from the database; absent when the config names no models, they cannot be read, or revisions are pending. */
  readonly changes?: readonly ChangeDescription[];
  /** Why the models cannot be read. */
  readonly modelsProblem?: ModelsProblem;
  /** Files that have changed since they were applied; absent where none has. */
  readonly edited?: readonly EditedFile[];
  /** What an earlier run left in the middle; absent where nothing is. */
  readonly halfway?: OpenPart;
  /** Another run that is at work, with the revision that it has committed in part, where it has; absent where there is none. */
  readonly running?: Partial<Omit<OpenPart, "failure"> & RunHolder>;
  /** The command that is most useful now; absent when there is nothing to do. */
  readonly next?: string;
}

function chooseNext(result: Omit<StatusResult, "next">): string | undefined {
  const { rows, surplus, unknown } = result;
  if (unknown.length === 0 && surplus.length > 0)
    return `limbeck stamp --purge ${rows.filter((row) => !surplus.includes(row)).join(" ")}`;
  if (result.errorCode !== undefined) return `limbeck explain ${result.errorCode}`;
  // It may be over then.
  if (result.running) return "limbeck status";
  if (result.halfway) return writeContinuation(result.halfway);
  if (result.pending.length > 0) return result.heads.length > 1 ? "limbeck upgrade heads" : "limbeck upgrade head";
  // It fails, and says all there is to say.
  if (result.modelsProblem) return "limbeck diff";
  if (result.changes && result.changes.length > 0) return 'limbeck revision -m "..." --autogenerate';
  const [missing] = result.missing;
  if (missing) return adviseMissing(missing);
  return undefined;
}

type ModelsStatus = Pick<StatusResult, "changes" | "modelsProblem"> & Asides;

async function compareModels(environment: Environment): Promise<ModelsStatus> {
  try {
    const comparison = await compare(environment, { noRename: true, dropOk: true });
    const { operations, current, target } = comparison;
    const changes = describeChanges(operations, knowTypes(environment.dialect, current, target));
    return { changes, ...pickAsides(comparison) };
  } catch (error) {
    // Where the database stands does not depend on them.
    if (!(error instanceof SourceError)) throw error;
    return { ...NO_ASIDES, modelsProblem: { code: error.code, title: error.title } };
  }
}

function describeOpen({ open, run }: Partial<OpenWork>): Pick<StatusResult, "halfway" | "running"> {
  const part = open && { revision: open.revision, direction: open.direction };
  if (run) {
    const { holder, since } = run;
    return { running: { ...part, ...(holder !== "" && { holder }), ...(since !== "" && { since }) } };
  }
  // What may follow the first line was about the moment in which it failed.
  const [failure = ""] = (open?.failure ?? "").split("\n");
  return part ? { halfway: { ...part, ...(failure !== "" && { failure }) } } : {};
}

/** What is committed in part, or else a run that is at work: what it does may all be in one transaction, of which nothing is to be seen. */
async function findWork(environment: Environment, connection: Connection): Promise<Partial<OpenWork>> {
  const { dialect, database, config } = environment;
  const unfinished = await findUnfinished(environment, connection);
  if (unfinished) return unfinished;
  const run = await dialect.findRun(connection, database, config.versionTable);
  return run ? { run } : {};
}

/** Tells where the database stands, what is pending, and whether the models agree; changes nothing. */
export async function status(environment: Environment): Promise<StatusResult> {
  const project = readProject(environment);
  // Not the heads that they imply, of which one may include another: no way begins at those.
  const { rows, work, outcomes } = await readDatabase(environment, async (connection) => ({
    rows: await environment.versions.readHeads(connection),
    work: await findWork(environment, connection),
    outcomes: await environment.history.readOutcomes(connection),
  }));
  const edited = findEdited(project, rows, outcomes);
  const where = locateDatabase(environment, project, rows);
  const pending = where.errorCode !== undefined ? [] : project.graph.planUpgrade(rows, "heads").steps;
  const canCompare = environment.config.models !== undefined && pending.length === 0 && where.errorCode === undefined;
  const partial = {
    ...where,
    ...listUnused(project),
    ...(edited.length > 0 && { edited }),
    ...describeOpen(work),
    heads: project.graph.heads.map((revision) => summarize(project, revision)),
    pending: pending.map(({ revision }) => summarize(project, revision)),
    ...(canCompare ? await compareModels(environment) : NO_ASIDES),
  };
  const next = chooseNext(partial);
  return { ...partial, ...(next !== undefined && { next }) };
}
