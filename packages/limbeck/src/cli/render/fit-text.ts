import { stripVTControlCharacters } from "node:util";
import fastStringWidth from "fast-string-width";

/** Text that takes one column for each character. */
const PLAIN = /^[\x20-\x7E]*$/;

/** How many columns a terminal needs for a text; its colours need none. */
export function measureText(text: string): number {
  if (PLAIN.test(text)) return text.length;
  const bare = stripVTControlCharacters(text);
  return PLAIN.test(bare) ? bare.length : fastStringWidth(bare);
}

function cut(text: string, width: number): string {
  if (PLAIN.test(text)) return text.slice(0, width);
  let kept = "";
  let room = width;
  // What looks like one character is never torn apart.
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    room -= measureText(segment);
    if (room < 0) break;
    kept += segment;
  }
  return kept;
}

/** A text that fits into so many columns: whole, or cut and with the ellipsis, of narrow signs, at its end. */
export function fitText(text: string, width: number, ellipsis: string): string {
  if (measureText(text) <= width) return text;
  return cut(text, width - ellipsis.length).trimEnd() + ellipsis;
}
