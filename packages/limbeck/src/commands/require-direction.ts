import type { RevisionGraph } from "../graph/revision-graph.ts";
import type { TargetRange } from "../graph/split-range.ts";
import { commandErrors } from "../kernel/errors/command-errors.ts";

/** The ends of the range of a script. */
interface ScriptRange {
  /** As it was written. */
  readonly target: string;
  readonly range: TargetRange;
  /** What the range begins at, and the name of where it ends. */
  readonly from: readonly string[];
  readonly to: string;
  readonly command: "upgrade" | "downgrade";
}

const COUNTS_STEPS = /(?:^|@)[+-]\d+$/;

/**
 * Refuses a range that goes the other way.
 *
 * @throws CommandError when an upgrade would end below where it begins, or a downgrade above
 */
export function requireDirection(graph: RevisionGraph, { target, range, from, to, command }: ScriptRange): void {
  // Steps are counted in the direction of the command.
  if (COUNTS_STEPS.test(to)) return;
  const ends = graph.resolve(to, from);
  const [lower, upper] = command === "upgrade" ? [ends, from] : [from, ends];
  const below = new Set(graph.ancestors(upper));
  const isSame = ends.length === from.length && ends.every((end) => from.includes(end));
  if (isSame || upper.length === 0 || !lower.every((revision) => below.has(graph.get(revision).revision))) return;
  const reversed = [range.to || to, range.from || (command === "upgrade" ? "base" : "heads")].join(":");
  throw commandErrors.rangeUpsideDown({ target, command, reversed });
}
