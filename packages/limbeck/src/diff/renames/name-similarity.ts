/** From here on two names look like one name that was changed. */
export const SIMILAR_NAME = 0.5;

/** The score of names of which one is within the other, as `name` is in `full_name`. */
const WITHIN = 0.6;

/** How many characters have to be inserted, removed or replaced to turn one text into another. */
function countEdits(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, position) => position);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** How alike two names look: 1 for the same name in any case, 0 for nothing in common. */
export function rateNameSimilarity(a: string, b: string): number {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  const similarity = 1 - countEdits(left, right) / Math.max(left.length, right.length, 1);
  const isWithin = left.length > 2 && right.length > 2 && (left.includes(right) || right.includes(left));
  return isWithin ? Math.max(similarity, WITHIN) : similarity;
}
