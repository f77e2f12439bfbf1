// In this order: string literals and quoted identifiers, words and numbers, blanks, runs of operators, any other character.
const TOKENS = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|[\p{L}\p{N}_$.]+|\s+|[-+*/<>=~!@#%^&|?]+|[\s\S]/gu;

const IS_WORD = /^[\p{L}\p{N}_$."'`]/u;
const IS_OPERATOR = /^[-+*/<>=~!@#%^&|?]/;
const HAS_COMMENT = /--|\/\*/;

/** Whether two tokens would become one, or change their meaning, without a blank between them. */
function needsBlank(left: string, right: string): boolean {
  return (IS_WORD.test(left) && IS_WORD.test(right)) || (IS_OPERATOR.test(left) && IS_OPERATOR.test(right));
}

function normalizeBlanks(sql: string): string {
  const tokens = sql.trim().match(TOKENS) ?? [];
  return tokens
    .map((token, position) => {
      if (token.trim() !== "") return token;
      return needsBlank(tokens[position - 1] ?? "", tokens[position + 1] ?? "") ? " " : "";
    })
    .join("");
}

/**
 * Whether two SQL texts differ in blanks only, outside of literals and quoted names. Nothing else is forgiven: what an
 * engine rewrites has to be compared after the engine rewrote both.
 *
 * @example
 * isSameExpression("a>0 AND b = 'x y'", "a > 0\n AND b='x y'"); // true
 */
export function isSameExpression(a: string, b: string): boolean {
  if (a === b) return true;
  // The end of a line ends a comment, so that its blanks mean something.
  if (HAS_COMMENT.test(a) || HAS_COMMENT.test(b)) return a.trim() === b.trim();
  return normalizeBlanks(a) === normalizeBlanks(b);
}
