import { tokenize, type Token } from "./tokenize.ts";

/** A token, and how many parentheses are open where it stands; they themselves stand outside of what they hold. */
export interface PlacedToken extends Token {
  readonly depth: number;
}

/** The tokens of SQL text with their places in its parentheses. */
export function placeTokens(sql: string): readonly PlacedToken[] {
  let depth = 0;
  return tokenize(sql).map((token) => {
    if (token.text === ")") depth -= 1;
    const placed = { ...token, depth };
    if (token.text === "(") depth += 1;
    return placed;
  });
}
