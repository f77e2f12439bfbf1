import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { tokenize, type Token } from "./tokenize.ts";

/** One statement of a script. */
export interface SplitStatement {
  /** As written, comments inside included, without the final semicolon and what surrounds it. */
  readonly sql: string;
  /** Line of the script in which it begins, from 1. */
  readonly line: number;
  readonly tokens: readonly Token[];
  /** A line for the client, `\connect` for example, which no server understands. */
  readonly isClientCommand: boolean;
}

/** How many bodies of `BEGIN ATOMIC ... END` are open behind a token; a CASE ends with END as well. */
function changeDepth(depth: number, token: Token, previous: Token | undefined): number {
  if (token.keyword === "ATOMIC" && previous?.keyword === "BEGIN") return depth + 1;
  if (depth === 0) return 0;
  if (token.keyword === "CASE") return depth + 1;
  return token.keyword === "END" ? depth - 1 : depth;
}

/** Index of the semicolon that ends the statement beginning at `first`, or of the end. Those in parentheses, of rules for example, end none. */
function findEnd(tokens: readonly Token[], first: number): number {
  let bodies = 0;
  let parentheses = 0;
  for (let index = first; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined) break;
    bodies = changeDepth(bodies, token, tokens[index - 1]);
    if (token.text === "(") parentheses += 1;
    if (token.text === ")") parentheses -= 1;
    if (token.text === ";" && bodies === 0 && parentheses <= 0) return index;
  }
  return tokens.length;
}

const countLines = (script: string, offset: number): number => script.slice(0, offset).split("\n").length;

const UNCLOSED: readonly (readonly [begin: string, what: string])[] = [
  ["/*", "the comment"],
  ["$", "the dollar quote"],
];

function refuseOpenEnds(script: string, tokens: readonly Token[]): void {
  const unclosed = tokens.find(({ kind }) => kind === "unclosed");
  if (!unclosed) return;
  const what = UNCLOSED.find(([begin]) => unclosed.text.startsWith(begin))?.[1];
  const missing = what ?? `the quotation mark ${/["']/.exec(unclosed.text)?.[0] ?? ""}`;
  throw connectionErrors.unfinishedScript({ line: countLines(script, unclosed.start), missing });
}

/** The end of the line that a position is in. */
function endOfLine(script: string, position: number): number {
  const end = script.indexOf("\n", position);
  return end === -1 ? script.length : end;
}

/**
 * Splits a script of `psql` into its statements. Knows strings, dollar quotes, comments, function bodies in SQL, rules, and the lines that are for the client.
 *
 * @throws ConnectionError (unfinishedScript) when a quotation mark, a dollar quote or a comment is not closed
 */
export function splitStatements(script: string): readonly SplitStatement[] {
  const tokens = tokenize(script);
  const statements: SplitStatement[] = [];
  let first = 0;
  while (first < tokens.length) {
    const from = tokens[first];
    if (from === undefined) break;
    if (from.text === "\\") {
      const end = endOfLine(script, from.start);
      const sql = script.slice(from.start, end);
      statements.push({ sql, line: countLines(script, from.start), tokens: [], isClientCommand: true });
      const next = tokens.findIndex(({ start }, index) => index > first && start >= end);
      first = next === -1 ? tokens.length : next;
      continue;
    }
    const end = findEnd(tokens, first);
    const own = tokens.slice(first, end);
    const to = own.at(-1);
    if (to !== undefined) {
      const sql = script.slice(from.start, to.end);
      statements.push({ sql, line: countLines(script, from.start), tokens: own, isClientCommand: false });
    }
    first = end + 1;
  }
  refuseOpenEnds(
    script,
    statements.flatMap((statement) => statement.tokens),
  );
  return statements;
}
