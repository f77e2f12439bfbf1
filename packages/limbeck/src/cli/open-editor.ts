import { commandErrors } from "../kernel/errors/command-errors.ts";
import { splitWords } from "../kernel/split-words.ts";
import type { World } from "./world.ts";

/** The files to open, and what they were called on the command line. */
export interface EditRequest {
  readonly paths: readonly string[];
  readonly identifiers: readonly string[];
  readonly areRevisions: boolean;
}

/** What is tried where nobody has said anything, as in Alembic. */
const USUAL: readonly string[] = ["sensible-editor", "editor", "nano", "vim", "vi", "code", "notepad"];

/** Opens the files in the editor that a variable names. */
async function openNamed(line: string, variable: string, { paths, ...things }: EditRequest, world: World) {
  const fail = (problem: string): never => {
    throw commandErrors.editorFailed({ ...things, editor: line, variable, problem });
  };
  const split = splitWords(line);
  if (!split.ok) return fail(`In ${variable}, ${split.problem}.`);
  const end = await world.handOver([...split.words, ...paths]);
  if (end === "missing") return fail(`There is no program ${split.words[0]}.`);
  return end === "well" ? undefined : fail(`It ${end.failure}.`);
}

/** Opens the files in the first of the usual editors that is installed. */
async function openUsual({ paths, ...things }: EditRequest, world: World): Promise<void> {
  for (const editor of USUAL) {
    const end = await world.handOver([editor, ...paths]);
    if (end === "well") return;
    if (end === "missing") continue;
    throw commandErrors.editorFailed({ ...things, editor, variable: "EDITOR", problem: `It ${end.failure}.` });
  }
  const problem = `Neither VISUAL nor EDITOR names one, and none of these is installed: ${USUAL.join(", ")}.`;
  throw commandErrors.editorMissing({ ...things, problem });
}

/**
 * Opens files in the user's editor and waits until it is closed: the one of VISUAL, unless the terminal is a dumb one; else that of EDITOR; else, where
 * there is a terminal to show it on, one of the usual ones.
 *
 * @see https://git-scm.com/docs/git-var#Documentation/git-var.txt-GITEDITOR
 * @throws CommandError when there is none, or it does not end well
 */
export async function openEditor(request: EditRequest, world: World): Promise<void> {
  const { env, stdinIsTTY, stderr } = world;
  const isDumb = env["TERM"] === "dumb";
  for (const variable of isDumb ? ["EDITOR"] : ["VISUAL", "EDITOR"]) {
    const line = env[variable]?.trim() ?? "";
    if (line !== "") return openNamed(line, variable, request, world);
  }
  if (!isDumb && stdinIsTTY && stderr.isTTY) return openUsual(request, world);
  const problem = "Neither VISUAL nor EDITOR names one, and there is no terminal to open another on.";
  const { identifiers, areRevisions } = request;
  throw commandErrors.editorMissing({ identifiers, areRevisions, problem });
}
