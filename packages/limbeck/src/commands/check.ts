import { commandErrors } from "../kernel/errors/command-errors.ts";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { diff, type DiffResult } from "./diff.ts";
import type { Environment } from "./environment.ts";
import { adviseMissing, describeMissing } from "./find-missing.ts";
import { readProject } from "./project.ts";
import { adviseAdoption } from "./require-history.ts";
import { DATABASE, type Side, writeGenerateCommand } from "./sides/side.ts";
import { readDatabase } from "./with-database.ts";

/** The heads of revisions that wait; none where the files cannot be read, which does not change the verdict. */
async function findPendingHeads(environment: Environment): Promise<readonly string[]> {
  try {
    const { graph } = readProject(environment);
    const rows = await readDatabase(environment, (connection) => environment.versions.readHeads(connection));
    return graph.planUpgrade(rows, "heads").steps.length > 0 ? graph.heads : [];
  } catch (error) {
    if (error instanceof LimbeckError) return [];
    throw error;
  }
}

/** The command that adopts the database, where tables of it would go that were there before any revision. */
async function findAdoption(
  environment: Environment,
  { changes }: DiffResult,
  from: Side,
): Promise<string | undefined> {
  const isForgotten = from.kind === "database" && changes.some(({ kind }) => kind === "dropTable");
  return isForgotten ? adviseAdoption(environment) : undefined;
}

/** What `check` is asked for. */
export interface CheckOptions {
  /** What the models are compared with. Default: the configured database. */
  readonly from?: Side;
}

/**
 * Fails when the models and the database, or what the revisions make of an empty one, differ, so that a pipeline stops there.
 *
 * @throws CommandError `notInSync` with every difference
 */
export async function check(environment: Environment, { from = DATABASE }: CheckOptions = {}): Promise<DiffResult> {
  // Whether a difference is a rename does not matter to the verdict, so nobody is asked.
  const result = await diff(environment, { from, noRename: true, dropOk: true });
  const { changes, missing } = result;
  const differences = [...changes.map(({ sign, text }) => `${sign} ${text}`), ...missing.map(describeMissing)];
  if (differences.length === 0) return result;
  throw commandErrors.notInSync({
    from: result.from,
    to: result.to,
    generate: writeGenerateCommand({ from }),
    differences,
    pending: from.kind === "database" ? await findPendingHeads(environment) : [],
    byHand: missing.map(adviseMissing),
    adopt: await findAdoption(environment, result, from),
  });
}
