import type { HistoryResult } from "../../../commands/history.ts";
import { listEdges } from "../../../graph/list-edges.ts";
import type { Style } from "../../style.ts";
import { wrapText } from "../wrap-text.ts";
import { describeBoxes } from "./describe-boxes.ts";

/** A message is broken into lines of so many characters, which keeps boxes narrow. */
const LABEL_WIDTH = 32;

/**
 * A quoted string.
 *
 * @see https://graphviz.org/doc/info/lang.html
 */
const quote = (text: string): string => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;

/** A quoted label: `&` begins a character by its name there, and a backslash with an n a new line. */
function quoteLabel(lines: readonly string[]): string {
  const escaped = lines
    .flatMap((line) => wrapText(line.replaceAll(/\p{Cc}+/gu, " "), LABEL_WIDTH).split("\n"))
    .map((line) => line.replaceAll("&", "&amp;").replaceAll(/["\\]/g, String.raw`\$&`));
  return `"${escaped.join(String.raw`\n`)}"`;
}

const LOOKS = {
  revision: "",
  pending: ', style="rounded,dashed"',
  current: ", penwidth=2.5",
  outside: ", shape=plain",
} as const;

/**
 * The revisions as a graph in the DOT language of Graphviz: the newest on top, arrows from each to those that it builds on, dashed
 * ones to those that it depends on.
 */
export function renderDot(result: HistoryResult, style: Style): string {
  const nodes = describeBoxes(result, style).map(
    ({ id, look, lines }) => `  ${quote(id)} [label=${quoteLabel(lines)}${LOOKS[look]}];`,
  );
  const edges = result.revisions.flatMap(({ revision, downRevision, dependsOn }) =>
    listEdges({ parents: downRevision, dependencies: dependsOn }).map(({ kind, target }) => {
      const look = kind === "dependency" ? ' [style=dashed, label=" depends on"]' : "";
      return `  ${quote(revision)} -> ${quote(target)}${look};`;
    }),
  );
  return [
    "digraph history {",
    '  node [shape=box, style=rounded, fontname="sans-serif", fontsize=11];',
    '  edge [fontname="sans-serif", fontsize=9];',
    ...nodes,
    ...edges,
    "}",
  ].join("\n");
}
