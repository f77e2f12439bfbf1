import type { Operation } from "../operation.ts";
import { foldIntoCreation, foldIntoDrop, foldIntoNothing, foldObjectIntoNothing } from "./fold-operation.ts";

/** What rows go through: it stays where it is, and nothing moves past it. */
const isDataStep = ({ kind }: Operation): boolean => kind === "execute" || kind === "custom" || kind === "bulkInsert";

/** The operations without an own place for one that can be part of an earlier one, or takes it back. */
function add(done: readonly Operation[], operation: Operation): readonly Operation[] {
  return (
    foldIntoDrop(done, operation) ??
    foldIntoNothing(done, operation) ??
    foldObjectIntoNothing(done, operation) ??
    foldIntoCreation(done, operation) ?? [...done, operation]
  );
}

/** Shortens until nothing more goes: what is left out may have stood between two others. */
function shorten(segment: readonly Operation[]): readonly Operation[] {
  const shorter = segment.reduce<readonly Operation[]>(add, []);
  return shorter.length < segment.length ? shorten(shorter) : shorter;
}

/**
 * Fewer operations that do the same to a schema and to rows: what is changed about a table right after its creation becomes a part of that, and what comes
 * and goes is left out. Raw SQL and rows that are inserted stay in their places, and nothing moves past them.
 *
 * @example
 * optimizeOperations([createTodos, addDueToTodos]); // [createTodosWithDue]
 */
export function optimizeOperations(operations: readonly Operation[]): readonly Operation[] {
  const segments: Operation[][] = [[]];
  for (const operation of operations) {
    if (isDataStep(operation)) segments.push([operation], []);
    else segments.at(-1)?.push(operation);
  }
  return segments.flatMap(shorten);
}
