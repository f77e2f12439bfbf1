import { readName, type Token } from "./tokenize.ts";

const isAt = (tokens: readonly Token[], at: number, ...texts: readonly string[]): boolean =>
  texts.every((text, offset) => tokens[at + offset]?.text === text);

/** What follows the text in `replace('a\\0b', '\\0', char(0))`. */
function readReplacement(tokens: readonly Token[]): { readonly mark: string; readonly character: string } | undefined {
  const [, mark, , , , code] = tokens;
  if (tokens.length !== 8 || mark?.kind !== "string" || code?.kind !== "number") return undefined;
  if (!isAt(tokens, 0, ",") || !isAt(tokens, 2, ",", "char", "(") || !isAt(tokens, 6, ")", ")")) return undefined;
  return { mark: readName(mark), character: String.fromCharCode(Number(code.text)) };
}

/**
 * Reads the expression as which `quoteLiteral` writes a text that no literal can hold.
 *
 * @returns undefined for any other expression
 */
export function parseTextExpression(tokens: readonly Token[]): string | undefined {
  const [first] = tokens;
  if (tokens.length === 1) return first?.kind === "string" ? readName(first) : undefined;
  if (!isAt(tokens, 0, "replace", "(")) return undefined;
  const replacement = readReplacement(tokens.slice(-8));
  const text = replacement && parseTextExpression(tokens.slice(2, -8));
  return replacement && text?.replaceAll(replacement.mark, () => replacement.character);
}
