import type { UnmanagedObject } from "../dialect/dialect.ts";
import { compareWithModels } from "./compare.ts";
import { locateDatabase, type CurrentResult } from "./current.ts";
import { describeChanges, type ChangeDescription } from "./describe-changes.ts";
import type { Environment } from "./environment.ts";
import { readProject } from "./project.ts";
import { summarize, type RevisionSummary } from "./revision-summary.ts";
import { readDatabase } from "./with-database.ts";

/** Everything at a glance: the database, the files, the models. */
export interface StatusResult extends CurrentResult {
  readonly heads: readonly RevisionSummary[];
  /** Revisions that are not applied, in the order they would run. */
  readonly pending: readonly RevisionSummary[];
  /** How the models differ from the database; absent when the config names no models or revisions are pending. */
  readonly changes?: readonly ChangeDescription[];
  readonly unmanaged: readonly UnmanagedObject[];
  /** The command that is most useful now; absent when there is nothing to do. */
  readonly next?: string;
}

function chooseNext(result: Omit<StatusResult, "next">): string | undefined {
  if (result.unknownCode !== undefined) return `limbeck explain ${result.unknownCode}`;
  if (result.pending.length > 0) return result.heads.length > 1 ? "limbeck upgrade heads" : "limbeck upgrade head";
  if (result.changes && result.changes.length > 0) return 'limbeck revision -m "..." --autogenerate';
  return undefined;
}

async function compare(environment: Environment): Promise<Pick<StatusResult, "changes" | "unmanaged">> {
  return readDatabase(environment, async (connection) => {
    const { operations, unmanaged } = await compareWithModels(environment, connection, { noRename: true });
    return { changes: describeChanges(operations, environment.dialect), unmanaged };
  });
}

/** Tells where the database stands, what is pending, and whether the models agree; changes nothing. */
export async function status(environment: Environment): Promise<StatusResult> {
  const project = readProject(environment);
  const where = await locateDatabase(environment, project);
  const rows = where.revisions.map(({ revision }) => revision);
  const pending = where.unknown.length > 0 ? [] : project.graph.planUpgrade(rows, "heads").steps;
  const canCompare = environment.config.models !== undefined && pending.length === 0 && where.unknown.length === 0;
  const partial = {
    ...where,
    heads: project.graph.heads.map((revision) => summarize(project, revision)),
    pending: pending.map(({ revision }) => summarize(project, revision)),
    ...(canCompare ? await compare(environment) : { unmanaged: [] }),
  };
  const next = chooseNext(partial);
  return { ...partial, ...(next !== undefined && { next }) };
}
