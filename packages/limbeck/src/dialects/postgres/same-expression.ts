import { isSameExpression } from "../../diff/same-expression.ts";
import { tokenize } from "./parse/tokenize.ts";

const HAS_COMMENT = /--|\/\*/;

/** The position behind a bracket's closing counterpart; the bracket stands at the position given. */
function findClose(tokens: readonly string[], start: number): number {
  let depth = 0;
  for (let at = start; at < tokens.length; at += 1) {
    const token = tokens[at] ?? "";
    if (token === "(" || token === "[") depth += 1;
    if (token === ")" || token === "]") depth -= 1;
    if (depth === 0) return at + 1;
  }
  return tokens.length;
}

function splitAtCommas(tokens: readonly string[]): readonly (readonly string[])[] {
  const parts: string[][] = [[]];
  for (let at = 0; at < tokens.length;) {
    const isOpening = tokens[at] === "(" || tokens[at] === "[";
    const end = isOpening ? findClose(tokens, at) : at + 1;
    if (tokens[at] === ",") parts.push([]);
    else parts.at(-1)?.push(...tokens.slice(at, end));
    at = end;
  }
  return parts;
}

/** The type that a cast to an array names, `text` in `::text[]`, and the position behind it; undefined where there is no such cast. */
function readArrayCast(
  tokens: readonly string[],
  start: number,
): { readonly type: readonly string[]; readonly end: number } | undefined {
  if (tokens[start] !== ":" || tokens[start + 1] !== ":") return undefined;
  const open = tokens.indexOf("[", start);
  const type = tokens.slice(start + 2, open);
  const isType = type.length > 0 && type.every((token) => /^[\p{L}\p{N}_$."(),]/u.test(token) && token !== "ARRAY");
  return open !== -1 && isType && tokens[open + 1] === "]" ? { type, end: open + 2 } : undefined;
}

/** An array constructor with the cast that follows it, in parentheses or not, told by the cast of each element. */
function readArray(
  tokens: readonly string[],
  start: number,
): { readonly tokens: readonly string[]; readonly end: number } | undefined {
  const isWrapped = tokens[start] === "(";
  const open = start + (isWrapped ? 2 : 1);
  if (tokens[open - 1]?.toUpperCase() !== "ARRAY" || tokens[open] !== "[") return undefined;
  const close = findClose(tokens, open);
  if (isWrapped && tokens[close] !== ")") return undefined;
  const cast = readArrayCast(tokens, isWrapped ? close + 1 : close);
  const inside = tokens.slice(open + 1, close - 1);
  // An empty one has its type from nowhere else.
  if (cast === undefined || inside.length === 0) return undefined;
  const elements = splitAtCommas(inside).map((element) => {
    const own = spreadCasts(element);
    return [...(isWrapped ? ["(", ...own, ")"] : own), ":", ":", ...cast.type];
  });
  const listed = elements.flatMap((element, index) => (index === 0 ? element : [",", ...element]));
  return { tokens: ["ARRAY", "[", ...listed, "]"], end: cast.end };
}

function spreadCasts(tokens: readonly string[]): readonly string[] {
  const out: string[] = [];
  for (let at = 0; at < tokens.length;) {
    const array = readArray(tokens, at);
    out.push(...(array?.tokens ?? tokens.slice(at, at + 1)));
    at = array?.end ?? at + 1;
  }
  return out;
}

const normalize = (sql: string): string => JSON.stringify(spreadCasts(tokenize(sql).map(({ text }) => text)));

/**
 * Whether two SQL texts that the server has spelled say the same. What it prints it mostly reads as it was; but a list of texts beside a column of varchar,
 * `role IN ('a', 'b')`, is printed with a cast of the array, and when that is read again, the cast goes into each element: a restored dump prints
 * other words than the original.
 *
 * @example
 * isSamePostgresExpression("(ARRAY['a'::character varying])::text[]", "ARRAY[('a'::character varying)::text]"); // true
 */
export function isSamePostgresExpression(a: string, b: string): boolean {
  if (isSameExpression(a, b)) return true;
  if (!/\barray\b/i.test(a) || !/\barray\b/i.test(b) || HAS_COMMENT.test(a) || HAS_COMMENT.test(b)) return false;
  return normalize(a) === normalize(b);
}
