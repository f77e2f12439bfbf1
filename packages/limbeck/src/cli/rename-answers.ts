import type { RenameAnswers } from "../commands/compare.ts";
import type { RenameQuestion } from "../diff/rename-candidates.ts";
import type { GlobalFlags } from "./global-flags.ts";
import type { Session } from "./session.ts";
import type { Prompter } from "./world.ts";

/** Options that answer questions about renames. */
export type RenameFlags = GlobalFlags & {
  readonly rename: readonly string[] | undefined;
  readonly noRename: boolean;
};

/** What is kept, or lost. */
const CONTENTS: { readonly [Kind in RenameQuestion["kind"]]: string } = {
  table: "rows",
  column: "values",
  index: "values",
  value: "places in rows",
};

/** Makes the one who asks. */
function createAsker(prompter: Prompter): (question: RenameQuestion) => Promise<string | null> {
  return async ({ kind, table, from, to, answer: yes }) => {
    const owner = table === undefined ? "" : ` of ${table}`;
    const content = CONTENTS[kind];
    const answer = await prompter.select(`Was the ${kind} ${from}${owner} renamed to ${to}?`, [
      { value: "yes", label: `Yes: rename it and keep its ${content}` },
      { value: "no", label: `No: drop ${from} with its ${content} and create ${to}` },
    ]);
    return answer === "yes" ? yes : null;
  };
}

/** How questions about renames are answered: by the options, or by the person at the terminal. */
export function renameAnswers({ prompter }: Session, { rename = [], noRename }: RenameFlags): RenameAnswers {
  return { renames: rename, noRename, ...(prompter && !noRename && { ask: createAsker(prompter) }) };
}
