import { commandErrors } from "../../kernel/errors/command-errors.ts";
import { GraphError } from "../../kernel/errors/graph-errors.ts";
import type { Project } from "../project.ts";
import type { RevisionOptions } from "../revision-options.ts";
import { findLabelProblem } from "./branch-label.ts";
import { describeCall } from "./describe-call.ts";
import { resolveAll } from "./find-parent.ts";

type Rows = readonly string[] | undefined;

function resolve(project: Project, identifier: string, rows: Rows): readonly string[] {
  try {
    return resolveAll(project, identifier, rows);
  } catch (error) {
    if (error instanceof GraphError && error.reason === "unknownRevision") {
      throw commandErrors.dependencyUnknown({ identifier }, error);
    }
    throw error;
  }
}

function findDependency(project: Project, identifier: string, options: RevisionOptions, rows: Rows): string {
  const found = resolve(project, identifier, rows);
  const [revision, ...others] = found;
  if (revision === undefined) throw commandErrors.dependencyUnknown({ identifier });
  if (others.length > 0) {
    const dependsOn = options.dependsOn?.flatMap((name) => (name === identifier ? found : [name]));
    const instead = [describeCall({ ...options, ...(dependsOn && { dependsOn }) })];
    throw commandErrors.severalDependencies({ identifier, revisions: found, instead });
  }
  const isLabel = project.graph.get(revision).ownLabels.includes(identifier);
  // One that would break the header of an SQL file is replaced by what it stands for.
  return isLabel && findLabelProblem(identifier) === undefined ? identifier : revision;
}

/**
 * The names of what a new revision depends on, as they are written into its file: labels as they are, everything else as the whole id.
 *
 * @param rows where the database stands, if an identifier speaks of it
 * @throws CommandError when one is no revision, or several
 */
export function findDependencies(project: Project, options: RevisionOptions, rows: Rows): readonly string[] {
  const { dependsOn = [] } = options;
  return [...new Set(dependsOn.map((identifier) => findDependency(project, identifier, options, rows)))];
}
