import { compareRows, type RowChange } from "./compare-rows.ts";
import type { RowSnapshot, TableRows } from "./read-rows.ts";

/** The rows at the end of two ways, and those of another run of the one way. */
interface RowRuns {
  readonly found: RowSnapshot;
  readonly expected: RowSnapshot;
  readonly again: RowSnapshot;
}

/** What differs although it is the same at every run, and what could not be compared because it is not. */
export interface SteadyComparison {
  readonly rows: readonly RowChange[];
  /** Columns of which nothing is known; null for the question which row is which. */
  readonly unsteady: readonly { readonly table: string; readonly columns: readonly (string | null)[] }[];
}

/** How often the values of some columns come up, whatever row they are in. */
function countValues({ columns, rows }: TableRows, chosen: readonly string[]): Map<string, number> {
  const places = chosen.map((column) => columns.indexOf(column));
  const counts = new Map<string, number>();
  for (let part = 0; part < rows.parts; part += 1) {
    for (const { values } of rows.readPart(part)) {
      const text = JSON.stringify(places.map((place) => values[place] ?? null));
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  return counts;
}

/** How many rows of a table have values in some columns that no row of the other one has for them. */
function countStrays(table: TableRows | undefined, other: TableRows | undefined, chosen: readonly string[]): number {
  if (!table || chosen.length === 0) return 0;
  const there = other ? countValues(other, chosen) : new Map<string, number>();
  return Array.from(countValues(table, chosen)).reduce(
    (sum, [text, count]) => sum + Math.max(0, count - (there.get(text) ?? 0)),
    0,
  );
}

/** Compares the columns whose values are the same at every run: one by one, and together where their rows are the same at every run too. */
function compareLoose(table: string, { found, expected, again }: RowRuns): SteadyComparison {
  const [before, after, other] = [expected.get(table), found.get(table), again.get(table)];
  const all = before?.columns ?? [];
  const of = before?.rows.count ?? 0;
  const isSteady = (columns: readonly string[]): boolean =>
    countStrays(before, other, columns) + countStrays(other, before, columns) === 0;
  const countDifferent = (columns: readonly string[]): number =>
    Math.max(countStrays(before, after, columns), countStrays(after, before, columns));
  const steady = all.filter((column) => isSteady([column]));
  const changed = steady
    .map((column): RowChange => ({ table, column, kind: "changed", rows: countDifferent([column]), of }))
    .filter(({ rows }) => rows > 0);
  const paired = changed.length === 0 && isSteady(steady) ? countDifferent(steady) : 0;
  return {
    rows: paired > 0 ? [{ table, column: null, kind: "lost", rows: paired, of }] : changed,
    unsteady: [{ table, columns: [null, ...all.filter((column) => !steady.includes(column))] }],
  };
}

const namesOf = (changes: readonly RowChange[], table: string): readonly (string | null)[] => [
  ...new Set(changes.filter((change) => change.table === table).map(({ column }) => column)),
];

/**
 * Compares rows of two ways, without what differs between two runs of the same way as well: clocks and random values. Where such a value tells rows apart, nobody knows
 * which row is which; then the other columns are compared as lists of values.
 *
 * @param changes what differs between the ends of the two ways
 */
export function compareSteadyRows(changes: readonly RowChange[], runs: RowRuns): SteadyComparison {
  const noise = compareRows(runs.expected, runs.again);
  const noisy = [...new Set(noise.map(({ table }) => table))];
  const parts = noisy.map((table): SteadyComparison => {
    const columns = namesOf(noise, table);
    if (columns.includes(null)) return compareLoose(table, runs);
    const rows = changes.filter((change) => change.table === table && !columns.includes(change.column));
    return { rows, unsteady: [{ table, columns }] };
  });
  return {
    rows: [...changes.filter(({ table }) => !noisy.includes(table)), ...parts.flatMap(({ rows }) => rows)],
    unsteady: parts.flatMap(({ unsteady }) => unsteady),
  };
}

/** What could not be compared, in words. */
export function describeUnsteady({ unsteady }: SteadyComparison): readonly string[] {
  return unsteady.map(({ table, columns }) => {
    const names = columns.filter((column) => column !== null);
    const values = names.length > 0 ? `values of ${table}.${names.join(`, ${table}.`)} are` : `rows of ${table} are`;
    const isLoose = columns.includes(null);
    return `${values} other ones at every run, so they were not compared${isLoose ? `; the other columns of ${table} were, without knowing which row is which` : ""}`;
  });
}
