import { operationErrors } from "../../kernel/errors/operation-errors.ts";
import { isColumnBuilder } from "./check-columns.ts";
import { isPlainObject, listOptions, showArgument } from "./refuse-unknown-options.ts";
import type { TableItem } from "./table-items.ts";

const KINDS = listOptions<Record<TableItem["kind"], unknown>>({
  primaryKey: true,
  unique: true,
  check: true,
  foreignKey: true,
  index: true,
  options: true,
  comment: true,
  liveUnique: true,
  liveIndex: true,
});

function show(item: unknown): string {
  if (isColumnBuilder(item)) return "a column";
  return isPlainObject(item) && "kind" in item
    ? `an object of the kind ${showArgument(item.kind)}`
    : showArgument(item);
}

const isItem = (item: unknown): boolean => isPlainObject(item) && "kind" in item && KINDS.includes(String(item.kind));

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
