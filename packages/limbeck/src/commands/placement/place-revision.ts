import type { Environment } from "../environment.ts";
import { readPosition } from "../position.ts";
import type { Project } from "../project.ts";
import type { RevisionOptions } from "../revision-options.ts";
import { checkBranchLabels } from "./branch-label.ts";
import { chooseFolder } from "./choose-folder.ts";
import { findDependencies } from "./find-dependencies.ts";
import { findParent } from "./find-parent.ts";

/** Where a new revision belongs. */
export interface RevisionPlace {
  readonly downRevision: readonly string[];
  readonly branchLabels: readonly string[];
  readonly dependsOn: readonly string[];
  /** Absolute path of the folder that its file goes into. */
  readonly folder: string;
}

/**
 * Finds out where a new revision belongs in the history and on the disk; asks a database only where an identifier speaks of it.
 *
 * @throws CommandError when that is not clear, or not possible
 * @throws GraphError when an identifier is unknown, ambiguous or malformed
 */
export async function placeRevision(
  environment: Environment,
  project: Project,
  options: RevisionOptions,
): Promise<RevisionPlace> {
  const { head = "head", dependsOn = [] } = options;
  const rows = await readPosition(environment, project, [head, ...dependsOn]);
  const downRevision = findParent(project, options, rows);
  const [parent] = downRevision;
  return {
    downRevision,
    branchLabels: checkBranchLabels(project, options),
    dependsOn: findDependencies(project, options, rows),
    folder: chooseFolder(project, options, { locations: environment.config, parent }),
  };
}
