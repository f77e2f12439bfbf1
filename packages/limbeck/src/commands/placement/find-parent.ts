import { commandErrors } from "../../kernel/errors/command-errors.ts";
import type { Project } from "../project.ts";
import type { RevisionOptions } from "../revision-options.ts";
import { describeCall } from "./describe-call.ts";

/**
 * What an identifier names, with all heads for `head` and `label@head`, so that an error can list them.
 *
 * @throws HistoryError when it names one in the middle of what a squashed revision replaces
 */
export function resolveAll(
  { graph }: Project,
  identifier: string,
  rows: readonly string[] | undefined,
): readonly string[] {
  if (identifier === "head") return graph.heads;
  const found = graph.resolve(identifier.endsWith("@head") ? `${identifier}s` : identifier, rows);
  return found.map((revision) => graph.standIn(revision));
}

/**
 * Finds the revision that a new one builds on; none for a new root.
 *
 * @param rows where the database stands, if the identifier speaks of it
 * @throws CommandError when it is several, or others build on it already and nobody said that this is meant
 */
export function findParent(
  project: Project,
  options: RevisionOptions,
  rows: readonly string[] | undefined,
): readonly string[] {
  const { graph } = project;
  const { head: identifier = "head", splice = false } = options;
  const found = resolveAll(project, identifier, rows);
  const [parent, ...others] = found;
  if (others.length > 0) {
    const instead = found.map((revision) => describeCall({ ...options, head: revision }));
    throw commandErrors.severalToBuildOn({ identifier, revisions: found, instead });
  }
  if (parent === undefined || splice || graph.isHead(parent)) return found;
  const above = graph.heads.filter((head) => graph.ancestors([head], "versioned").includes(parent));
  const { children } = graph.get(parent);
  throw commandErrors.notAHead({ revision: parent, children, heads: above, instead: [] });
}
