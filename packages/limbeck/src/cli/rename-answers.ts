import type { RenameAnswers } from "../commands/compare.ts";
import type { DropAnswers } from "../commands/require-history.ts";
import type { RenameQuestion } from "../diff/rename-candidates.ts";
import type { GlobalFlags } from "./global-flags.ts";
import type { Session } from "./session.ts";
import type { Prompter } from "./world.ts";

/** Options that answer questions about renames. */
export type RenameFlags = GlobalFlags & {
  readonly rename: readonly string[] | undefined;
  readonly noRename: boolean;
  readonly dropOk: boolean;
};

/** Makes the one who asks. */
function createAsker(prompter: Prompter): (question: RenameQuestion) => Promise<string | null> {
  return async ({ kind, table, from, to, answer: yes }) => {
    const owner = table === undefined ? "" : ` of ${table}`;
    const content = kind === "table" ? "rows" : "values";
    const answer = await prompter.select(`Was the ${kind} ${from}${owner} renamed to ${to}?`, [
      { value: "yes", label: `Yes: rename it and keep its ${content}` },
      { value: "no", label: `No: drop ${from} with its ${content} and create ${to}` },
    ]);
    return answer === "yes" ? yes : null;
  };
}

function createDropAsker(prompter: Prompter): NonNullable<DropAnswers["askDrop"]> {
  return (tables) =>
    prompter.confirm(
      `This database was never under Limbeck. May ${tables.join(", ")} be dropped, with all their rows?`,
    );
}

/** How questions about renames, and about tables that would go, are answered: by the options, or by the person at the terminal. */
export function renameAnswers(
  { prompter }: Session,
  { rename = [], noRename, dropOk }: RenameFlags,
): RenameAnswers & DropAnswers {
  return {
    renames: rename,
    noRename,
    dropOk,
    ...(prompter && !noRename && { ask: createAsker(prompter) }),
    ...(prompter && !dropOk && { askDrop: createDropAsker(prompter) }),
  };
}
