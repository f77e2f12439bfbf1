import { keepAttached } from "./keep-attached.ts";
import type { RevisionFunction, RevisionTarget } from "./revision-target.ts";
import { runCode } from "./run-code.ts";
import { runStatements } from "./run-statements.ts";

/**
 * Runs one direction of a revision to its end, with everything it queued.
 *
 * @throws ExecutionError naming the line in the revision file; the caller rolls back
 */
export async function runRevisionFunction(revision: RevisionFunction, target: RevisionTarget): Promise<void> {
  const { run } = revision;
  const kept = { ...target, attached: target.attached ?? keepAttached(target.dialect.diffRules) };
  await (typeof run === "function" ? runCode(revision, run, kept) : runStatements(revision, run, kept));
}
