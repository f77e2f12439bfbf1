import { diffErrors } from "../kernel/errors/diff-errors.ts";
import type { RenameQuestion } from "./rename-candidates.ts";
import { parseRename } from "./renames/parse-rename.ts";
import type { Rename, Renames } from "./renames/rename.ts";

/** What a user says about renames. */
export interface RenameChoices {
  /** Answers in the form that `parseRename` reads. */
  readonly renames: readonly string[];
  /** Whether everything else was dropped and created anew. */
  readonly noRename: boolean;
}

/** Whether a rename is about the same kind of thing in the same place as a question. */
function isAbout(question: RenameQuestion, rename: Rename, renames: Renames): boolean {
  if (rename.kind !== undefined && rename.kind !== question.kind) return false;
  if (question.table === undefined) return rename.table === undefined;
  if (rename.table === undefined) return question.kind === "index";
  // A table that is renamed itself may go by its old name.
  const renamed = renames.find(({ table, from }) => table === undefined && from === rename.table);
  return rename.table === question.table || renamed?.to === question.table;
}

/**
 * Whether some answers leave nothing of a question: they say yes to it, they rename one of its two things otherwise, or
 * they say that the table in which it arises was not renamed so.
 *
 * @throws DiffError (renameMalformed)
 */
export function isRenameSettled(question: RenameQuestion, answers: readonly string[]): boolean {
  const renames = answers.map(parseRename);
  const isTouched = renames.some(
    (rename) => isAbout(question, rename, renames) && (rename.from === question.from || rename.to === question.to),
  );
  if (isTouched || question.given === undefined) return isTouched;
  const given = parseRename(question.given);
  const said = renames.filter(({ table, from, to }) => table === undefined && (from === given.from || to === given.to));
  return said.length > 0 && !said.some(({ from, to }) => from === given.from && to === given.to);
}

/**
 * Turns answers into the renames that `diffSchema` takes.
 *
 * @param questions what `findRenameCandidates` found
 * @throws DiffError (renameQuestionsOpen) when the answers leave a question open that decides over data,
 * (renameMalformed) when an answer cannot be read
 * @example
 * resolveRenames(questions, { renames: ["todos.name:todos.title"], noRename: false });
 */
export function resolveRenames(questions: readonly RenameQuestion[], { renames, noRename }: RenameChoices): Renames {
  const open = noRename ? [] : questions.filter((question) => question.required && !isRenameSettled(question, renames));
  if (open.length > 0) throw diffErrors.renameQuestionsOpen({ questions: open });
  return renames.map(parseRename);
}
