import { foldName } from "../kernel/fold-name.ts";
import type { Schema } from "../schema/model/schema.ts";
import type { DiffRules } from "./diff-rules.ts";
import { matchNames } from "./match-names.ts";
import { formatRename, formatRenameFlag } from "./renames/parse-rename.ts";

/** A name that the target writes in other letters than the database; the engine takes both for one. */
export interface SpellingDifference {
  readonly kind: "table" | "column";
  /** The table of a column, as the target spells it. */
  readonly table?: string;
  /** As the database has it. */
  readonly from: string;
  /** As the target has it. */
  readonly to: string;
  /** The option that makes a rename of it. */
  readonly flag: string;
}

interface Named {
  readonly name: string;
}

/** Pairs what is one thing to the engine, and is spelled in two ways. */
function pairFolded<Current extends Named, Target extends Named>(
  current: readonly Current[],
  target: readonly Target[],
  fold: boolean,
): readonly (readonly [Current, Target])[] {
  const { common, added } = matchNames(current, target);
  // Most names are spelled alike, so that nothing has to be folded.
  if (added.length === 0 || !fold) return common;
  const byName = new Map(current.map((one) => [foldName(one.name), one]));
  return target.flatMap((wanted) => {
    const found = byName.get(foldName(wanted.name));
    return found ? [[found, wanted] as const] : [];
  });
}

const flagFor = (table: string | undefined, from: string, to: string): string =>
  formatRenameFlag(formatRename({ ...(table !== undefined && { table }), from, to }));

/**
 * The names of tables and columns that two schemas spell in different letters. A comparison passes over them, but rows come with the names that the
 * database has.
 */
export function findSpellings(current: Schema, target: Schema, rules: DiffRules): readonly SpellingDifference[] {
  return pairFolded(current.tables, target.tables, rules.foldTableNames).flatMap(([found, wanted]) => [
    ...(found.name === wanted.name
      ? []
      : [
          {
            kind: "table",
            from: found.name,
            to: wanted.name,
            flag: flagFor(undefined, found.name, wanted.name),
          } as const,
        ]),
    ...pairFolded(found.columns, wanted.columns, rules.foldColumnNames).flatMap(([{ name: from }, { name: to }]) =>
      from === to
        ? []
        : [{ kind: "column", table: wanted.name, from, to, flag: flagFor(wanted.name, from, to) } as const],
    ),
  ]);
}
