import type { Token } from "./tokenize.ts";

/** The name that a word or a quoted name stands for: outside of quotation marks capitals mean nothing. */
export function readName({ text }: Token): string {
  return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text.toLowerCase();
}
