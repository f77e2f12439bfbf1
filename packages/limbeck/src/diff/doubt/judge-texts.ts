import { isSameExpression } from "../same-expression.ts";
import { doubleQuotes, simplifyText } from "./simplify-text.ts";

/** What can be told of two texts without asking an engine. */
export type Verdict = "same" | "different" | "unclear";

const PIECES = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\d[\w.]*|[\p{L}_][\p{L}\p{N}_$]*|[\s\S]/gu;
const IS_PLAIN_TEXT = /^\p{L}[\p{L}\p{N}_-]*$/u;
const IS_NUMBER = /^\d+$/;

/** An engine writes moments, and what it takes for one, in words of its own; so it does with truth. */
const ABOUT_TIME = /\b(?:date|time|timestamp|timestamptz|interval|extract|year|month|week|day|hour|minute|second)s?\b/i;
const SPECIAL: ReadonlySet<string> = new Set("t f true false yes no on off y n 0 1 now infinity".split(" "));

interface Facts {
  readonly words: ReadonlySet<string>;
  readonly literals: ReadonlySet<string>;
}

/** What a text speaks of that no engine leaves out or makes up: the names it mentions, its numbers, its plain texts. */
function findFacts(sql: string): Facts {
  const words = new Set<string>();
  const literals = new Set<string>();
  for (const [piece] of doubleQuotes(sql).matchAll(PIECES)) {
    if (piece.startsWith("'")) {
      const text = piece.slice(1, -1).replace(/^-(?=\d+$)/, "");
      if (IS_PLAIN_TEXT.test(text) || IS_NUMBER.test(text)) literals.add(text);
    } else if (IS_NUMBER.test(piece)) literals.add(piece);
    else words.add(piece.replaceAll(/^["`]|["`]$/g, "").toLowerCase());
  }
  return { words, literals: new Set([...literals].filter((literal) => !SPECIAL.has(literal.toLowerCase()))) };
}

/** A star stands for names that the engine writes out. */
const HAS_STAR = /(?:\bselect|\bdistinct|,|\.)\s*\*(?=\s|,|$)/i;

/**
 * Whether two texts say the same, as far as that can be told without an engine: `different` only where one speaks of something that the other does not.
 *
 * @param names what there is to speak of, tables and columns, in lower case
 */
export function judgeTexts(a: string, b: string, names: ReadonlySet<string>): Verdict {
  if (isSameExpression(a, b) || simplifyText(a) === simplifyText(b)) return "same";
  const [left, right] = [findFacts(a), findFacts(b)];
  const lacks = (sql: string, { words }: Facts, other: Facts): boolean =>
    !HAS_STAR.test(sql) && [...other.words].some((word) => names.has(word) && !words.has(word));
  if (lacks(a, left, right) || lacks(b, right, left)) return "different";
  if (ABOUT_TIME.test(a) || ABOUT_TIME.test(b)) return "unclear";
  return left.literals.symmetricDifference(right.literals).size > 0 ? "different" : "unclear";
}
