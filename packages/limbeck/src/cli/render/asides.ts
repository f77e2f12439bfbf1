import type { Asides, Unproven } from "../../commands/compare.ts";
import type { UnmanagedObject } from "../../dialect/dialect.ts";
import type { SpellingDifference } from "../../diff/find-spellings.ts";
import type { Style } from "../style.ts";
import { wrapBehind, wrapText } from "./wrap-text.ts";

function describeSpelling({ kind, table, from, to, flag }: SpellingDifference): string {
  const owner = table === undefined ? "" : ` of ${table}`;
  return `${kind} ${from}${owner}: here ${to}; ${flag}`;
}

function renderList(heading: string, lines: readonly string[], { width }: Style): readonly string[] {
  return lines.length === 0
    ? []
    : [[wrapText(heading, width), ...lines.map((line) => wrapText(line, width, "  "))].join("\n")];
}

/** What a database holds and models cannot say; empty when nothing. */
export function renderUnmanaged(unmanaged: readonly UnmanagedObject[], heading: string, style: Style): string {
  const lines = unmanaged.map(({ kind, name, reason }) => `${kind} ${name}: ${reason}`);
  return renderList(heading, lines, style).join("\n");
}

/** Why no engine had the last word, and what is open therefore. */
function renderUnproven({ reason, unclear }: Unproven, style: Style): string {
  const { paint, symbols, width } = style;
  const warning = wrapBehind(symbols.warning, `Compared without a scratch database. ${reason}`, width);
  const heading = "Left as it is, because only an engine can tell whether it is needed:";
  return [paint("warning", warning), ...renderList(heading, unclear, style)].join("\n");
}

/** What a comparison found beside what can be generated; empty when nothing. */
export function renderAsides(
  { unmanaged, missing, spellings, renamable = [], unproven }: Asides,
  style: Style,
): string {
  const describe = ({ kind, name, reason }: { kind: string; name: string; reason: string }): string =>
    `${kind} ${name}: ${reason}`;
  return [
    ...(unproven ? [renderUnproven(unproven, style)] : []),
    renderUnmanaged(unmanaged, "Left alone, because the models do not say it:", style),
    ...renderList("To be written by hand, with op.execute:", missing.map(describe), style),
    ...renderList(
      "Made anew, although only the name differs:",
      renamable.map(({ kind, table, from, to, flag }) => `${kind} ${from} of ${table ?? ""}: here ${to}; ${flag}`),
      style,
    ),
    ...renderList(
      "Spelled otherwise in the models; rows come with the database's letters:",
      spellings.map(describeSpelling),
      style,
    ),
  ]
    .filter((part) => part !== "")
    .join("\n");
}
