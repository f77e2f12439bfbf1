import { readBlocks, readDocument } from "../../tools/walkthrough/read-document.ts";

/** How fast somebody reads, types and looks, who is new to it. */
const WORDS_PER_MINUTE = 150;
const SECONDS = {
  /** To look at a line of code, of an answer or of a table. */
  line: 2,
  /** To type a command, or copy it, and wait for it. */
  command: 25,
  /** To write a file from what is shown. */
  file: 120,
  /** To change lines in a file. */
  change: 30,
} as const;

const countWords = (text: string): number => text.split(/\s+/).filter((word) => /\w/.test(word)).length;

/**
 * Estimates how long it takes to read a guide and do what it says.
 *
 * @param name for messages
 * @param markdown the guide
 * @param isDone whether the reader types what is shown, or only reads it
 * @returns minutes
 */
export function estimateMinutes(name: string, markdown: string, isDone: boolean): number {
  const rows = /^\|.*\|$/gm;
  const shown = readBlocks(name, markdown).reduce((sum, block) => sum + block.lines.length, 0);
  const text = markdown.replaceAll(/^```[^]*?^```$/gm, "");
  const lines = shown + (text.match(rows) ?? []).length;
  const prose = text.replaceAll(rows, "");
  const reading = countWords(prose) / WORDS_PER_MINUTE + (lines * SECONDS.line) / 60;
  if (!isDone) return reading;
  const { steps } = readDocument(name, markdown);
  const count = (kind: string): number => steps.filter((step) => step.kind === kind).length;
  return (
    reading + (count("run") * SECONDS.command + count("write") * SECONDS.file + count("change") * SECONDS.change) / 60
  );
}
