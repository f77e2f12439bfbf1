import type { ScriptResult } from "../../commands/write-script.ts";
import type { Style } from "../style.ts";
import { count } from "./count.ts";
import { renderNext } from "./next-command.ts";
import { formatPosition } from "./position.ts";
import { wrapText } from "./wrap-text.ts";

/** What a script is, which nobody has run. */
export function tellScript({ from, to, revisions }: ScriptResult, next: string | undefined, style: Style): string {
  const { width } = style;
  if (revisions.length === 0)
    return wrapText(`Nothing to do at ${formatPosition(from)}, so there is no script.`, width);
  const way = `from ${formatPosition(from)} to ${formatPosition(to)}`;
  const note = wrapText(
    `Nothing was executed. The script leads ${way}: ${count(revisions.length, "revision")}.`,
    width,
  );
  return next === undefined ? note : `${note}\n${renderNext(next, style)}`;
}
