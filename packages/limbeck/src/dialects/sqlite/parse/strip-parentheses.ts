import type { Token } from "./tokenize.ts";

/** The tokens inside all parentheses that enclose the whole of them: those of `a + 1` from `((a + 1))`. */
export function stripParentheses(tokens: readonly Token[]): readonly Token[] {
  let inner = tokens;
  while (inner.length > 2 && findClosing(inner, 0) === inner.length - 1) inner = inner.slice(1, -1);
  return inner;
}

/** Index of the parenthesis that closes the one at `opening`; -1 when there is no parenthesis at `opening`. */
export function findClosing(tokens: readonly Token[], opening: number): number {
  if (tokens[opening]?.text !== "(") return -1;
  let depth = 0;
  for (let index = opening; index < tokens.length; index += 1) {
    if (tokens[index]?.text === "(") depth += 1;
    if (tokens[index]?.text === ")") depth -= 1;
    if (depth === 0) return index;
  }
  return -1;
}
