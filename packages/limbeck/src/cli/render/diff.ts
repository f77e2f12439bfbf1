import type { DiffResult } from "../../commands/diff.ts";
import { adviseMissing } from "../../commands/find-missing.ts";
import { beginSentence } from "../../kernel/begin-sentence.ts";
import type { Style } from "../style.ts";
import { renderAsides } from "./asides.ts";
import { renderChanges } from "./changes.ts";
import { count } from "./count.ts";
import { renderNext } from "./next-command.ts";

/** What would change, and the statements that would do it; empty when nothing would. */
export function renderDiff({ changes, sql }: DiffResult, sqlOnly: boolean, style: Style): string {
  if (changes.length === 0) return "";
  return sqlOnly ? sql.trimEnd() : `${renderChanges(changes, style)}\n\n${sql.trimEnd()}`;
}

/** Says that two sides are the same: `The models and the database agree.` */
export const tellAgreement = ({ from, to }: Pick<DiffResult, "from" | "to">): string =>
  `${beginSentence(to)} and ${from} agree.`;

function tellVerdict(result: DiffResult, style: Style): string {
  const { changes, missing, generate } = result;
  if (changes.length > 0) {
    return `${count(changes.length, "change")}; nothing was written.\n${renderNext(generate, style)}`;
  }
  const [first] = missing;
  if (first) return renderNext(adviseMissing(first), style);
  return `${style.paint("good", style.symbols.done)} ${tellAgreement(result)}`;
}

/** How the two sides stand to each other. */
export function tellDiff(result: DiffResult, style: Style): string {
  return [renderAsides(result, style), tellVerdict(result, style)].filter((part) => part !== "").join("\n");
}
