import type { SqlValue } from "../../ops/operation.ts";
import { encodeValue } from "./codec.ts";

/**
 * A name in SQL: always in double quotes, so that keywords and any characters are safe.
 *
 * @example
 * quoteIdentifier('a "b"'); // "a ""b"""
 */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * A value in SQL, with the same storage class and content that binding it would give.
 *
 * @throws ConnectionError (unsupportedValue) for what cannot be bound either
 */
export function quoteLiteral(value: SqlValue): string {
  const stored = encodeValue(value);
  if (stored === null) return "NULL";
  if (typeof stored === "string") return quoteText(stored);
  if (typeof stored === "number") return quoteReal(stored);
  if (typeof stored === "bigint") return String(stored);
  return `x'${toHex(stored)}'`;
}

interface Escape {
  readonly pattern: RegExp;
  readonly character: string;
  readonly name: string;
}

/**
 * What cannot stand in the text of a script: SQLite stops reading at a zero byte (https://www.sqlite.org/nulinstr.html), and the `sqlite3` client
 * takes away the carriage return at a line's end, also in the middle of a literal.
 */
const ESCAPES: readonly Escape[] = [
  { pattern: /\0/g, character: "\0", name: String.raw`\0` },
  { pattern: /\r(?=\n)/g, character: "\r", name: String.raw`\r` },
];

const quotePlain = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The text with something in place of a character that `replace` turns back into exactly this text. */
function markCharacter(text: string, { pattern, character, name }: Escape): readonly [marked: string, mark: string] {
  for (let mark = name; ; mark = `${mark}_`) {
    const marked = text.replaceAll(pattern, () => mark);
    if (marked.replaceAll(mark, () => character) === text) return [marked, mark];
  }
}

/** An expression where a literal cannot hold the text, in parentheses as DEFAULT wants it. char() means the same in every encoding, unlike a cast of bytes. */
function quoteText(text: string): string {
  let marked = text;
  const calls: string[] = [];
  for (const escape of ESCAPES.filter(({ pattern }) => text.search(pattern) !== -1)) {
    const [next, mark] = markCharacter(marked, escape);
    marked = next;
    calls.unshift(`, ${quotePlain(mark)}, char(${escape.character.charCodeAt(0)}))`);
  }
  if (calls.length === 0) return quotePlain(text);
  return `(${"replace(".repeat(calls.length)}${quotePlain(marked)}${calls.join("")})`;
}

/**
 * A double must look like one: `1152921504606846976` would be an integer. The digits are those that only this double has; SQLite before 3.53 reads
 * some of them with the last bit wrong, which no other spelling avoids.
 */
function quoteReal(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
