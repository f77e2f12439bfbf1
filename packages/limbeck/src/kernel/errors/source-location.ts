import { maskLiterals } from "../mask-literals.ts";
import { quoteWord } from "../quote-word.ts";

/** A place in a file that somebody wrote, as errors show it. */
export interface SourceLocation {
  /** Absolute path of the file. */
  readonly path: string;
  /** Counts from 1; absent when only the file is known. */
  readonly line?: number;
  /** Counts from 1. */
  readonly column?: number;
  /** The text of the line. */
  readonly text?: string;
}

/** The place as `path:line:column`, as far as it is known; terminals and editors make a link of it. */
export function formatLocation({ path, line, column }: SourceLocation): string {
  return [path, line, column].filter((part) => part !== undefined).join(":");
}

/**
 * The command that opens the file of a place, to be typed as it is.
 *
 * @param remark what is to be done there
 */
export function offerEdit(place: SourceLocation | string, remark = ""): string {
  const word = quoteWord(typeof place === "string" ? place : formatLocation(place));
  return `limbeck edit ${word}${remark === "" ? "" : `   # ${remark}`}`;
}

/** What repairs something in a file, with the command that opens it at the place first; one thing that is said in words becomes its remark. */
export function withEdit(place: string, fix: readonly string[]): readonly string[] {
  const [first = "", ...others] = fix;
  const isRemark = others.length === 0 && !first.startsWith("limbeck ");
  return isRemark ? [offerEdit(place, first)] : [offerEdit(place), ...fix];
}

/** The line with its number and, below it, a mark at the column; empty when the line is not known. */
export function formatFrame({ line, column, text }: SourceLocation): string {
  if (line === undefined || text === undefined) return "";
  const gutter = " ".repeat(String(line).length);
  // Tabs stay tabs, so that the mark stands below its character whatever a tab is wide.
  const indent = text.slice(0, (column ?? 1) - 1).replaceAll(/[^\t]/g, " ");
  const mark = column === undefined ? "" : `\n  ${gutter} | ${indent}^`;
  return `  ${line} | ${text}${mark}`;
}

/** The place without the secrets in the text of its line; columns stay what they were. */
export function maskLocation(location: SourceLocation): SourceLocation {
  const { text } = location;
  return text === undefined ? location : { ...location, text: maskLiterals(text) };
}

/** A message, and below it the line it speaks of. */
export function withFrame(message: string, location: SourceLocation): string {
  return [message, formatFrame(location)].filter((part) => part !== "").join("\n");
}

/**
 * The place of a character in a text.
 *
 * @param offset counts UTF-16 units from 0
 */
export function locateOffset(path: string, text: string, offset: number): SourceLocation {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  const line = text.slice(0, start).split("\n").length;
  return {
    path,
    line,
    column: offset - start + 1,
    text: text.slice(start, end === -1 ? undefined : end).replace(/\r$/, ""),
  };
}

/** The lines of a text; a carriage return stays, because it may be part of a value. */
export function splitLines(text: string): readonly string[] {
  // Some editors put a byte order mark at the beginning.
  return text.replace(/^\uFEFF/, "").split("\n");
}

/** A line of a file as errors show it. */
export function locateLine(path: string, lines: readonly string[], line: number): SourceLocation {
  const text = lines[line - 1]?.trimEnd();
  return { path, line, ...(text !== undefined && { text }) };
}
