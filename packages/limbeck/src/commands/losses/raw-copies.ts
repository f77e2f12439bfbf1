import { foldName } from "../../kernel/fold-name.ts";
import type { LostData } from "../../ops/describe/list-losses.ts";
import { listParents, type Table } from "../../schema/model/table.ts";
import { NAME_PATTERNS, readTableRenames, splitParts, toFullKey, toKey } from "./raw-names.ts";

const { part, name } = NAME_PATTERNS;

/** A conflict that fails loses nothing; what ignores one, or replaces a row, may leave rows out. */
const INSERT = String.raw`INSERT\s+(?:OR\s+(?:ABORT|FAIL|ROLLBACK)\s+)?INTO`;
const COPY = new RegExp(
  String.raw`^(?:${INSERT}|CREATE\s+TABLE(?:\s+IF\s+NOT\s+EXISTS)?)\s+(${name}).*?\b(?:SELECT\b(.*?)\bFROM|AS\s+TABLE)\s+(${name})(.*)$`,
  "is",
);
const IF_NOT_EXISTS = String.raw`(?:IF\s+NOT\s+EXISTS\s+)?`;
const TEMPORARY = new RegExp(
  String.raw`^CREATE\s+(?:TEMP\w*\s+TABLE\s+${IF_NOT_EXISTS}|TABLE\s+${IF_NOT_EXISTS}(?=(?:pg_)?temp\s*\.))(${name})`,
  "i",
);
const UNLESS_THERE = new RegExp(
  String.raw`^CREATE\s+TABLE\s+IF\s+NOT\s+EXISTS\s+(${name}).*\b(?:SELECT|TABLE)\b`,
  "is",
);

/** The table that a statement copies into unless it is there already; undefined where it does something else. */
export const findMadeUnlessThere = (sql: string): string | undefined => UNLESS_THERE.exec(sql)?.[1];

/** What may stand behind the table without leaving rows out: another name for it, and an order that goes to the end. */
const WHOLE = new RegExp(
  String.raw`^\s*(?:(?:AS\s+)?(?!WHERE\b)${part})?\s*(?:ORDER\s+BY\s(?:(?!\b(?:LIMIT|OFFSET|FETCH|ON|WITH)\b).)*)?$`,
  "is",
);
const EVERYTHING = /(?:^|,)\s*(?:[^\s,]+\s*\.\s*)?\*\s*(?:,|$)/;

/** What a column of the result is called says nothing of where its values come from. */
const ALIAS = new RegExp(String.raw`\s+AS\s+${part}(?=\s*(?:,|$))`, "gi");
const CONSTANT = new RegExp(
  String.raw`(^|,)\s*(?:NULL|TRUE|FALSE|[-+]?[\d.]+|'(?:[^']|'')*')(?:::\w+)?(?:\s+${part})?(?=\s*(?:,|$))`,
  "gi",
);
/** Functions that make one row of many. */
const SUM =
  /\b(?:count|sum|total|avg|min|max|every|any_value|bool_and|bool_or|bit_and|bit_or|bit_xor|group_concat|json_group_\w+|\w+_(?:object|array)?agg\w*)\s*\(/i;

/** What of a table is in another one by now. */
interface Copy {
  /** Whether a condition, for example, may have left rows out. */
  readonly isPartial: boolean;
  /** The key of the table that has the rows. */
  readonly into: string;
  /** Words of what was selected, columns among them; undefined where all columns were. */
  readonly words: ReadonlySet<string> | undefined;
}

function readCopy(into: string, selected: string | undefined, rest: string): Copy {
  const isPartial = !WHOLE.test(rest) || /^\s*DISTINCT\b/i.test(selected ?? "") || SUM.test(selected ?? "");
  if (selected === undefined || EVERYTHING.test(selected)) return { isPartial, into: toKey(into), words: undefined };
  const sources = selected.replaceAll(ALIAS, "").replaceAll(CONSTANT, "$1");
  return { isPartial, into: toKey(into), words: new Set(splitParts(sources).map(foldName)) };
}

/** Which tables have their rows in another one by now: to drop such a one is a table rebuilt by hand, and no loss. */
export class RawCopies {
  readonly #copies = new Map<string, readonly Copy[]>();
  /** Tables that are gone when the session is: what is in them is kept by nothing. */
  readonly #temporary = new Set<string>();

  /** Takes note of what a statement copies and renames. */
  note(sql: string): void {
    const [, temporary] = TEMPORARY.exec(sql) ?? [];
    if (temporary !== undefined) this.#temporary.add(toKey(temporary));
    const [, into = "", selected, source, rest = ""] = COPY.exec(sql) ?? [];
    const isApart = source !== undefined && toFullKey(into) !== toFullKey(source);
    if (isApart && !this.#temporary.has(toKey(into))) {
      const copy = readCopy(into, selected, rest);
      for (const key of [toKey(source), toFullKey(source)]) this.#copies.set(key, [...this.#listCopies(key), copy]);
    }
    for (const [from, to] of readTableRenames(sql)) {
      const moved = this.#listCopies(toKey(from));
      this.#copies.delete(toKey(from));
      if (moved.length > 0) this.#copies.set(toKey(to), moved);
      this.#changeEach((copy) => (copy.into === toKey(from) ? { ...copy, into: toKey(to) } : copy));
    }
  }

  #listCopies(key: string): readonly Copy[] {
    return this.#copies.get(key) ?? [];
  }

  #changeEach(change: (copy: Copy) => Copy | undefined): void {
    for (const [key, copies] of this.#copies) {
      this.#copies.set(
        key,
        copies.map(change).filter((copy) => copy !== undefined),
      );
    }
  }

  /** What goes with a table that a statement drops or empties, by the name that the statement has for it. */
  listLost(named: string, table: Table): readonly LostData[] {
    return listLeft(this.#listCopies(toKey(named)), table);
  }

  /** What goes with a table of the model; the rows of a partition are where those of its table are. */
  listLostOfModel(table: Table): readonly LostData[] {
    const found = [table.name, ...listParents(table)].map((one) => this.#listCopies(toFullKey(one)));
    const copies = found.find(({ length }) => length > 0) ?? [];
    this.#copies.set(toFullKey(table.name), copies);
    return listLeft(copies, table);
  }

  /** Forgets a table that is gone, with what was copied into it: one of its name is another. */
  forget(named: string): void {
    this.#copies.delete(toKey(named));
    this.#temporary.delete(toKey(named));
    this.#changeEach((copy) => (copy.into === toKey(named) ? undefined : copy));
  }
}

/** What is in none of the copies. */
function listLeft(copies: readonly Copy[], { name: table, columns }: Table): readonly LostData[] {
  if (copies.length === 0) return [{ table }];
  const whole = copies.filter(({ isPartial }) => !isPartial);
  if (whole.length === 0) return [{ table, isPartial: true }];
  return columns
    .filter((column) => !column.generated && !whole.some(({ words }) => words?.has(foldName(column.name)) ?? true))
    .map((column) => ({ table, column: column.name }));
}
