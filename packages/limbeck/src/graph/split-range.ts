import { graphErrors } from "../kernel/errors/graph-errors.ts";

/** The two ends of a range; an end that was left open is the empty string. */
export interface TargetRange {
  readonly from: string;
  readonly to: string;
}

/**
 * Takes a range `a:b`, `a:` or `:b` apart.
 *
 * @returns undefined when the target is not a range
 * @throws GraphError when there is more than one colon
 *
 * @example
 * splitRange("ae10:head"); // { from: "ae10", to: "head" }
 */
export function splitRange(target: string): TargetRange | undefined {
  const [from, to, ...more] = target.split(":");
  if (from === undefined || to === undefined) return undefined;
  if (more.length > 0) throw graphErrors.malformedTarget({ target, problem: "A range has two ends, so one colon." });
  return { from: from.trim(), to: to.trim() };
}
