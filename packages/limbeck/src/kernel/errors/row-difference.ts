/** Rows that two databases should have alike, and have not. */
export interface RowDifference {
  readonly table: string;
  /** Null where whole rows are there or not. */
  readonly column: string | null;
  readonly kind: "lost" | "changed" | "added" | "renumbered" | "counter";
  readonly rows: number;
  readonly of: number;
}

/** A difference of rows in words, for example `todos.title: other values in 1 of 6 rows`. */
export function describeRowDifference({ table, column, kind, rows, of }: RowDifference): string {
  if (kind === "changed" && column !== null) return `${table}.${column}: other values in ${rows} of ${of} rows`;
  return `${table}: ${rows} ${rows === 1 ? "row is" : "rows are"} there on one side only`;
}
