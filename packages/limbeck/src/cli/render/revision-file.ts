import type { RevisionResult } from "../../commands/revision.ts";
import type { Style } from "../style.ts";
import { renderAsides } from "./asides.ts";
import { renderChanges } from "./changes.ts";
import { renderNext } from "./next-command.ts";
import { formatPosition } from "./position.ts";
import { wrapBehind, wrapText } from "./wrap-text.ts";

function renderProof({ proof }: RevisionResult, { paint, symbols, width }: Style): string {
  if (proof === "not needed") return "";
  const text = "Proven on a scratch database: up, down and up again gave the right schema.";
  return paint("good", wrapBehind(symbols.done, text, width));
}

/** What was written, what it cannot give back, and whether it is proven. */
export function tellRevision(result: RevisionResult, style: Style): string {
  const { paint, symbols, width } = style;
  const { revision, downRevision, changes, notes, proof } = result;
  const next = proof === "proven" ? "limbeck upgrade head" : `limbeck show ${revision}`;
  return [
    wrapText(`Revision ${revision}, on top of ${formatPosition(downRevision)}.`, width),
    // What a change destroys is among the notes.
    renderChanges(
      changes.map(({ kind, sign, text }) => ({ kind, sign, text })),
      style,
    ),
    ...notes.map((note) => paint("warning", wrapBehind(symbols.warning, note, width))),
    renderAsides(result, style),
    renderProof(result, style),
    proof === "proven" ? "" : "Write its upgrade and downgrade now.",
    renderNext(next, style),
  ]
    .filter((part) => part !== "")
    .join("\n");
}
