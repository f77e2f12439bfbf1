import type { RevisionResult } from "../../commands/revision.ts";
import type { Style } from "../style.ts";
import { renderChanges, renderUnmanaged } from "./changes.ts";
import { renderNext } from "./next-command.ts";
import { formatPosition } from "./position.ts";
import { wrapText } from "./wrap-text.ts";

function renderProof({ proof }: RevisionResult, { paint, symbols, width }: Style): string {
  if (proof === "not needed") return "";
  const text = `${symbols.done} Proven on a scratch database: up, down and up again gave the right schema each time.`;
  return paint("good", wrapText(text, width));
}

/** What was written, what it cannot give back, and whether it is proven. */
export function tellRevision(result: RevisionResult, style: Style): string {
  const { paint, symbols, width } = style;
  const { revision, downRevision, changes, notes, proof } = result;
  const next = proof === "proven" ? "limbeck upgrade head" : `limbeck show ${revision}`;
  return [
    wrapText(`Revision ${revision}, on top of ${formatPosition(downRevision)}.`, width),
    renderChanges(changes, style),
    ...notes.map((note) => paint("warning", wrapText(`${symbols.warning} ${note}`, width))),
    renderUnmanaged(result.unmanaged, style),
    renderProof(result, style),
    proof === "proven" ? "" : "Write its upgrade and downgrade now.",
    renderNext(next, style),
  ]
    .filter((part) => part !== "")
    .join("\n");
}
