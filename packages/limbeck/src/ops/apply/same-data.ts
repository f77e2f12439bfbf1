import { foldSpelling } from "../expression/identifiers.ts";

const sortKeys = (value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** The keys under which SQL stands. */
const SQL_KEYS: ReadonlySet<string> = new Set(["expression", "where", "definition"]);

/** Data with its keys in one order and SQL in one spelling, so that equal data has equal text. */
function toCanonicalText(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) =>
    SQL_KEYS.has(key) && typeof inner === "string" ? foldSpelling(inner) : sortKeys(inner),
  );
}

/** Whether two pieces of JSON-like data say the same; the order of keys and the spelling of SQL do not count, the order of lists does. */
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
  return value === undefined ? "nothing" : JSON.stringify(value, (_key, inner: unknown) => sortKeys(inner));
}
