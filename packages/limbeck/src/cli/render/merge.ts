import type { MergeResult } from "../../commands/merge.ts";
import type { Style } from "../style.ts";
import { renderHooks } from "./hooks.ts";
import { renderNext } from "./next-command.ts";
import { formatPosition } from "./position.ts";
import { wrapBehind, wrapText } from "./wrap-text.ts";

const PROOFS = {
  proven:
    "Proven on scratch databases with generated rows: in whatever order the upgrades run, schema and rows are the same.",
  "not needed": "There was nothing to prove: what they depend on leaves one order only.",
  unproven: "Unproven: nobody knows whether it matters in which order they run.",
} as const;

const PARTLY_PROVEN =
  "Proven on scratch databases with generated rows, but for what could not be compared: in whatever order the upgrades run, the rest is the same.";

/** What was brought together, and how sure that is. */
export function tellMerge(
  { revision, downRevision, heads, proof, notes, leftOut, hooks }: MergeResult,
  style: Style,
): string {
  const { paint, symbols, width } = style;
  const isProven = proof !== "unproven" && leftOut.length === 0;
  const verdict = wrapBehind(
    isProven ? symbols.done : symbols.warning,
    leftOut.length === 0 ? PROOFS[proof] : PARTLY_PROVEN,
    width,
  );
  return [
    wrapText(`Revision ${revision} merges ${formatPosition(downRevision)}.`, width),
    paint(isProven ? "good" : "warning", verdict),
    ...[...leftOut, ...notes].map((note) => paint("dim", wrapBehind(`  ${symbols.dot}`, note, width))),
    renderHooks(hooks, style),
    renderNext(`limbeck upgrade ${heads.length > 1 ? "heads" : "head"}`, style),
  ]
    .filter((part) => part !== "")
    .join("\n");
}
