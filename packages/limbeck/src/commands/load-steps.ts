import type { PlanStep } from "../graph/revision-plan.ts";
import { commandErrors } from "../kernel/errors/command-errors.ts";
import type { LoadedStep } from "../runtime/run-context.ts";
import type { Project } from "./project.ts";

async function loadStep(step: PlanStep, project: Project): Promise<LoadedStep> {
  const file = project.requireFile(step.revision);
  const loaded = await project.load(step.revision);
  const direction = step.direction === "up" ? "upgrade" : "downgrade";
  const run = loaded[direction];
  if (!run) throw commandErrors.irreversibleRevision({ revision: step.revision, path: file.path });
  const { transactional, checksum } = loaded;
  const code = { revision: step.revision, direction, path: file.path, run, transactional } as const;
  const { revision, downRevision, branchLabels, dependsOn, replaces } = file;
  const header = { revision, downRevision, branchLabels, dependsOn, replaces };
  const back = step.direction === "up" ? { back: { header, run: loaded.downgrade } } : {};
  return { ...step, message: file.message, checksum, code, ...back };
}

/**
 * Loads the code of every step before the first one runs, so that an error in the last file stops the run before anything happened.
 *
 * @throws ScriptError when a file cannot be loaded
 * @throws CommandError when a step down has no downgrade
 */
export async function loadSteps(steps: readonly PlanStep[], project: Project): Promise<readonly LoadedStep[]> {
  return Promise.all(steps.map((step) => loadStep(step, project)));
}
