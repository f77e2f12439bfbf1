import { readName } from "../parse/read-name.ts";
import type { Token } from "../parse/tokenize.ts";

/** Something that a statement makes, changes or takes away. */
export interface TouchedObject {
  /** The word that SHOW CREATE has for it. */
  readonly word: string;
  /** The parts of its name. */
  readonly name: readonly string[];
}

const KINDS: ReadonlySet<string> = new Set([
  "TABLE",
  "VIEW",
  "TRIGGER",
  "PROCEDURE",
  "FUNCTION",
  "SEQUENCE",
  "EVENT",
  "PACKAGE",
  "INDEX",
]);

/** Reads the tokens of a statement one after the other. */
class Reader {
  readonly #tokens: readonly Token[];
  #position: number;

  constructor(tokens: readonly Token[], position: number) {
    this.#tokens = tokens;
    this.#position = position;
  }

  /** Passes over words that come next, if they do. */
  skip(...words: readonly string[]): boolean {
    const isNext = words.every((word, index) => this.#tokens[this.#position + index]?.text.toUpperCase() === word);
    if (isNext) this.#position += words.length;
    return isNext;
  }

  /** Goes behind the next such word. */
  seek(word: string): boolean {
    const found = this.#tokens.findIndex(({ keyword }, index) => index >= this.#position && keyword === word);
    if (found !== -1) this.#position = found + 1;
    return found !== -1;
  }

  name(): readonly string[] {
    const parts: string[] = [];
    do {
      const token = this.#tokens[this.#position];
      if (!token) break;
      parts.push(readName(token));
      this.#position += 1;
    } while (this.skip("."));
    return parts;
  }
}

function readRenamed(reader: Reader): readonly TouchedObject[] {
  const objects: TouchedObject[] = [];
  do {
    reader.skip("IF", "EXISTS");
    objects.push({ word: "TABLE", name: reader.name() });
    if (!reader.seek("TO")) return [];
    objects.push({ word: "TABLE", name: reader.name() });
  } while (reader.skip(","));
  return objects;
}

function readDropped(reader: Reader, word: string): readonly TouchedObject[] {
  const objects: TouchedObject[] = [];
  do objects.push({ word, name: reader.name() });
  while (reader.skip(","));
  return objects;
}

/** Where the kind of the object stands: behind words such as OR REPLACE and DEFINER. */
const findKind = (tokens: readonly Token[]): number => tokens.findIndex(({ keyword }) => KINDS.has(keyword));

/**
 * The objects that a change of the schema is about, as far as the server shows them one by one.
 *
 * @returns empty for any other statement
 */
export function readTouchedObjects(tokens: readonly Token[]): readonly TouchedObject[] {
  const [verb] = tokens.map(({ keyword }) => keyword);
  if (verb === "RENAME") return tokens[1]?.keyword === "TABLE" ? readRenamed(new Reader(tokens, 2)) : [];
  if (verb !== "CREATE" && verb !== "ALTER" && verb !== "DROP") return [];
  const kind = findKind(tokens);
  const found = tokens[kind]?.keyword;
  if (found === undefined) return [];
  const reader = new Reader(tokens, kind + 1);
  const word = found === "PACKAGE" && reader.skip("BODY") ? "PACKAGE BODY" : found;
  if (!reader.skip("IF", "EXISTS")) reader.skip("IF", "NOT", "EXISTS");
  if (word === "INDEX") return reader.seek("ON") ? [{ word: "TABLE", name: reader.name() }] : [];
  return verb === "DROP" ? readDropped(reader, word) : [{ word, name: reader.name() }];
}
