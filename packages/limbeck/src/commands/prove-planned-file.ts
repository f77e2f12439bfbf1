import { proveRevision, type ProofRequest } from "../runtime/prove-revision.ts";
import type { RevisionFunction } from "../runtime/revision-target.ts";
import { loadRevisionText } from "../scripts/load-revision.ts";
import type { LoadedRevision } from "../scripts/revision-body.ts";
import type { Environment } from "./environment.ts";
import type { PlannedFile } from "./plan-revision-file.ts";
import { listRunHooks } from "./run-context.ts";

/** From where to where a revision leads. */
export type ProofGoal = Pick<
  ProofRequest,
  "serverVersion" | "current" | "target" | "rules" | "leftAlone" | "unmanaged"
>;

function toFunction(file: PlannedFile, module: LoadedRevision, direction: "upgrade" | "downgrade"): RevisionFunction {
  return { revision: file.revision, direction, path: file.path, run: module[direction] ?? (() => undefined) };
}

/**
 * Runs a revision that is not written yet up, down and up again on a scratch database.
 *
 * @param text what its file holds; default: what it was planned to hold
 * @returns what it does besides, of which whoever runs it should know
 * @throws ProofError when a run fails or leads elsewhere
 */
export async function provePlannedFile(
  environment: Environment,
  file: PlannedFile,
  { serverVersion, current, target, rules, leftAlone, unmanaged }: ProofGoal,
  text: string = file.source,
): Promise<readonly string[]> {
  const { dialect, config, openScratch } = environment;
  const module = await loadRevisionText(file.path, text, dialect.splitScript);
  return proveRevision({
    dialect,
    openScratch,
    convention: config.namingConvention,
    serverVersion,
    current,
    target,
    rules,
    leftAlone,
    unmanaged,
    hooks: listRunHooks(environment),
    upgrade: toFunction(file, module, "upgrade"),
    downgrade: toFunction(file, module, "downgrade"),
  });
}
