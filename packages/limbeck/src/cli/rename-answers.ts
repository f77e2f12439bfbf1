import { resolve } from "node:path";
import { readAnswers } from "../config/read-answers.ts";
import type { RenameAnswers } from "../commands/find-changes.ts";
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
  readonly answers: string | undefined;
};

/** What is kept, or lost; an index holds nothing of its own. */
const CONTENTS: { readonly [Kind in RenameQuestion["kind"]]: string | undefined } = {
  table: "rows",
  column: "values",
  index: undefined,
  value: "places in rows",
};

/** What becomes of what it holds, if it is renamed and if it is not. */
function describeAnswers(kind: RenameQuestion["kind"]): readonly [keep: string, drop: string] {
  const content = CONTENTS[kind];
  return content === undefined ? ["", ""] : [` and keep its ${content}`, ` with its ${content}`];
}

/** Makes the one who asks. */
function createAsker(prompter: Prompter): (question: RenameQuestion) => Promise<string | null> {
  return async ({ kind, table, from, to, answer: yes }) => {
    const owner = table === undefined ? "" : ` of ${table}`;
    const [keep, drop] = describeAnswers(kind);
    const answer = await prompter.select(`Was the ${kind} ${from}${owner} renamed to ${to}?`, [
      { value: "yes", label: `Yes: rename it${keep}` },
      { value: "no", label: `No: drop ${from}${drop} and create ${to}` },
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
  { prompter, world }: Session,
  { rename = [], noRename, dropOk, answers }: RenameFlags,
): RenameAnswers & DropAnswers {
  const given = Object.entries(answers === undefined ? {} : readAnswers(resolve(world.cwd, answers)));
  const pick = (isSo: boolean): readonly string[] => given.flatMap(([answer, value]) => (value === isSo ? answer : []));
  return {
    renames: [...rename, ...pick(true).filter((answer) => !rename.includes(answer))],
    denied: pick(false),
    noRename,
    dropOk,
    ...(prompter && !noRename && { ask: createAsker(prompter) }),
    ...(prompter && !dropOk && { askDrop: createDropAsker(prompter) }),
  };
}
