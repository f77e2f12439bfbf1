import type { PlacedRow } from "./kept-rows.ts";

/** How many rows are paired by what they have in common; of more, whose pairs nobody reads one by one, the first goes with the first. */
const COMPARED = 300;

/** Two rows that may be one, and how many of their values are the same. */
interface Pair {
  readonly before: number;
  readonly after: number;
  readonly same: number;
}

const writeValues = ({ values }: PlacedRow): string => JSON.stringify(values);

function listPairs(before: readonly PlacedRow[], after: readonly PlacedRow[]): readonly Pair[] {
  return before
    .flatMap((row, index) =>
      after.map((other, place) => ({
        before: index,
        after: place,
        same: row.values.filter((value, column) => value === other.values[column]).length,
      })),
    )
    .toSorted((a, b) => b.same - a.same || a.before - b.before || a.after - b.after);
}

/**
 * Finds out which row became which where neither a key nor the order tells: rows that are the same in everything go together, and of the rest those that
 * have most in common. There are as many before as after.
 */
export function pairRows(
  before: readonly PlacedRow[],
  after: readonly PlacedRow[],
): readonly (PlacedRow | undefined)[] {
  const same = Map.groupBy(after, writeValues);
  const fates = before.map((row) => same.get(writeValues(row))?.shift());
  const changed = before.flatMap((row, index) => (fates[index] ? [] : [{ row, index }]));
  const left = [...same.values()].flat().toSorted((a, b) => a.place - b.place);
  if (changed.length > COMPARED) {
    for (const [position, { index }] of changed.entries()) fates[index] = left[position];
    return fates;
  }
  const taken = new Set<number>();
  for (const pair of listPairs(
    changed.map(({ row }) => row),
    left,
  )) {
    const index = changed[pair.before]?.index;
    if (index === undefined || fates[index] || taken.has(pair.after)) continue;
    fates[index] = left[pair.after];
    taken.add(pair.after);
  }
  return fates;
}
