/** One piece of JavaScript or TypeScript text. */
export interface Token {
  readonly kind: "word" | "string" | "template" | "number" | "regex" | "punctuation";
  readonly text: string;
  /** Where it begins, in UTF-16 units from 0. */
  readonly start: number;
  /** Where it ends. */
  readonly end: number;
  /** Whether a line break stands before it. */
  readonly startsLine: boolean;
}

const WORD = /[\w$\u0080-\uffff]+/y;
const DOUBLE_QUOTED = /"[^"\\\n]*(?:\\[^][^"\\\n]*)*"?/y;
const SINGLE_QUOTED = /'[^'\\\n]*(?:\\[^][^'\\\n]*)*'?/y;
const TEMPLATE_TEXT = /[^`\\$]*(?:(?:\\[^]|\$(?!\{))[^`\\$]*)*/y;
const REGEX = /\/[^/\\[\n]*(?:(?:\\.|\[[^\]\\\n]*(?:\\.[^\]\\\n]*)*\])[^/\\[\n]*)*\/\w*/y;

/** After these words a slash begins a regular expression; after any other it divides. */
const OPERATOR_WORDS: ReadonlySet<string> = new Set(
  "return typeof case in of delete void instanceof new throw await yield else do".split(" "),
);

/**
 * Walks through JavaScript or TypeScript text piece by piece and never mistakes what stands in a comment, a string, a
 * template or a regular expression for code. It knows no grammar beyond that; the one guess is whether a slash divides.
 */
export class SourceScanner {
  readonly #text: string;
  #position: number;
  #startsLine = true;
  #dividesNext = false;
  #depth = 0;
  /** The comments passed so far, as they stand in the text. */
  readonly comments: { readonly start: number; readonly end: number }[] = [];

  constructor(text: string) {
    this.#text = text;
    // `#!` counts as a comment on the first line only.
    this.#position = text.startsWith("#!") ? endOfLine(text, 0) : 0;
  }

  /** How far it has come, in UTF-16 units. */
  get position(): number {
    return this.#position;
  }

  /** How many brackets of any kind are open. */
  get depth(): number {
    return this.#depth;
  }

  /** The next piece; undefined at the end. */
  next(): Token | undefined {
    this.#skipSpace();
    if (this.#position >= this.#text.length) return undefined;
    const start = this.#position;
    const startsLine = this.#startsLine;
    const kind = this.#read();
    const text = this.#text.slice(start, this.#position);
    if (kind === "punctuation") this.#count(text);
    this.#dividesNext =
      kind === "punctuation"
        ? text === ")" || text === "]" || text === "}"
        : kind !== "word" || !OPERATOR_WORDS.has(text);
    return { kind, text, start, end: this.#position, startsLine };
  }

  /** The next piece, without moving on. */
  peek(): Token | undefined {
    const state = [this.#position, this.#dividesNext, this.#depth] as const;
    const comments = this.comments.length;
    const token = this.next();
    [this.#position, this.#dividesNext, this.#depth] = state;
    this.comments.length = comments;
    return token;
  }

  /**
   * Passes over what a sticky pattern matches right here, and gives the match: a short cut for text that is known to be common.
   *
   * @returns null, without moving, when it does not match
   */
  match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#position;
    const match = pattern.exec(this.#text);
    if (match) this.#position = pattern.lastIndex;
    return match;
  }

  #count(bracket: string): void {
    if (bracket === "{" || bracket === "(" || bracket === "[") this.#depth += 1;
    if (bracket === "}" || bracket === ")" || bracket === "]") this.#depth -= 1;
  }

  #skipSpace(): void {
    const text = this.#text;
    this.#startsLine = this.#position === 0;
    for (;;) {
      const code = text.charCodeAt(this.#position);
      if (code === 10) this.#startsLine = true;
      if (code === 32 || (code >= 9 && code <= 13) || code === 0xfeff || code === 0xa0) {
        this.#position += 1;
      } else if (code === 47 && text.startsWith("//", this.#position)) {
        this.#skipComment(endOfLine(text, this.#position));
      } else if (code === 47 && text.startsWith("/*", this.#position)) {
        const end = text.indexOf("*/", this.#position + 2);
        this.#skipComment(end === -1 ? text.length : end + 2);
      } else {
        return;
      }
    }
  }

  #skipComment(end: number): void {
    const start = this.#position;
    this.comments.push({ start, end });
    this.#position = end;
    if (this.#text.slice(start, end).includes("\n")) this.#startsLine = true;
  }

  #read(): Token["kind"] {
    const character = this.#text[this.#position];
    if (character === '"') return this.#match(DOUBLE_QUOTED, "string");
    if (character === "'") return this.#match(SINGLE_QUOTED, "string");
    if (character === "`") return this.#readTemplate();
    if (character === "/" && !this.#dividesNext && this.#tryMatch(REGEX)) return "regex";
    if (this.#tryMatch(WORD))
      return character !== undefined && character >= "0" && character <= "9" ? "number" : "word";
    this.#position += 1;
    return "punctuation";
  }

  #readTemplate(): "template" {
    this.#position += 1;
    for (;;) {
      this.#tryMatch(TEMPLATE_TEXT);
      if (this.#position >= this.#text.length) return "template";
      if (this.#text[this.#position] === "`") {
        this.#position += 1;
        return "template";
      }
      this.#position += 2;
      this.#dividesNext = false;
      this.#depth += 1;
      for (const depth = this.#depth; this.#depth >= depth;) if (this.next() === undefined) return "template";
    }
  }

  #tryMatch(pattern: RegExp): boolean {
    pattern.lastIndex = this.#position;
    if (!pattern.test(this.#text) || pattern.lastIndex === this.#position) return false;
    this.#position = pattern.lastIndex;
    return true;
  }

  #match<Kind extends Token["kind"]>(pattern: RegExp, kind: Kind): Kind {
    this.#tryMatch(pattern);
    return kind;
  }
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end === -1 ? text.length : end;
}
