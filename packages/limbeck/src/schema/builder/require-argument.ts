import { operationErrors } from "../../kernel/errors/operation-errors.ts";
import { holdsPromise } from "../../kernel/holds-promise.ts";
import { showArgument } from "./refuse-unknown-options.ts";

const isText = (value: unknown): value is string => typeof value === "string";

/**
 * Makes sure that an argument is a text: files run with their types stripped, so nothing else tells.
 *
 * @param method the call as it is written, for example `check`
 * @throws OperationError (wrongArgument)
 */
export function requireText(method: string, value: unknown, expected: string): void {
  if (!isText(value)) throw operationErrors.wrongArgument({ method, expected, found: showArgument(value) });
  if (!holdsPromise(value)) return;
  throw operationErrors.wrongArgument({
    method,
    expected,
    found: "a text with a promise in it, before which await is missing",
  });
}

/**
 * Makes sure that an argument is a list of texts, or an empty one.
 *
 * @param method the call as it is written, for example `enumType`
 * @throws OperationError (wrongArgument)
 */
export function requireTexts(method: string, values: unknown, expected: string): void {
  if (Array.isArray(values) && values.every(isText)) return;
  throw operationErrors.wrongArgument({ method, expected, found: showArgument(values) });
}

/** @throws OperationError (wrongArgument) where an argument is no list of column names, one at least */
export function requireColumns(method: string, columns: unknown): void {
  const expected = 'a list of column names, for example ["list_id"]';
  requireTexts(method, columns, expected);
  if (Array.isArray(columns) && columns.length > 0) return;
  throw operationErrors.wrongArgument({ method, expected, found: "an empty list" });
}

/** @throws OperationError (wrongArgument) where an argument is no whole number */
export function requireWhole(method: string, value: unknown, expected: string): void {
  if (!Number.isInteger(value)) throw operationErrors.wrongArgument({ method, expected, found: showArgument(value) });
}
