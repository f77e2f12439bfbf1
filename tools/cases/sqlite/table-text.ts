import { readParentheses, splitWords } from "./normalize-sql.ts";

/** Every place at which words follow each other. */
function findAll(words: readonly string[], ...wanted: readonly string[]): readonly number[] {
  return [...words.keys()].filter((start) => wanted.every((word, offset) => words[start + offset] === word));
}

/** What a constraint's name stands before: `check`, `primary`, `not`... */
/** A key of one column may stand behind it, where it begins with another word than at the end of the table. */
const foreign = (word: string): string => (word === "references" ? "foreign" : word);

function readNames(words: readonly string[]): readonly string[] {
  return findAll(words, "constraint").map((at) => `${words[at + 1] ?? ""} ${foreign(words[at + 2] ?? "")}`);
}

function readDeferrable(words: readonly string[]): readonly string[] {
  return findAll(words, "deferrable").map((at) => {
    const isNegated = words[at - 1] === "not";
    const mode = words[at + 1] === "initially" ? words[at + 2] : "immediate";
    return isNegated || mode === "immediate" ? "immediate" : "deferred";
  });
}

/** The parts of CREATE TABLE that no PRAGMA tells, each as a sorted list, because SQLite takes them in any order. */
export interface TableText {
  readonly checks: readonly string[];
  /** Expressions of computed columns. */
  readonly generated: readonly string[];
  /** Names of constraints, with the first word of what they name. */
  readonly names: readonly string[];
  /** What ON CONFLICT says. */
  readonly conflicts: readonly string[];
  /** How many foreign keys are checked at the end of the transaction. */
  readonly deferred: number;
  /** Whether the table counts with AUTOINCREMENT. */
  readonly counts: boolean;
}

/** Reads CREATE TABLE. */
export function readTableText(sql: string): TableText {
  const words = splitWords(sql);
  return {
    checks: findAll(words, "check", "(")
      .map((at) => readParentheses(words, at + 1))
      .toSorted(),
    generated: findAll(words, "as", "(")
      .map((at) => readParentheses(words, at + 1))
      .toSorted(),
    names: readNames(words).toSorted(),
    conflicts: findAll(words, "on", "conflict")
      .map((at) => words[at + 2] ?? "")
      .toSorted(),
    // Initially immediate is what every key is.
    deferred: readDeferrable(words).filter((mode) => mode === "deferred").length,
    counts: words.includes("autoincrement"),
  };
}
