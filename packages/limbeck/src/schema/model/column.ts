import type { ColumnType } from "./column-type.ts";
import type { DialectOptions } from "./dialect-options.ts";
import type { JsonValue } from "./json.ts";

/** What the database puts into a column that an insert leaves out. */
export type ColumnDefault =
  /** A literal; the dialect writes it in the column's type. */
  | { readonly kind: "value"; readonly value: JsonValue }
  /** The database's clock at the time of the insert, in the column's type. */
  | { readonly kind: "now" }
  /** SQL text, without the outer parentheses. */
  | { readonly kind: "expression"; readonly sql: string };

/** How a generated column is computed. */
export interface GeneratedColumn {
  /** SQL text, without the outer parentheses. */
  readonly expression: string;
  /** `stored` is computed on write and kept; `virtual` is computed on read. */
  readonly storage: "stored" | "virtual";
}

/** One column of a table, as immutable data. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly default?: ColumnDefault;
  readonly generated?: GeneratedColumn;
  /** The database numbers new rows by itself and never gives a number twice. */
  readonly autoIncrement?: boolean;
  readonly collation?: string;
  readonly comment?: string;
  readonly options?: DialectOptions;
}
