import { stripVTControlCharacters } from "node:util";

/** How much a terminal shows at once. */
export interface ScreenSize {
  /** Undefined where nobody knows. */
  readonly rows: number | undefined;
  readonly columns: number;
}

/** Rows that a line takes; a long one is broken by the terminal. */
const rowsOfLine = (line: string, { columns }: ScreenSize): number =>
  Math.max(1, Math.ceil(stripVTControlCharacters(line).length / columns));

const linesOf = (text: string): readonly string[] => text.replace(/\n$/, "").split("\n");

/** Whether a terminal shows all of a text. */
export function fitsScreen(text: string, size: ScreenSize): boolean {
  if (size.rows === undefined) return true;
  return linesOf(text).reduce((sum, line) => sum + rowsOfLine(line, size), 0) <= size.rows;
}

/** Rows below a page: one that is empty, and one that says how to go on. */
const BELOW = 2;

/** Breaks a text into pages that a terminal shows at once, with two rows left below each. */
export function breakIntoPages(text: string, size: ScreenSize): readonly string[] {
  if (size.rows === undefined) return [text];
  const most = Math.max(1, size.rows - BELOW);
  const pages: string[][] = [];
  let used = most;
  for (const line of linesOf(text)) {
    const rows = rowsOfLine(line, size);
    if (used + rows > most) {
      // A page begins with something.
      if (line === "") continue;
      pages.push([]);
      used = 0;
    }
    pages.at(-1)?.push(line);
    used += rows;
  }
  return pages.map((lines) => lines.join("\n"));
}
