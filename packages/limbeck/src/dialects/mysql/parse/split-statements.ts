import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { readToken, skipBlanks, type Token } from "./tokenize.ts";

/** One statement of a script. */
export interface SplitStatement {
  /** As written, comments inside included, without the final delimiter and what surrounds it. */
  readonly sql: string;
  /** Line of the script in which it begins, from 1. */
  readonly line: number;
  readonly tokens: readonly Token[];
  /** A line for the client, `DELIMITER $$` for example, which no server understands. */
  readonly isClientCommand: boolean;
}

const DELIMITER = /DELIMITER[^\S\n]+(\S+)[^\n]*/iy;
const OWN_ENDS: readonly (string | undefined)[] = ["IF", "LOOP", "REPEAT", "WHILE", "FOR"];
const WITH_BODIES: readonly string[] = ["TRIGGER", "PROCEDURE", "FUNCTION", "EVENT", "PACKAGE"];

/** Whether a statement may have a body with semicolons in it. */
function mayHaveBody(tokens: readonly Token[]): boolean {
  const [first, second] = tokens;
  if (first?.keyword === "BEGIN") return second?.keyword === "NOT";
  const words = tokens.slice(1, 12).map(({ keyword }) => keyword);
  return first?.keyword === "CREATE" && words.some((word) => WITH_BODIES.includes(word));
}

/** How many bodies are open behind the last token; `END IF` and the like end what opened none here. */
function countBodies(tokens: readonly Token[]): number {
  let depth = 0;
  for (const [index, { keyword }] of tokens.entries()) {
    const isAfterEnd = tokens[index - 1]?.keyword === "END";
    if (keyword === "BEGIN" || (keyword === "CASE" && !isAfterEnd)) depth += 1;
    if (keyword === "END" && !OWN_ENDS.includes(tokens[index + 1]?.keyword)) depth -= 1;
  }
  return depth;
}

const isInBody = (tokens: readonly Token[]): boolean => mayHaveBody(tokens) && countBodies(tokens) > 0;

const countLines = (script: string, offset: number): number => script.slice(0, offset).split("\n").length;

function refuseOpenEnd(script: string, { kind, text, start }: Token): void {
  if (kind !== "unclosed") return;
  const missing = text.startsWith("/*") ? "the comment" : `the quotation mark ${text[0] ?? ""}`;
  throw connectionErrors.unfinishedScript({ line: countLines(script, start), missing });
}

/** The token, without a delimiter that it runs into: that of `END$$` is no part of the word. */
function cutAtDelimiter(token: Token, delimiter: string): Token {
  const at = token.kind === "word" ? token.text.indexOf(delimiter) : -1;
  if (at <= 0) return token;
  const text = token.text.slice(0, at);
  return { ...token, text, keyword: text.toUpperCase(), end: token.start + at };
}

/** Reads the line of the client at a place; undefined where there is none. */
function readDelimiter(
  script: string,
  position: number,
): { readonly delimiter: string; readonly end: number } | undefined {
  const pattern = new RegExp(DELIMITER);
  pattern.lastIndex = position;
  const delimiter = pattern.exec(script)?.[1];
  return delimiter === undefined ? undefined : { delimiter, end: pattern.lastIndex };
}

/**
 * Splits a script of the vendor's client into its statements. Knows strings, comments, executable comments, bodies of triggers and routines, and `DELIMITER`.
 *
 * @throws ConnectionError (unfinishedScript) when a quotation mark or a comment is not closed
 */
export function splitStatements(script: string): readonly SplitStatement[] {
  const statements: SplitStatement[] = [];
  let delimiter = ";";
  let tokens: Token[] = [];
  const finish = (): void => {
    const [first, last] = [tokens[0], tokens.at(-1)];
    if (first && last) {
      // An executable comment around all of it is a part of it.
      const open = script.slice(0, first.start).match(/\/\*M?!\d*\s*$/)?.[0].length ?? 0;
      const close = script.slice(last.end).match(/^(?:\s*\*\/)+/)?.[0].length ?? 0;
      const sql = script.slice(first.start - open, last.end + close);
      statements.push({ sql, line: countLines(script, first.start), tokens, isClientCommand: false });
    }
    tokens = [];
  };
  for (let position = skipBlanks(script, 0); position < script.length; position = skipBlanks(script, position)) {
    const command = tokens.length === 0 ? readDelimiter(script, position) : undefined;
    if (command) {
      const sql = script.slice(position, command.end);
      statements.push({ sql, line: countLines(script, position), tokens: [], isClientCommand: true });
      ({ delimiter, end: position } = command);
    } else if (script.startsWith(delimiter, position) && (delimiter !== ";" || !isInBody(tokens))) {
      finish();
      position += delimiter.length;
    } else {
      const token = cutAtDelimiter(readToken(script, position), delimiter);
      refuseOpenEnd(script, token);
      tokens.push(token);
      position = token.end;
    }
  }
  finish();
  return statements;
}
