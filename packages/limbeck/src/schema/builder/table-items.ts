import type { ReferentialAction, Constraint, Deferrable } from "../model/constraint.ts";
import type { DialectOptions } from "../model/dialect-options.ts";
import type { IndexPart, TableIndex } from "../model/table-index.ts";

/** An index before the naming convention named it. */
export type UnnamedIndex = Omit<TableIndex, "name"> & { readonly name?: string };

/** What a table has besides columns, as `table()`, `op.createTable` and the constraint operations take it. */
export type TableItem =
  | Constraint
  | { readonly kind: "index"; readonly index: UnnamedIndex }
  | { readonly kind: "options"; readonly options: DialectOptions }
  | { readonly kind: "comment"; readonly comment: string };

/** What any constraint may bring besides its own parts. */
export interface ConstraintOptions {
  /** Replaces the name of the naming convention. */
  readonly name?: string;
  /** Settings that only one engine knows. */
  readonly options?: DialectOptions;
}

/** Column names, or expressions and orders, that an index is made of. */
export type IndexTerm = string | IndexPart;

/** Primary key of one or more columns. */
export function primaryKey(
  columns: readonly string[],
  options: ConstraintOptions = {},
): Extract<Constraint, { kind: "primaryKey" }> {
  return { kind: "primaryKey", columns, ...options };
}

/** No two rows may agree in these columns. */
export function unique(
  columns: readonly string[],
  options: ConstraintOptions & { readonly deferrable?: Deferrable } = {},
): Extract<Constraint, { kind: "unique" }> {
  return { kind: "unique", columns, ...options };
}

/** Every row must satisfy this SQL condition. */
export function check(expression: string, options: ConstraintOptions = {}): Extract<Constraint, { kind: "check" }> {
  return { kind: "check", expression, ...options };
}

/**
 * These columns point to a row of another table.
 *
 * @example
 * foreignKey(["list_id"], { table: "lists", columns: ["id"] }, { onDelete: "cascade" });
 */
export function foreignKey(
  columns: readonly string[],
  references: { readonly table: string; readonly columns: readonly string[] },
  options: ConstraintOptions & {
    readonly onDelete?: ReferentialAction;
    readonly onUpdate?: ReferentialAction;
    readonly match?: "full" | "partial" | "simple";
    readonly deferrable?: Deferrable;
  } = {},
): Extract<Constraint, { kind: "foreignKey" }> {
  return { kind: "foreignKey", columns, references, ...options };
}

/**
 * Index over columns or expressions.
 *
 * @example
 * index(["list_id", { column: "created_at", order: "desc" }], { where: "deleted_at IS NULL" });
 */
export function index(
  terms: readonly IndexTerm[],
  options: {
    readonly name?: string;
    readonly unique?: boolean;
    readonly where?: string;
    readonly options?: DialectOptions;
  } = {},
): Extract<TableItem, { kind: "index" }> {
  const { unique: isUnique = false, ...rest } = options;
  const parts = terms.map((term) => (typeof term === "string" ? { column: term } : term));
  return { kind: "index", index: { parts, unique: isUnique, ...rest } };
}

/** Settings of the whole table that only one engine knows, for example `{ sqlite: { strict: true } }`. */
export function tableOptions(options: DialectOptions): Extract<TableItem, { kind: "options" }> {
  return { kind: "options", options };
}

/** A note about the table that engines with comments keep in the catalogue. */
export function tableComment(comment: string): Extract<TableItem, { kind: "comment" }> {
  return { kind: "comment", comment };
}
