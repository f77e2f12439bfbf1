/** Data with its keys in one order, so that equal data has equal text. */
function toCanonicalText(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Whether two pieces of JSON-like data say the same; the order of keys does not count, that of lists does. */
export function isSameData(a: unknown, b: unknown): boolean {
  return a === b || toCanonicalText(a) === toCanonicalText(b);
}

/** Whether two lists hold the same data in any order. */
export function isSameSet(a: readonly unknown[], b: readonly unknown[]): boolean {
  const sort = (list: readonly unknown[]): readonly string[] => list.map(toCanonicalText).toSorted();
  return isSameData(sort(a), sort(b));
}

/** Data in an error message. */
export function showData(value: unknown): string {
  return value === undefined ? "nothing" : toCanonicalText(value);
}
