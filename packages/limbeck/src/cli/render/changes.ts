import type { ChangeDescription } from "../../commands/describe-changes.ts";
import type { Style, Tone } from "../style.ts";
import { wrapBehind } from "./wrap-text.ts";

const TONES = { "+": "added", "-": "removed", "~": "changed" } as const satisfies Record<
  ChangeDescription["sign"],
  Tone
>;

function renderChange({ sign, text, dataLoss }: ChangeDescription, { paint, width, symbols }: Style): string {
  const line = `  ${paint(TONES[sign], sign)} ${text}`;
  if (dataLoss === undefined) return line;
  return `${line}\n${paint("warning", wrapBehind(`    ${symbols.warning}`, `data loss: ${dataLoss}`, width))}`;
}

/** Changes, one per line with its sign, and what they destroy. */
export function renderChanges(changes: readonly ChangeDescription[], style: Style): string {
  return changes.map((change) => renderChange(change, style)).join("\n");
}
