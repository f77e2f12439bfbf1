/** The words of a command line, or why they can't be told without a shell. */
export type SplitWords =
  | { readonly ok: true; readonly words: readonly string[] }
  | { readonly ok: false; readonly problem: string };

const WORD = /(?:'[^']*'|"(?:[^"\\]|\\[^])*"|\\[^]|[^\s'"\\])+/g;

/** In single quotes, in double quotes, behind a backslash, without any of them. */
const PIECE = /'([^']*)'|"((?:[^"\\]|\\[^])*)"|\\([^])|([^'"\\]+)/g;

/** What only a shell gives a meaning to: anywhere in a word, in double quotes, and where a word begins. */
const SPECIAL = /[|&;<>()$`*?[]/;
const SPECIAL_IN_QUOTES = /(?<!\\)(?:\\\\)*([$`])/;
const SPECIAL_FIRST = /^[#~]/;

/** A backslash at the end of a line joins it with the next one. */
const unescape = (character: string): string => (character === "\n" ? "" : character);

function findSpecial(word: string): string | undefined {
  const [first] = SPECIAL_FIRST.exec(word) ?? [];
  if (first !== undefined) return first;
  for (const [, , inDouble, , plain] of word.matchAll(PIECE)) {
    const special = SPECIAL.exec(plain ?? "")?.[0] ?? SPECIAL_IN_QUOTES.exec(inDouble ?? "")?.[1];
    if (special !== undefined) return special;
  }
  return undefined;
}

/** A piece of a word without what protects it. */
function unquotePiece(piece: string): string {
  if (piece.startsWith("'")) return piece.slice(1, -1);
  if (piece.startsWith("\\")) return unescape(piece.slice(1));
  if (!piece.startsWith('"')) return piece;
  return piece.slice(1, -1).replaceAll(/\\([$`"\\\n])/g, (_pair, character: string) => unescape(character));
}

const unquote = (word: string): string => word.replaceAll(PIECE, (piece) => unquotePiece(piece));

/**
 * Splits a command line into words as a shell does, with its quotes and backslashes, but without a shell: nothing in it is expanded or run, and
 * what only a shell could give a meaning to is refused.
 *
 * @example
 * splitWords(`prettier --write "my file.ts"`); // { ok: true, words: ["prettier", "--write", "my file.ts"] }
 * splitWords("prettier && eslint"); // { ok: false, problem: '"&" needs a shell' }
 */
export function splitWords(line: string): SplitWords {
  if (line.replaceAll(WORD, "").trim() !== "") return { ok: false, problem: "a quotation mark or a backslash is open" };
  const written = line.match(WORD) ?? [];
  for (const word of written) {
    const special = findSpecial(word);
    if (special !== undefined) return { ok: false, problem: `"${special}" needs a shell, and there is none` };
  }
  // What is left of a backslash at the end of a line is no word.
  return { ok: true, words: written.filter((word) => word !== "\\\n").map(unquote) };
}
