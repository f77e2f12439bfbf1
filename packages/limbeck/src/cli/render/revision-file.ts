import type { RevisionResult } from "../../commands/revision.ts";
import type { Style } from "../style.ts";
import { renderAsides } from "./asides.ts";
import { renderChanges } from "./changes.ts";
import { renderHooks } from "./hooks.ts";
import { renderNext } from "./next-command.ts";
import { formatPosition } from "./position.ts";
import { wrapBehind, wrapText } from "./wrap-text.ts";

function renderProof({ proof }: RevisionResult, { paint, symbols, width }: Style): string {
  if (proof === "not needed") return "";
  if (proof === "unproven") {
    return paint("warning", wrapBehind(symbols.warning, "Unproven: read it, and try it before you rely on it.", width));
  }
  const text = "Proven on a scratch database: up, down and up again gave the right schema.";
  return paint("good", wrapBehind(symbols.done, text, width));
}

/** A line of the story about the place of a revision; nothing where there is nothing to say. */
const tellNames = (what: string, names: readonly string[], { width }: Style): string =>
  names.length === 0 ? "" : wrapText(`${what} ${names.join(", ")}.`, width);

/** What was written, what it cannot give back, and whether it is proven. */
export function tellRevision(
  result: RevisionResult,
  style: Style,
  { isStamped = false }: { readonly isStamped?: boolean } = {},
): string {
  const { paint, symbols, width } = style;
  const { revision, downRevision, branchLabels, dependsOn, heads, changes, notes, needs, proof } = result;
  const upgrade = `limbeck upgrade ${heads.length > 1 ? "heads" : "head"}`;
  const applied = isStamped ? "limbeck check" : upgrade;
  const hasRowsInTheWay = needs.some(({ rows = 0 }) => rows > 0);
  const next = proof === "proven" ? applied : `limbeck show ${revision}`;
  return [
    wrapText(`Revision ${revision}, on top of ${formatPosition(downRevision)}.`, width),
    tellNames("Begins the branch", branchLabels, style),
    tellNames("Depends on", dependsOn, style),
    // What a change destroys is among the notes.
    renderChanges(
      changes.map(({ kind, sign, text }) => ({ kind, sign, text })),
      style,
    ),
    ...notes.map((note) => paint("warning", wrapBehind(symbols.warning, note, width))),
    renderAsides(result, style),
    renderProof(result, style),
    renderHooks(result.hooks, style),
    isStamped ? wrapText("The database is stamped with it: it has all this already.", width) : "",
    proof === "not needed" ? "Write its upgrade and downgrade now." : "",
    renderNext(next, style, hasRowsInTheWay ? "the file says what becomes of the rows" : undefined),
  ]
    .filter((part) => part !== "")
    .join("\n");
}
