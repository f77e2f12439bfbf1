import type { StampResult } from "../../commands/stamp.ts";
import type { Style } from "../style.ts";
import { renderNext } from "./next-command.ts";
import { formatPosition } from "./position.ts";
import { wrapBehind } from "./wrap-text.ts";

/** Where the database was declared to stand. */
export function tellStamp({ from, to }: StampResult, style: Style): string {
  const { paint, symbols, width } = style;
  const way = `${formatPosition(from)} ${symbols.arrow} ${formatPosition(to)}`;
  const verdict = wrapBehind(symbols.done, `Stamped ${way}. No revision was run and no table changed.`, width);
  return `${paint("good", verdict)}\n${renderNext("limbeck status", style)}`;
}
