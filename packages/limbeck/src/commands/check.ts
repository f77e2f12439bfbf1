import { commandErrors } from "../kernel/errors/command-errors.ts";
import type { RenameAnswers } from "./compare.ts";
import { diff, type DiffResult } from "./diff.ts";
import type { Environment } from "./environment.ts";

/**
 * Fails when the models and the database differ, so that a pipeline stops there.
 *
 * @throws CommandError `notInSync` with every difference
 */
export async function check(environment: Environment): Promise<DiffResult> {
  // Whether a difference is a rename does not matter to the verdict, so nobody is asked.
  const answers: RenameAnswers = { noRename: true };
  const result = await diff(environment, answers);
  if (result.changes.length > 0) {
    throw commandErrors.notInSync({ differences: result.changes.map(({ sign, text }) => `${sign} ${text}`) });
  }
  return result;
}
