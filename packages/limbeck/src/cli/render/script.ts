import type { ScriptResult } from "../../commands/write-script.ts";
import type { Style } from "../style.ts";
import { count } from "./count.ts";
import { renderNext } from "./next-command.ts";
import { renderNotices } from "./notices.ts";
import { formatPosition } from "./position.ts";
import { wrapText } from "./wrap-text.ts";

const tellRenewed = (views: readonly string[]): string =>
  `Made anew: ${views.join(", ")}. What only the database knows of ${views.length === 1 ? "it" : "them"}, rights and notes for example, is not in the script; a run keeps it.`;

/** What a script is, which nobody has run. */
export function tellScript(result: ScriptResult, next: string | undefined, style: Style): string {
  const { from, to, revisions, notices, leftOut, renewed } = result;
  const { width } = style;
  if (revisions.length === 0)
    return wrapText(`Nothing to do at ${formatPosition(from)}, so there is no script.`, width);
  const way = `from ${formatPosition(from)} to ${formatPosition(to)}`;
  const note = `Nothing was executed. The script leads ${way}: ${count(revisions.length, "revision")}.`;
  const missing = leftOut.map(({ kind, name }) => `${kind} ${name}`).join(", ");
  return [
    ...renderNotices(notices, style),
    ...(missing === "" ? [] : [wrapText(`Not on the scratch database, and left out: ${missing}.`, width)]),
    ...(renewed.length === 0 ? [] : [wrapText(tellRenewed(renewed), width)]),
    wrapText(note, width),
    ...(next === undefined ? [] : [renderNext(next, style)]),
  ].join("\n");
}
