import type { HistoryResult } from "../../../commands/history.ts";
import { listEdges } from "../../../graph/list-edges.ts";
import type { Style } from "../../style.ts";
import { wrapBehind } from "../wrap-text.ts";
import { describeBoxes } from "./describe-boxes.ts";

/** Mermaid takes these for something else, wherever they stand in a label, even when they are escaped. */
const MISREAD = /\\(?=n)|\$(?=\$)|:(?=fa-)/g;

/** Joins two characters without a trace. */
const WORD_JOINER = "\u2060";

/**
 * Text for a quoted label. Only letters, digits and what is known to be harmless stand for themselves.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
 */
function escapeLabel(text: string): string {
  return text
    .replaceAll(/\p{Cc}+/gu, " ")
    .replaceAll(MISREAD, `$&${WORD_JOINER}`)
    .replaceAll(/[^\p{L}\p{M}\p{N} ,.()_\-/'=]/gu, (sign) => `#${sign.codePointAt(0)};`);
}

/** A name for a revision that is no word of Mermaid's, whatever is in the id; no two ids get the same one. */
function nameNode(id: string): string {
  return `r${id.replaceAll(/[^A-Za-z0-9_]|_(?=x)/gu, (sign) => `_x${sign.codePointAt(0)?.toString(16)}_`)}`;
}

const CLASSES = {
  pending: "stroke-dasharray:5 5",
  current: "stroke-width:4px",
  outside: "fill:none,stroke:none",
} as const;

const listArrows = ({ revisions }: HistoryResult): readonly string[] =>
  revisions.flatMap(({ revision, downRevision, dependsOn }) =>
    listEdges({ parents: downRevision, dependencies: dependsOn }).map(
      ({ kind, target }) =>
        `  ${nameNode(revision)} ${kind === "dependency" ? "-. depends on .->" : "-->"} ${nameNode(target)}`,
    ),
  );

/**
 * The revisions as a Mermaid flowchart: the newest on top, arrows from each to those that it builds on, dotted ones to those that
 * it depends on.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function renderMermaid(result: HistoryResult, style: Style): string {
  const boxes = describeBoxes(result, style);
  const nodes = boxes.map(({ id, look, lines }) => {
    const label = lines.map(escapeLabel).join("<br>");
    return `  ${nameNode(id)}["${label}"]${look === "revision" ? "" : `:::${look}`}`;
  });
  const used = new Set<string>(boxes.map(({ look }) => look));
  const classes = Object.entries(CLASSES).filter(([name]) => used.has(name));
  return [
    "flowchart TB",
    ...nodes,
    ...listArrows(result),
    ...classes.map(([name, css]) => `  classDef ${name} ${css}`),
  ].join("\n");
}

/** What Mermaid draws unless its configuration says otherwise, as it is nearly everywhere that others run it. */
const MERMAID_LIMITS = { arrows: 500, characters: 50_000 } as const;

/**
 * Says so when a history is too big for Mermaid's usual settings; else empty.
 *
 * @see https://mermaid.js.org/config/schema-docs/config.html
 */
export function tellMermaidLimits(result: HistoryResult, style: Style): string {
  const text = renderMermaid(result, style);
  const arrows = listArrows(result).length;
  const problems = [
    ...(arrows > MERMAID_LIMITS.arrows ? [`${arrows} arrows, and it draws ${MERMAID_LIMITS.arrows}`] : []),
    ...(text.length > MERMAID_LIMITS.characters
      ? [`${text.length} characters, and it reads ${MERMAID_LIMITS.characters}`]
      : []),
  ];
  if (problems.length === 0) return "";
  const { symbols, paint, width } = style;
  const warning = `This is more than Mermaid takes unless it is told to: ${problems.join("; ")}. Show fewer revisions with -r.`;
  return paint("warning", wrapBehind(symbols.warning, warning, width));
}
