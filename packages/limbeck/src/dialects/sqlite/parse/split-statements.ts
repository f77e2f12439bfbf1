import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { tokenize } from "./tokenize.ts";
import type { Token } from "./tokenize.ts";

/** One statement of a script. */
export interface ScriptStatement {
  /** As written, comments inside included, without the final semicolon and what surrounds it. */
  readonly sql: string;
  /** Line of the script in which it begins, from 1. */
  readonly line: number;
}

/**
 * Splits a script into its statements. Knows strings, comments and trigger bodies, in which semicolons do not end the
 * statement.
 *
 * @throws ConnectionError (unfinishedScript) when a quotation mark, a block comment or a trigger body is not closed
 * @example
 * splitStatements("CREATE TABLE t (a); -- done\nDROP TABLE t;"); // two statements, in lines 1 and 2
 */
export function splitStatements(script: string): readonly ScriptStatement[] {
  const tokens = tokenize(script);
  refuseOpenEnds(script, tokens);
  const statements: ScriptStatement[] = [];
  const lines = new LineCounter(script);
  let first = 0;
  while (first < tokens.length) {
    const end = findEnd(script, tokens, first);
    const from = tokens[first];
    const to = tokens[end - 1];
    if (end > first && from !== undefined && to !== undefined) {
      statements.push({ sql: script.slice(from.start, to.end), line: lines.lineOf(from.start) });
    }
    first = end + 1;
  }
  return statements;
}

/** Counts lines forwards only, so that a long script is read once. */
class LineCounter {
  readonly #script: string;
  #line = 1;
  #position = 0;

  constructor(script: string) {
    this.#script = script;
  }

  lineOf(offset: number): number {
    for (let at = this.#script.indexOf("\n", this.#position); at !== -1 && at < offset;) {
      this.#line += 1;
      this.#position = at + 1;
      at = this.#script.indexOf("\n", this.#position);
    }
    return this.#line;
  }
}

/** Index of the semicolon that ends the statement beginning at `first`, or of the end of the script. */
function findEnd(script: string, tokens: readonly Token[], first: number): number {
  const isTrigger = beginsTrigger(tokens, first);
  for (let index = first; index < tokens.length; index += 1) {
    if (tokens[index]?.text === ";" && (!isTrigger || endsTrigger(tokens, index))) return index;
  }
  if (isTrigger && !endsTrigger(tokens, tokens.length)) {
    throw unfinished(script, tokens[first]?.start ?? 0, "the trigger body");
  }
  return tokens.length;
}

/**
 * Whether "; END" stands before a token. It ends a trigger and nothing in its body: a CASE ends with END too, but no statement
 * begins with it. SQLite's own shell tells the same way. https://www.sqlite.org/c3ref/complete.html
 */
function endsTrigger(tokens: readonly Token[], index: number): boolean {
  return tokens[index - 1]?.keyword === "END" && tokens[index - 2]?.text === ";";
}

function beginsTrigger(tokens: readonly Token[], first: number): boolean {
  const words = tokens.slice(first, first + 5).map(({ keyword }) => keyword);
  const create = words[0] === "EXPLAIN" ? words.indexOf("CREATE") : 0;
  if (words[create] !== "CREATE") return false;
  const isTemporary = words[create + 1] === "TEMP" || words[create + 1] === "TEMPORARY";
  return words[create + (isTemporary ? 2 : 1)] === "TRIGGER";
}

function refuseOpenEnds(script: string, tokens: readonly Token[]): void {
  const unclosed = tokens.find(({ kind }) => kind === "unclosed");
  if (unclosed !== undefined) throw unfinished(script, unclosed.start, `the quotation mark ${unclosed.text}`);
  const tail = tokens.at(-1)?.end ?? 0;
  const comment = findOpenComment(script, tail);
  if (comment !== -1) throw unfinished(script, comment, "the comment");
}

/** Where a block comment begins that nothing closes; only comments and white space follow the last token. */
function findOpenComment(script: string, tail: number): number {
  let position = tail;
  while (position < script.length) {
    if (script.startsWith("--", position)) {
      const newline = script.indexOf("\n", position);
      if (newline === -1) return -1;
      position = newline;
    } else if (script.startsWith("/*", position)) {
      const close = script.indexOf("*/", position + 2);
      if (close === -1) return position;
      position = close + 2;
    } else {
      position += 1;
    }
  }
  return -1;
}

function unfinished(script: string, offset: number, missing: string): Error {
  return connectionErrors.unfinishedScript({ line: new LineCounter(script).lineOf(offset), missing });
}
