import { tokenize, type Token } from "../parse/tokenize.ts";

/** The words of a statement in capitals; empty for whatever is no word. */
export const readWords = (tokens: readonly Token[]): readonly string[] => tokens.map(({ keyword }) => keyword);

/** A name as it is written, schema included, from a place in a statement; empty where none begins. */
export function readNameAt(tokens: readonly Token[], position: number): string {
  const [first, dot, second] = tokens.slice(position, position + 3);
  if (!first) return "";
  return dot?.text === "." && second ? `${first.text}.${second.text}` : first.text;
}

const OTHERS: readonly (readonly string[])[] = [
  ["CREATE", "DATABASE"],
  ["DROP", "DATABASE"],
  ["CREATE", "TABLESPACE"],
  ["DROP", "TABLESPACE"],
  ["ALTER", "SYSTEM"],
  ["REINDEX", "DATABASE"],
  ["REINDEX", "SYSTEM"],
  ["REINDEX", "SCHEMA"],
];

/** Whether the server refuses a statement inside a transaction. https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY */
export function refusesTransaction(sql: string): boolean {
  // Almost no statement has one of these words, and taking one apart takes time.
  if (!/\b(?:concurrently|vacuum|database|tablespace|system|reindex)\b/i.test(sql)) return false;
  const words = readWords(tokenize(sql));
  if (words[0] === "VACUUM") return true;
  if (["CREATE", "DROP", "REINDEX", "ALTER"].includes(words[0] ?? "") && words.includes("CONCURRENTLY")) return true;
  return OTHERS.some((other) => other.every((word, index) => words[index] === word));
}
