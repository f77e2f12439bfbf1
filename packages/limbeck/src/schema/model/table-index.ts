import type { DialectOptions } from "./dialect-options.ts";

/** One part of an index: a column or an expression, with its order. */
export interface IndexPart {
  /** The column; absent when the part is an expression. */
  readonly column?: string;
  /** SQL text of the expression, without outer parentheses; absent when the part is a column. */
  readonly expression?: string;
  /** Default `asc`. */
  readonly order?: "asc" | "desc";
  readonly collation?: string;
  readonly options?: DialectOptions;
}

/** An index of a table. */
export interface TableIndex {
  readonly name: string;
  readonly parts: readonly IndexPart[];
  readonly unique: boolean;
  /** Condition of a partial index, SQL text. */
  readonly where?: string;
  readonly options?: DialectOptions;
}
