import { operationErrors } from "../../kernel/errors/operation-errors.ts";
import type { AnyColumnBuilder } from "./column-builder.ts";
import { isPlainObject, showArgument } from "./refuse-unknown-options.ts";

/** Whether a value describes a column, also when another copy of the package made it. */
export function isColumnBuilder(value: unknown): value is AnyColumnBuilder {
  if (typeof value !== "object" || value === null || !("description" in value)) return false;
  const { description } = value;
  return typeof description === "object" && description !== null && "type" in description;
}

/**
 * Refuses what is no list of columns. `{ __proto__: text() }` is none: JavaScript takes it for the prototype of the object, and the column would be
 * missing without a word.
 *
 * @param method the call as it is written, for example `op.createTable`
 * @throws OperationError (wrongArgument)
 */
export function checkColumns(method: string, columns: unknown): void {
  if (
    isColumnBuilder(columns) ||
    (typeof columns === "object" && columns && isColumnBuilder(Object.getPrototypeOf(columns)))
  ) {
    const expected = 'columns by their names; one that is called __proto__ is written ["__proto__"]';
    throw operationErrors.wrongArgument({ method, expected, found: "a column as prototype" });
  }
  if (!isPlainObject(columns)) {
    const expected = "an object with a column for each name";
    throw operationErrors.wrongArgument({ method, expected, found: showArgument(columns) });
  }
  for (const [name, builder] of Object.entries(columns)) {
    if (isColumnBuilder(builder)) continue;
    const expected = `a column as "${name}", for example text().notNull()`;
    throw operationErrors.wrongArgument({ method, expected, found: showArgument(builder) });
  }
}
