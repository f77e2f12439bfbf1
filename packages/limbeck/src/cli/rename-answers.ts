import type { RenameAnswers } from "../commands/compare.ts";
import type { RenameQuestion } from "../diff/rename-candidates.ts";
import { parseRename } from "../diff/renames/parse-rename.ts";
import type { GlobalFlags } from "./global-flags.ts";
import type { Session } from "./session.ts";
import type { Prompter } from "./world.ts";

/** Options that answer questions about renames. */
export type RenameFlags = GlobalFlags & {
  readonly rename: readonly string[] | undefined;
  readonly noRename: boolean;
};

/** What a rename takes away and brings, as far as it keeps another one from being true. */
interface Taken {
  readonly table: string | undefined;
  readonly from: string;
  readonly to: string;
}

function isRuledOut(question: RenameQuestion, taken: readonly Taken[]): boolean {
  return taken.some(
    ({ table, from, to }) => table === question.table && (from === question.from || to === question.to),
  );
}

async function askOne({ kind, table, from, to }: RenameQuestion, prompter: Prompter): Promise<boolean> {
  const owner = table === undefined ? "" : ` of ${table}`;
  const content = kind === "table" ? "rows" : "values";
  const answer = await prompter.select(`Was the ${kind} ${from}${owner} renamed to ${to}?`, [
    { value: "yes", label: `Yes: rename it and keep its ${content}` },
    { value: "no", label: `No: drop ${from} with its ${content} and create ${to}` },
  ]);
  return answer === "yes";
}

/** Makes the one who asks; it remembers the answers, so that nothing is asked that they have settled. */
function createAsker(
  prompter: Prompter,
  given: readonly string[],
): (question: RenameQuestion) => Promise<string | null> {
  const taken: Taken[] = given.map(parseRename).map(({ table, from, to }) => ({ table, from, to }));
  const accepted = new Set(given);
  return async (question) => {
    const isMoot = question.given !== undefined && !accepted.has(question.given);
    // An index can be made anew without losing anything: not worth a question.
    if (isMoot || !question.required || isRuledOut(question, taken)) return null;
    if (!(await askOne(question, prompter))) return null;
    taken.push({ table: question.table, from: question.from, to: question.to });
    accepted.add(question.answer);
    return question.answer;
  };
}

/**
 * How questions about renames are answered: by the options, or by the person at the terminal.
 *
 * @throws DiffError when a `--rename` cannot be read
 */
export function renameAnswers({ prompter }: Session, { rename = [], noRename }: RenameFlags): RenameAnswers {
  return {
    renames: rename,
    noRename,
    ...(prompter && !noRename && { ask: createAsker(prompter, rename) }),
  };
}
