import { foldName } from "../../kernel/fold-name.ts";
import type { LostData } from "../../ops/describe/list-losses.ts";
import { listParents, type Table } from "../../schema/model/table.ts";
import { NAME_PATTERNS, readTableRenames, splitParts, toFullKey, toKey } from "./raw-names.ts";

const { part, name } = NAME_PATTERNS;

const COPY = new RegExp(
  String.raw`^(?:INSERT\s+INTO|CREATE\s+TABLE(?:\s+IF\s+NOT\s+EXISTS)?)\s+(${name}).*?\b(?:SELECT\b(.*?)\bFROM|AS\s+TABLE)\s+(${name})(.*)$`,
  "is",
);
const TEMPORARY = new RegExp(String.raw`^CREATE\s+TEMP\w*\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(${name})`, "i");
/** What may stand behind the table without leaving rows out: another name for it, and an order that goes to the end. */
const WHOLE = new RegExp(
  String.raw`^\s*(?:(?:AS\s+)?(?!WHERE\b)${part})?\s*(?:ORDER\s+BY\s(?:(?!\b(?:LIMIT|OFFSET|FETCH|ON|WITH)\b).)*)?$`,
  "is",
);
const EVERYTHING = /(?:^|,)\s*(?:[^\s,]+\s*\.\s*)?\*\s*(?:,|$)/;

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
  const isPartial = !WHOLE.test(rest) || /^\s*DISTINCT\b/i.test(selected ?? "");
  const isAll = selected === undefined || EVERYTHING.test(selected);
  return { isPartial, into: toKey(into), words: isAll ? undefined : new Set(splitParts(selected).map(foldName)) };
}

/** Which tables have their rows in another one by now: to drop such a one is a table rebuilt by hand, and no loss. */
export class RawCopies {
  readonly #copies = new Map<string, Copy>();
  /** Tables that are gone when the session is: what is in them is kept by nothing. */
  readonly #temporary = new Set<string>();

  /** Takes note of what a statement copies and renames. */
  note(sql: string): void {
    const [, temporary] = TEMPORARY.exec(sql) ?? [];
    if (temporary !== undefined) this.#temporary.add(toKey(temporary));
    const [, into = "", selected, source, rest = ""] = COPY.exec(sql) ?? [];
    if (source !== undefined && !this.#temporary.has(toKey(into))) {
      const copy = readCopy(into, selected, rest);
      this.#copies.set(toKey(source), copy).set(toFullKey(source), copy);
    }
    for (const [from, to] of readTableRenames(sql)) {
      const copy = this.#copies.get(toKey(from));
      this.#copies.delete(toKey(from));
      if (copy) this.#copies.set(toKey(to), copy);
      for (const [key, one] of this.#copies) {
        if (one.into === toKey(from)) this.#copies.set(key, { ...one, into: toKey(to) });
      }
    }
  }

  /** What goes with a table that a statement drops or empties, by the name that the statement has for it. */
  listLost(named: string, table: Table): readonly LostData[] {
    return listLeft(this.#copies.get(toKey(named)), table);
  }

  /** What goes with a table of the model; the rows of a partition are where those of its table are. */
  listLostOfModel(table: Table): readonly LostData[] {
    const found = [table.name, ...listParents(table)].map((one) => this.#copies.get(toFullKey(one)));
    const copy = found.find((one) => one !== undefined);
    if (copy) this.#copies.set(toFullKey(table.name), copy);
    return listLeft(copy, table);
  }

  /** Forgets a table that is gone, with what was copied into it: one of its name is another. */
  forget(named: string): void {
    this.#copies.delete(toKey(named));
    this.#temporary.delete(toKey(named));
    for (const [key, { into }] of this.#copies) if (into === toKey(named)) this.#copies.delete(key);
  }
}

function listLeft(copy: Copy | undefined, { name: table, columns }: Table): readonly LostData[] {
  if (!copy) return [{ table }];
  if (copy.isPartial) return [{ table, isPartial: true }];
  const { words } = copy;
  if (!words) return [];
  return columns
    .filter(({ generated, name: column }) => !generated && !words.has(foldName(column)))
    .map((column) => ({ table, column: column.name }));
}
