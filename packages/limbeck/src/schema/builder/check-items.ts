import { operationErrors } from "../../kernel/errors/operation-errors.ts";
import { isColumnBuilder } from "./check-columns.ts";
import { isPlainObject, showArgument } from "./refuse-unknown-options.ts";
import { isIndexPart, type TableItem } from "./table-items.ts";

/** An item as it may be written by hand: any key of it may be asked for. */
type Loose = Readonly<Record<string, unknown>>;

const isText = (value: unknown): boolean => typeof value === "string";

const isListOf = (value: unknown, accepts: (entry: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(accepts);

const hasColumns = ({ columns }: Loose): boolean => isListOf(columns, isText) && !isListOf(columns, () => false);

function isReference(references: unknown): boolean {
  if (!isPlainObject(references)) return false;
  const { table, columns }: { readonly table?: unknown; readonly columns?: unknown } = references;
  // None on SQLite, where they are the primary key of the other table.
  return isText(table) && isListOf(columns, isText);
}

function isIndex(index: unknown): boolean {
  if (!isPlainObject(index)) return false;
  const { parts }: { readonly parts?: unknown } = index;
  return isListOf(parts, isIndexPart) && !isListOf(parts, () => false);
}

/** What each kind of item has. */
const CHECKS: ReadonlyMap<string, (item: Loose) => boolean> = new Map(
  Object.entries({
    primaryKey: hasColumns,
    unique: hasColumns,
    check: ({ expression }) => isText(expression),
    foreignKey: (item) => hasColumns(item) && isReference(item["references"]),
    index: ({ index }) => isIndex(index),
    options: ({ options }) => isPlainObject(options),
    comment: ({ comment }) => isText(comment),
    liveUnique: hasColumns,
    liveIndex: hasColumns,
  } satisfies Readonly<Record<TableItem["kind"], (item: Loose) => boolean>>),
);

function show(item: unknown): string {
  if (isColumnBuilder(item)) return "a column";
  return isPlainObject(item) && "kind" in item
    ? `an object of the kind ${showArgument(item.kind)}`
    : showArgument(item);
}

function isItem(item: unknown): boolean {
  if (!isPlainObject(item)) return false;
  // Any key of an object may be asked for.
  const loose = item as Loose;
  return CHECKS.get(String(loose["kind"]))?.(loose) === true;
}

/**
 * Refuses what is no list of constraints, indexes and options.
 *
 * @param method the call as it is written, for example `op.createTable`
 * @throws OperationError (wrongArgument)
 */
export function checkItems(method: string, items: unknown): void {
  if (items === undefined) return;
  const expected = "a list of constraints, indexes and options behind the columns";
  if (!Array.isArray(items)) throw operationErrors.wrongArgument({ method, expected, found: show(items) });
  const wrong: unknown = items.find((item) => !isItem(item));
  if (wrong !== undefined || items.includes(undefined))
    throw operationErrors.wrongArgument({ method, expected, found: `a list with ${show(wrong)} in it` });
}
