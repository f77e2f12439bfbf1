import { operationErrors } from "../kernel/errors/operation-errors.ts";
import { holdsPromise } from "../kernel/holds-promise.ts";
import { isColumnBuilder } from "../schema/builder/check-columns.ts";
import { isPlainObject } from "../schema/builder/refuse-unknown-options.ts";

/** A promise among values, or the text that it became part of. */
interface FoundPromise {
  readonly text?: string;
}

/** The first promise that some values are, or hold to any depth; each object is looked into once, because it may hold itself. */
function findPromise(values: readonly unknown[], seen: Set<object>): FoundPromise | undefined {
  for (const value of values) {
    const found = lookInto(value, seen);
    if (found) return found;
  }
  return undefined;
}

function lookInto(value: unknown, seen: Set<object>): FoundPromise | undefined {
  if (typeof value === "string") return holdsPromise(value) ? { text: value } : undefined;
  if (typeof value !== "object" || value === null || seen.has(value)) return undefined;
  // Also what only can be awaited, such as a query of Drizzle, and promises of another realm.
  if ("then" in value && typeof value.then === "function") return {};
  seen.add(value);
  if (Array.isArray(value)) return findPromise(value, seen);
  if (isColumnBuilder(value)) return lookInto(value.description, seen);
  if (!isPlainObject(value)) return undefined;
  // Keys are names, of columns for example.
  return findPromise(Object.keys(value), seen) ?? findPromise(Object.values(value), seen);
}

/**
 * Whoever gives a promise to a call, or writes it into a text, has forgotten to await it.
 *
 * @param method the call as it is written, for example `op.execute`
 * @throws OperationError (promiseGiven)
 */
export function refusePromises(method: string, args: readonly unknown[]): void {
  const found = findPromise(args, new Set());
  if (found) throw operationErrors.promiseGiven({ method, ...found });
}
