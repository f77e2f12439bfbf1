import type { Column } from "../../schema/model/column.ts";
import type { Table } from "../../schema/model/table.ts";
import { familyOf, isKindred, type TypeFamily } from "./kindred-types.ts";
import { rateNameSimilarity, SIMILAR_NAME } from "./name-similarity.ts";

/** The share of a table's columns that must find one to live on in, whatever their names. */
const ENOUGH_KINDRED = 0.5;

/** The words of a column's name that tell something; `id` and `at` stand in every second one. */
function listWords(name: string): readonly string[] {
  const words = name.replaceAll(/([a-z])([A-Z])/g, "$1_$2").toLowerCase();
  return words.split(/[^\p{L}\d]+/u).filter((word) => word.length > 2);
}

/** The columns that make a table what it is: nearly every table has a key, and what is computed holds nothing. */
function listDataColumns({ columns, constraints }: Table): readonly Column[] {
  const kept = columns.filter(({ generated }) => generated === undefined);
  const keys = new Set(constraints.flatMap((one) => (one.kind === "primaryKey" ? one.columns : [])));
  const data = kept.filter(({ name }) => !keys.has(name));
  return data.length > 0 ? data : kept;
}

type Families = ReadonlyMap<TypeFamily, number>;

function countFamilies(columns: readonly Column[]): Families {
  const families = new Map<TypeFamily, number>();
  for (const { type } of columns) families.set(familyOf(type), (families.get(familyOf(type)) ?? 0) + 1);
  return families;
}

/** How many columns of one table find a kindred one in another, each one of its own. */
function countKindred(from: Families, to: Families, most: number): number {
  const matched = [...from].map(([family, count]) =>
    family === "anything" ? 0 : Math.min(count, to.get(family) ?? 0),
  );
  const anything = (from.get("anything") ?? 0) + (to.get("anything") ?? 0);
  return Math.min(
    matched.reduce((sum, count) => sum + count, anything),
    most,
  );
}

/**
 * Makes a function that says how likely a table is this one under its old name, from 0 to 1; undefined when the question would be
 * silly: neither are the names alike, nor has a column of the same name, or with a word in common, come along, nor could half of the
 * columns live on under other names.
 */
export function createTableRating(to: Table): (from: Table) => number | undefined {
  const data = listDataColumns(to);
  const families = countFamilies(data);
  const byName = new Map(to.columns.map((column) => [column.name.toLowerCase(), column]));
  const byWord = Map.groupBy(
    data.flatMap((column) => listWords(column.name).map((word) => ({ word, column }))),
    ({ word }) => word,
  );
  const hasName = ({ name, type }: Column): boolean => {
    const other = byName.get(name.toLowerCase());
    return other !== undefined && isKindred(type, other.type);
  };
  const hasWord = ({ name, type }: Column): boolean =>
    listWords(name).some((word) => byWord.get(word)?.some(({ column }) => isKindred(type, column.type)) === true);

  return (from) => {
    const own = listDataColumns(from);
    const similarity = rateNameSimilarity(from.name, to.name);
    const kindred = countKindred(countFamilies(own), families, Math.min(own.length, data.length));
    const isPlausible =
      similarity >= SIMILAR_NAME ||
      kindred >= ENOUGH_KINDRED * own.length ||
      own.some((column) => hasName(column) || hasWord(column));
    if (!isPlausible) return undefined;
    const named = from.columns.filter(hasName).length / Math.max(from.columns.length, to.columns.length, 1);
    const alike = kindred / Math.max(own.length, data.length, 1);
    return 0.4 * named + 0.2 * alike + 0.4 * similarity;
  };
}
