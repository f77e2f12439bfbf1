import { operationErrors } from "../../kernel/errors/operation-errors.ts";
import { isColumnBuilder } from "./check-columns.ts";
import { isPlainObject, showArgument } from "./refuse-unknown-options.ts";
import type { TableItem } from "./table-items.ts";

/** What each kind of item has. */
const PARTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    primaryKey: "columns",
    unique: "columns",
    check: "expression",
    foreignKey: "references",
    index: "index",
    options: "options",
    comment: "comment",
    liveUnique: "columns",
    liveIndex: "columns",
  } satisfies Readonly<Record<TableItem["kind"], string>>),
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
  const { kind, columns = [], ...parts } = item as Readonly<Record<string, unknown>>;
  const part = PARTS.get(String(kind));
  if (part === undefined || !Array.isArray(columns)) return false;
  return part === "columns" ? columns.length > 0 : parts[part] !== undefined;
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
