import { operationErrors } from "../../kernel/errors/operation-errors.ts";
import type { ReferentialAction, Constraint, Deferrable, ForeignKey } from "../model/constraint.ts";
import type { DialectOptions } from "../model/dialect-options.ts";
import type { IndexPart, TableIndex } from "../model/table-index.ts";
import { isPlainObject, listOptions, refuseUnknownOptions, showArgument } from "./refuse-unknown-options.ts";
import { requireColumns, requireText, requireTexts } from "./require-argument.ts";
import type { LiveItem } from "./soft-delete.ts";

/** An index before the naming convention named it. */
export type UnnamedIndex = Omit<TableIndex, "name"> & { readonly name?: string };

/** What a table has besides columns, whatever the engine. */
export type PlainItem =
  | Constraint
  | { readonly kind: "index"; readonly index: UnnamedIndex }
  | { readonly kind: "options"; readonly options: DialectOptions }
  | { readonly kind: "comment"; readonly comment: string };

/** What a table has besides columns, as `table()` and `op.createTable` take it. */
export type TableItem = PlainItem | LiveItem;

/** What any constraint may bring besides its own parts. */
export interface ConstraintOptions {
  /** Replaces the name of the naming convention. */
  readonly name?: string;
  /** Settings that only one engine knows. */
  readonly options?: DialectOptions;
}

const KEY_OPTIONS = listOptions<ConstraintOptions>({ name: true, options: true });
const UNIQUE_OPTIONS: readonly string[] = [...KEY_OPTIONS, "deferrable"];
const FOREIGN_KEY_OPTIONS = listOptions<Omit<ForeignKey, "kind" | "columns" | "references">>({
  name: true,
  onDelete: true,
  onUpdate: true,
  match: true,
  deferrable: true,
  options: true,
});
const REFERENCE_PARTS = listOptions<ForeignKey["references"]>({ table: true, columns: true });
const INDEX_OPTIONS = listOptions<Omit<UnnamedIndex, "parts">>({
  name: true,
  unique: true,
  where: true,
  options: true,
});
const INDEX_PARTS = listOptions<IndexPart>({
  column: true,
  expression: true,
  order: true,
  collation: true,
  options: true,
});

/** Column names, or expressions and orders, that an index is made of. */
export type IndexTerm = string | IndexPart;

/** Primary key of one or more columns. */
export function primaryKey(
  columns: readonly string[],
  options: ConstraintOptions = {},
): Extract<Constraint, { kind: "primaryKey" }> {
  requireColumns("primaryKey", columns);
  refuseUnknownOptions("primaryKey", options, KEY_OPTIONS);
  return { kind: "primaryKey", columns, ...options };
}

/** No two rows may agree in these columns. */
export function unique(
  columns: readonly string[],
  options: ConstraintOptions & { readonly deferrable?: Deferrable } = {},
): Extract<Constraint, { kind: "unique" }> {
  requireColumns("unique", columns);
  refuseUnknownOptions("unique", options, UNIQUE_OPTIONS);
  return { kind: "unique", columns, ...options };
}

/** Every row must satisfy this SQL condition. */
export function check(expression: string, options: ConstraintOptions = {}): Extract<Constraint, { kind: "check" }> {
  requireText("check", expression, "a condition as SQL text");
  refuseUnknownOptions("check", options, KEY_OPTIONS);
  return { kind: "check", expression, ...options };
}

function checkReference(references: unknown): void {
  const expected = 'a table and its columns behind its own, as in { table: "lists", columns: ["id"] }';
  if (!isPlainObject(references))
    throw operationErrors.wrongArgument({ method: "foreignKey", expected, found: showArgument(references) });
  refuseUnknownOptions("foreignKey", references, REFERENCE_PARTS);
  const { table, columns }: { readonly table?: unknown; readonly columns?: unknown } = references;
  requireText("foreignKey", table, `${expected}: as the table, a name`);
  requireTexts("foreignKey", columns, `${expected}: as the columns, a list of names`);
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
  requireColumns("foreignKey", columns);
  checkReference(references);
  refuseUnknownOptions("foreignKey", options, FOREIGN_KEY_OPTIONS);
  return { kind: "foreignKey", columns, references, ...options };
}

/** Whether a value is a column or an expression, and not both: one of the two would be lost. */
export function isIndexPart(value: unknown): boolean {
  if (!isPlainObject(value)) return false;
  const { column, expression }: { readonly column?: unknown; readonly expression?: unknown } = value;
  return typeof (column ?? expression) === "string" && (column === undefined || expression === undefined);
}

function checkTerm(term: unknown): void {
  const { column, expression }: { readonly column?: unknown; readonly expression?: unknown } = isPlainObject(term)
    ? term
    : {};
  const isGiven = column !== undefined || expression !== undefined;
  if (isGiven) refuseUnknownOptions("index", term, INDEX_PARTS);
  if (isIndexPart(term)) return;
  const expected =
    'names of columns, or objects as { column: "created_at", order: "desc" } or { expression: "lower(name)" }';
  const found = isGiven ? "an object with both a column and an expression" : showArgument(term);
  throw operationErrors.wrongArgument({ method: "index", expected, found });
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
  if (!Array.isArray(terms) || terms.length === 0) requireColumns("index", terms);
  refuseUnknownOptions("index", options, INDEX_OPTIONS);
  for (const term of terms) if (typeof term !== "string") checkTerm(term);
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
  requireText("tableComment", comment, "a text");
  return { kind: "comment", comment };
}
