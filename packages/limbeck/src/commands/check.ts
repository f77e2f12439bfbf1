import { commandErrors } from "../kernel/errors/command-errors.ts";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import type { RenameAnswers } from "./compare.ts";
import { diff, type DiffResult } from "./diff.ts";
import type { Environment } from "./environment.ts";
import { adviseMissing, describeMissing } from "./find-missing.ts";
import { readProject } from "./project.ts";
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

/**
 * Fails when the models and the database differ, so that a pipeline stops there.
 *
 * @throws CommandError `notInSync` with every difference
 */
export async function check(environment: Environment): Promise<DiffResult> {
  // Whether a difference is a rename does not matter to the verdict, so nobody is asked.
  const answers: RenameAnswers = { noRename: true };
  const result = await diff(environment, answers);
  const { changes, missing } = result;
  const differences = [...changes.map(({ sign, text }) => `${sign} ${text}`), ...missing.map(describeMissing)];
  if (differences.length === 0) return result;
  throw commandErrors.notInSync({
    differences,
    pending: await findPendingHeads(environment),
    byHand: missing.map(adviseMissing),
  });
}
