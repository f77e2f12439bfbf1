import type { Environment } from "../../commands/environment.ts";
import { findFiles } from "../../commands/find-files.ts";
import { findNamedFiles } from "../../scripts/find-named-files.ts";
import { readProject } from "../../commands/project.ts";
import { summarize } from "../../commands/revision-summary.ts";
import { show } from "../../commands/show.ts";
import { commandErrors } from "../../kernel/errors/command-errors.ts";
import { GraphError } from "../../kernel/errors/graph-errors.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { openEditor } from "../open-editor.ts";
import { tellEdit } from "../render/edit.ts";
import { openProject } from "../session.ts";
import { shortenPath } from "../shorten-path.ts";

/** Where the files form no sound history, one that is to be mended is found by its id. */
async function findPaths(environment: Environment, identifiers: readonly string[]): Promise<readonly string[]> {
  try {
    const { revisions } = await show(environment, identifiers);
    return revisions.map(({ path }) => path);
  } catch (error) {
    const paths = error instanceof GraphError ? findFiles(environment, identifiers) : undefined;
    if (!paths) throw error;
    return paths;
  }
}

/** `limbeck edit`. */
export const runEdit: Action<GlobalFlags, readonly string[]> = async (session, _flags, ...identifiers) => {
  const { world } = session;
  const named = findNamedFiles(identifiers, world.cwd);
  const list = (paths: readonly string[]): string => paths.map((path) => shortenPath(path, world.cwd)).join("\n");
  if (named) {
    await openEditor({ identifiers, paths: named, areRevisions: false }, world);
    return { data: { revisions: [] }, output: () => list(named) };
  }
  const environment = await openProject(session);
  const paths = await findPaths(environment, identifiers);
  if (paths.length === 0) throw commandErrors.nothingToEdit({ identifiers });
  await openEditor({ identifiers, paths, areRevisions: true }, world);
  // What was saved may break the history: better to hear of it now than in the middle of something else.
  const project = readProject(environment);
  const edited = project.files.filter(({ path }) => paths.includes(path));
  const result = { revisions: edited.map(({ revision }) => summarize(project, revision)) };
  return {
    data: result,
    output: () => list(paths),
    story: (style) => tellEdit(result, style),
  };
};
