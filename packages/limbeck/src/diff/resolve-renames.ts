import { diffErrors } from "../kernel/errors/diff-errors.ts";
import type { RenameQuestion } from "./rename-candidates.ts";
import { parseRename } from "./renames/parse-rename.ts";
import type { Renames } from "./renames/rename.ts";

/** The renames that answers come to, and the questions that they leave open, none of which decides over data. */
export interface ResolvedRenames {
  readonly renames: Renames;
  readonly open: readonly RenameQuestion[];
}

/** What a user says about renames. */
export interface RenameChoices {
  /** Answers in the form that `parseRename` reads. */
  readonly renames: readonly string[];
  /** Whether everything else was dropped and created anew. */
  readonly noRename: boolean;
  /** Answers, in the same form, that were denied one by one: what they ask about was dropped and created anew. Default none. */
  readonly denied?: readonly string[];
}

/**
 * Turns answers into the renames that `diffSchema` takes.
 *
 * @param find finds what some renames leave open, as `findRenameCandidates` does
 * @throws DiffError (renameQuestionsOpen) when the answers leave a question open that decides over data,
 * (renameMalformed) when an answer cannot be read
 * @example
 * resolveRenames(find, { renames: ["todos.name:todos.title"], noRename: false });
 */
export function resolveRenames(
  find: (renames: Renames) => readonly RenameQuestion[],
  { renames, noRename, denied = [] }: RenameChoices,
): ResolvedRenames {
  const settled = renames.map(parseRename);
  const open = noRename ? [] : find(settled).filter(({ answer }) => !denied.includes(answer));
  const questions = open.filter(({ required }) => required);
  if (questions.length > 0) throw diffErrors.renameQuestionsOpen({ questions });
  return { renames: settled, open };
}
