import type { Environment } from "./environment.ts";
import { readProject } from "./project.ts";
import { readWhole } from "./require-whole.ts";
import { createRevision, requireUpToDate, type RevisionResult } from "./revision.ts";
import type { RevisionOptions } from "./revision-options.ts";
import { ALL_REVISIONS, DATABASE } from "./sides/side.ts";
import { stampOnTop } from "./stamp.ts";

/**
 * Writes what was changed by hand in the database down as a revision, and stamps the database, which has it already.
 *
 * @throws JournalError (leftHalfway)
 * @throws CommandError when revisions are pending, or the database is what its revisions make of an empty one
 * @throws ProofError when the revision does not do what it should; then nothing is written or stamped
 *
 * @example
 * const { path } = await adoptDatabase(environment, { message: "adopt the index of Monday night" });
 */
export async function adoptDatabase(
  environment: Environment,
  options: Omit<RevisionOptions, "autogenerate" | "from" | "to" | "emptyOk">,
): Promise<RevisionResult> {
  const project = readProject(environment);
  requireUpToDate(project, await readWhole(environment, project));
  const result = await createRevision(environment, {
    ...options,
    autogenerate: true,
    from: ALL_REVISIONS,
    to: DATABASE,
  });
  await stampOnTop(environment, result.revision);
  return result;
}
