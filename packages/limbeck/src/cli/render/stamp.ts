import type { StampResult, StampScript } from "../../commands/stamp.ts";
import type { Style } from "../style.ts";
import { renderNext } from "./next-command.ts";
import { formatPosition } from "./position.ts";
import { wrapBehind, wrapText } from "./wrap-text.ts";

/** Where the database was declared to stand. */
export function tellStamp({ from, to }: StampResult, style: Style): string {
  const { paint, symbols, width } = style;
  const way = `${formatPosition(from)} ${symbols.arrow} ${formatPosition(to)}`;
  const verdict = wrapBehind(symbols.done, `Stamped ${way}. No revision was run and no table changed.`, width);
  return `${paint("good", verdict)}\n${renderNext("limbeck status", style)}`;
}

/** What a script is that declares a database to stand elsewhere. */
export function tellStampScript({ from, to, script }: StampScript, { width, symbols }: Style): string {
  if (script === "") return wrapText(`Nothing to do at ${formatPosition(from)}, so there is no script.`, width);
  const way = `${formatPosition(from)} ${symbols.arrow} ${formatPosition(to)}`;
  return wrapText(`Nothing was executed. The script stamps ${way} and runs no revision.`, width);
}
