import type { Token } from "./tokenize.ts";

/** The name that a word or a quoted name stands for. */
export function readName({ text }: Token): string {
  const mark = text[0] ?? "";
  return mark === "`" || mark === '"' ? text.slice(1, -1).replaceAll(mark + mark, mark) : text;
}
