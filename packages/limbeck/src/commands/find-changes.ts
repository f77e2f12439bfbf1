import { diffNamed } from "../diff/diff-named.ts";
import type { DiffRules } from "../diff/diff-rules.ts";
import { findSpellings, type SpellingDifference } from "../diff/find-spellings.ts";
import { withoutUnnamed, type UnnamedObjects } from "../diff/find-unnamed.ts";
import { findRenameCandidates, type RenameQuestion } from "../diff/rename-candidates.ts";
import { parseRename } from "../diff/renames/parse-rename.ts";
import type { Renames } from "../diff/renames/rename.ts";
import { renameAll } from "../diff/renames/rename-all.ts";
import { resolveRenames } from "../diff/resolve-renames.ts";
import { isSameStructure } from "../diff/same-structure.ts";
import type { Operation } from "../ops/operation.ts";
import type { Schema } from "../schema/model/schema.ts";
import type { MaskTarget } from "./mask-target.ts";
import type { ReadSide } from "./sides/read-side.ts";

/** How questions about renames are answered. */
export interface RenameAnswers {
  /** `table.column:table.column`, `table:table`...; see `--rename`. */
  readonly renames?: readonly string[];
  /** Whatever is not in `renames` was dropped and created anew. Default false. */
  readonly noRename?: boolean;
  /** Answers in the form of `renames` that are not so: what each asks about was dropped and created anew. Default none. */
  readonly denied?: readonly string[];
  /**
   * Asks a person, once for each question that earlier answers have not settled; gives the `--rename` answer, or
   * null for "no". Default: nobody is asked, open questions are an error.
   */
  readonly ask?: (question: RenameQuestion) => Promise<string | null>;
}

type FindQuestions = (renames: Renames) => readonly RenameQuestion[];

/** Asks one question after the other: each answer may settle some and raise others. */
async function askAll(find: FindQuestions, answers: RenameAnswers): Promise<RenameAnswers> {
  const { renames = [], noRename, ask } = answers;
  if (!ask || noRename) return answers;
  const given: string[] = [...renames];
  const denied = new Set(answers.denied);
  for (;;) {
    const next = find(given.map(parseRename)).find(
      (question) => question.given === undefined && !denied.has(question.answer),
    );
    if (!next) return { renames: given, noRename: true };
    const answer = await ask(next);
    if (answer === null) denied.add(next.answer);
    else given.push(answer);
  }
}

/** What {@link findChanges} works on. */
export interface ChangeSubject {
  readonly current: Schema;
  readonly wanted: ReadSide;
  readonly rules: DiffRules;
  readonly maskTarget: MaskTarget;
  /** What of `current` is left alone because a target says nothing of it. */
  readonly listUnnamed: (target: Schema) => UnnamedObjects;
}

/** The changes that a comparison comes to. */
export interface Changes extends ReturnType<MaskTarget> {
  readonly operations: readonly Operation[];
  /** The target with what is made anew although it does not name it. */
  readonly completed: Schema;
  readonly leftAlone: UnnamedObjects;
  /** What goes, or goes and comes again, although the source does not name it. */
  readonly unnamedDrops: readonly Operation[];
  readonly spellings: readonly SpellingDifference[];
  readonly renamable: readonly RenameQuestion[];
  readonly resolution: { readonly renames: Renames; readonly unnamed: UnnamedObjects };
}

/**
 * Most comparisons find nothing: what is there letter by letter as an empty database would have it differs in nothing, whatever the rules are. To find that out takes a
 * fraction of the time of a comparison.
 */
function findAgreement({ current, wanted, maskTarget, listUnnamed }: ChangeSubject): Changes | undefined {
  const masked = maskTarget([]);
  const { target } = masked;
  const built = (target === wanted.schema ? wanted.built : undefined) ?? target;
  const unnamed = listUnnamed(target);
  if (!isSameStructure(withoutUnnamed(current, unnamed), built)) return undefined;
  const resolution = { renames: [], unnamed };
  return {
    ...masked,
    operations: [],
    completed: target,
    leftAlone: unnamed,
    unnamedDrops: [],
    spellings: [],
    renamable: [],
    resolution,
  };
}

async function compareAll(subject: ChangeSubject, answers: RenameAnswers): Promise<Changes> {
  const { current, rules, maskTarget, listUnnamed } = subject;
  const find: FindQuestions = (renames) => {
    const { target } = maskTarget(renames);
    return findRenameCandidates(withoutUnnamed(current, listUnnamed(target)), target, rules, renames);
  };
  const { renames: given = [], noRename = false, denied = [] } = await askAll(find, answers);
  const { renames, open: renamable } = resolveRenames(find, { renames: given, noRename, denied });
  const masked = maskTarget(renames);
  const resolution = { renames, unnamed: listUnnamed(masked.target) };
  const { target: completed, ...difference } = diffNamed(current, masked.target, rules, resolution);
  const spellings = findSpellings(renameAll(current, masked.target, rules, renames), masked.target, rules);
  return { ...masked, ...difference, completed, spellings, renamable, resolution };
}

/**
 * Finds what turns what is there into what is wanted.
 *
 * @throws DiffError when something may have been renamed and nobody says whether it was
 */
export async function findChanges(subject: ChangeSubject, answers: RenameAnswers): Promise<Changes> {
  // Whoever says that something was renamed hears of it where it was not.
  const agreement = (answers.renames ?? []).length === 0 ? findAgreement(subject) : undefined;
  return agreement ?? compareAll(subject, answers);
}
