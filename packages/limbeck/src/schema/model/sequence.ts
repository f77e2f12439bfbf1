import type { DialectOptions } from "./dialect-options.ts";

/** Counts up or down by itself; numbers are text, because they may be beyond what JavaScript holds. What is left out is the engine's default. */
export interface Sequence {
  readonly name: string;
  /** The type of its numbers. Default `bigint`. */
  readonly type?: "smallint" | "integer" | "bigint";
  readonly start?: string;
  readonly increment?: string;
  readonly minimum?: string;
  readonly maximum?: string;
  /** How many numbers a session takes at a time. */
  readonly cache?: string;
  /** Begins again at the end. */
  readonly cycle?: true;
  /** The column with which it is dropped. */
  readonly ownedBy?: { readonly table: string; readonly column: string };
  readonly options?: DialectOptions;
}
