/** How many letters have to be added, removed, replaced or swapped to make one word of the other. */
function distance(a: string, b: string): number {
  let twoBack: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const line: number[] = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwap = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      line[column] = Math.min(
        (last[column] ?? 0) + 1,
        (line[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwap ? (twoBack[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    twoBack = last;
    last = line;
  }
  return last[b.length] ?? 0;
}

/**
 * The name that somebody who wrote `name` most likely meant.
 *
 * @param known the names that exist
 * @returns undefined when none is like it: more than two letters in five would have to change
 */
export function findClosestName(name: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((candidate) => ({ candidate, changes: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, changes }) => changes <= Math.max(name.length, candidate.length) * 0.4)
    .toSorted((a, b) => a.changes - b.changes);
  return best?.candidate;
}
