import type { Operation } from "../../../ops/operation.ts";
import { splitName, splitSignature } from "../names.ts";

/** Whether a text of the server speaks of some types or functions. */
export type FindWords = (text: string) => boolean;

/** A name as the server writes it, in quotes only where it needs them. */
function writePattern(name: string): string {
  const parts = Object.values(splitName(name)).flatMap((part: string | undefined) => part ?? []);
  return parts.map((part) => `"?${part.replaceAll('"', '""').replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&")}"?`).join("\\.");
}

/** Finds casts to types, and calls of functions: other things may have the same names, such as columns. */
export function createFinder(types: readonly string[], functions: readonly string[]): FindWords {
  const patterns = [
    ...types.map((name) => new RegExp(`::${writePattern(name)}(?![\\w$])`)),
    ...functions.map((name) => new RegExp(`(?<![\\w$"])${writePattern(name)}\\(`)),
  ];
  return (text) => patterns.some((pattern) => pattern.test(text));
}

/** The function that an operation takes away, where it takes one. */
export const findCalled = (drop: Operation): readonly string[] =>
  drop.kind === "dropObject" && drop.object.kind === "function" ? [splitSignature(drop.object.name).name] : [];

/** Takes drops apart: functions with which columns are computed go when these have gone, and other functions that would go after them still do. */
export function splitLate(
  drops: readonly Operation[],
  expressions: readonly string[],
): readonly [early: readonly Operation[], late: readonly Operation[]] {
  const first = drops.findIndex((drop) => {
    const uses = createFinder([], findCalled(drop));
    return expressions.some((text) => uses(text));
  });
  const isLate = (drop: Operation, position: number): boolean =>
    first !== -1 && position >= first && findCalled(drop).length > 0;
  return [drops.filter((drop, at) => !isLate(drop, at)), drops.filter(isLate)];
}
