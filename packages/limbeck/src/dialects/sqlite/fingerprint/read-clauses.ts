import { findClosing, joinWords, readWords, type Word } from "./read-words.ts";

/** The words that begin a constraint that can be named, and the kind of constraint they begin. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ["primary", "primary key"],
  ["unique", "unique"],
  ["check", "check"],
  ["foreign", "foreign key"],
  ["references", "foreign key"],
]);

/** A word at the level of a table's columns and constraints; parentheses come as one word, with what is in them. */
interface LevelWord extends Word {
  readonly group?: readonly Word[];
}

/** One column or constraint of a table. */
type Item = readonly LevelWord[];

function readLevel(body: readonly Word[]): Item {
  const level: LevelWord[] = [];
  for (let index = 0; index < body.length; index += 1) {
    const word = body[index];
    if (word === undefined) break;
    if (word.text === "(" && !word.isQuoted) {
      const closing = findClosing(body, index);
      level.push({ text: "()", isQuoted: true, group: body.slice(index + 1, closing) });
      index = closing;
    } else {
      level.push(word);
    }
  }
  return level;
}

function readItems(sql: string): readonly Item[] {
  const words = readWords(sql);
  const open = words.findIndex(({ text, isQuoted }) => text === "(" && !isQuoted);
  const items: LevelWord[][] = [[]];
  for (const word of readLevel(words.slice(open + 1, findClosing(words, open)))) {
    if (word.text === "," && !word.isQuoted) items.push([]);
    else items.at(-1)?.push(word);
  }
  return items;
}

/** The constraint that a conflict clause belongs to: the last one that begins before it. */
function findKind(item: Item, position: number): string {
  const before = item.slice(0, position).filter(({ isQuoted }) => !isQuoted);
  const last = before.findLast(({ text }) => KINDS.has(text) || text === "not");
  return last?.text === "not" ? "not null" : (KINDS.get(last?.text ?? "") ?? "");
}

const inParentheses = (word: LevelWord | undefined): string => joinWords(word?.group ?? []);

type ClauseReader = (next: LevelWord | undefined, column: string) => string;

/** How the clauses read that their first word gives away. */
const CLAUSES: ReadonlyMap<string, ClauseReader> = new Map<string, ClauseReader>([
  ["check", (next) => `check ${inParentheses(next)}`],
  ["as", (next, column) => `generated ${column} ${inParentheses(next)}`],
  ["collate", (next, column) => `collate ${column} ${next?.text ?? ""}`],
  ["deferred", () => "deferred foreign key"],
  ["autoincrement", () => "autoincrement"],
]);

function describeName([, name, first]: Item): string | undefined {
  const kind = KINDS.get(first?.text ?? "");
  return kind && `constraint ${name?.text ?? ""} ${kind}`;
}

function describeWord(word: LevelWord, position: number, item: Item): string | undefined {
  // AUTOINCREMENT may also stand in the parentheses of a PRIMARY KEY at the end of the table.
  if (word.group?.some(({ text, isQuoted }) => text === "autoincrement" && !isQuoted)) return "autoincrement";
  if (word.isQuoted || item[position - 1]?.text === "constraint") return undefined;
  const next = item[position + 1];
  if (word.text === "constraint") return describeName(item.slice(position));
  if (word.text === "conflict") return `conflict ${findKind(item, position)} ${next?.text ?? ""}`;
  return CLAUSES.get(word.text)?.(next, item[0]?.text ?? "");
}

/**
 * What the statement of a table says that no PRAGMA tells: checks, generated columns, collations, AUTOINCREMENT, conflict clauses, deferred keys, and the
 * names of constraints. The same clause reads the same whether it stands behind its column or at the end of the table.
 */
export function readClauses(sql: string): readonly string[] {
  return readItems(sql).flatMap((item) => item.flatMap((word, position) => describeWord(word, position, item) ?? []));
}
