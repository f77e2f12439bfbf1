/**
 * Comments and blanks, then a string, a quoted name, a word, or a single character. Deliberately another reading of SQL than that of the
 * parser: what the two see has to agree.
 */
const PIECE =
  /(?:\s|--[^\n]*|\/\*[^]*?(?:\*\/|$))+|('(?:[^']|'')*')|("(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\])|([\w$\u0080-\uFFFF]+)|[^]/gu;

const PLAIN_NAME = /^[a-z_][a-z0-9_]*$/;

/** One word of an SQL text, in its plainest form. */
export interface Word {
  /** In small letters unless it is a string; names without quotation marks where they can do without. */
  readonly text: string;
  /** Whether it was written with quotation marks around it, so that it is no keyword. */
  readonly isQuoted: boolean;
}

function toWord([text, string, name]: RegExpMatchArray): Word {
  if (string !== undefined) return { text: string, isQuoted: true };
  if (name === undefined) return { text: text.toLowerCase(), isQuoted: false };
  const plain = name.slice(1, -1).toLowerCase();
  return { text: PLAIN_NAME.test(plain) ? plain : JSON.stringify(plain), isQuoted: true };
}

/** The words of an SQL text without what means nothing: comments, blanks, capitals, quotation marks around plain names. */
export function readWords(sql: string): readonly Word[] {
  return Array.from(sql.matchAll(PIECE))
    .filter(([text, string, name, word]) => string ?? name ?? word ?? !/^(?:\s|--|\/\*)/.test(text))
    .map(toWord);
}

/** Where the parenthesis that opens at a position is closed; the end of the words when it is not. */
export function findClosing(words: readonly Word[], open: number): number {
  let depth = 0;
  for (let index = open; index < words.length; index += 1) {
    if (words[index]?.text === "(") depth += 1;
    if (words[index]?.text === ")") depth -= 1;
    if (depth === 0) return index;
  }
  return words.length;
}

/** The words as one text, without parentheses around the whole. */
export function joinWords(words: readonly Word[]): string {
  const isWrapped = words.length > 1 && words[0]?.text === "(" && findClosing(words, 0) === words.length - 1;
  return isWrapped ? joinWords(words.slice(1, -1)) : words.map(({ text }) => text).join(" ");
}
