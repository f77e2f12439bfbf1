import type { RebaseResult } from "../../commands/rebase.ts";
import type { OtherOutcome } from "../../commands/proof/prove-rebase.ts";
import { joinNames } from "../../kernel/join-names.ts";
import { shortenPath } from "../shorten-path.ts";
import type { Style } from "../style.ts";
import { count } from "./count.ts";
import { renderNext } from "./next-command.ts";
import { wrapBehind, wrapText } from "./wrap-text.ts";

/** The files, and below each what changes in it. */
export function renderRebase({ files }: RebaseResult, folder: string, { paint }: Style): string {
  return files
    .flatMap(({ path, removed, added }) => [
      shortenPath(path, folder),
      ...removed.map((line) => paint("removed", `  - ${line}`)),
      ...added.map((line) => paint("added", `  + ${line}`)),
    ])
    .join("\n");
}

function describeDifference({ revisions, schema, rows }: OtherOutcome): string {
  const places = [...new Set(rows.map(({ table, column }) => (column === null ? table : `${table}.${column}`)))];
  const what = schema.length > 0 ? "another schema" : `other rows in ${joinNames(places)}`;
  const head = `In the old order ${joinNames(revisions)} would have given ${what}`;
  return schema.length === 0
    ? `${head}.`
    : [`${head}; from the new one it differs by:`, ...schema.map((line) => `  ${line}`)].join("\n");
}

/** A row of a version table stands for all that its revision builds on, so nothing would look pending there. */
const describeUnasked = ({ moved, onto }: RebaseResult): string =>
  `Others were not asked: one that has ${moved[0] ?? ""} already would count as having ${onto}, and never run it.`;

/**
 * What moved where, who was asked, and how sure it is.
 *
 * @param command what does it in earnest, after a dry run
 */
export function tellRebase(result: RebaseResult, command: string, style: Style): string {
  const { moved, onto, database, proof, differences, notes, leftOut, heads, isDryRun } = result;
  const { paint, symbols, width } = style;
  const verb = isDryRun ? "would come" : moved.length === 1 ? "now comes" : "now come";
  const isProven = proof === "proven";
  const verdict = isProven
    ? "Proven on scratch databases with generated rows: up, down and up again worked in the new place."
    : "Unproven: nobody knows whether that works.";
  const next = heads.length === 1 ? "limbeck upgrade head" : "limbeck heads";
  return [
    wrapText(`${moved.length > 3 ? count(moved.length, "revision") : joinNames(moved)} ${verb} after ${onto}.`, width),
    wrapText(`Nothing of that is applied in the database that was asked, ${database}.`, width),
    paint("warning", wrapBehind(symbols.warning, describeUnasked(result), width)),
    paint(isProven ? "good" : "warning", wrapBehind(isProven ? symbols.done : symbols.warning, verdict, width)),
    ...differences.map((difference) =>
      paint("warning", wrapBehind(symbols.warning, describeDifference(difference), width)),
    ),
    ...leftOut.map((left) =>
      paint("warning", wrapBehind(symbols.warning, `Compared with the old order: ${left}`, width)),
    ),
    ...notes.map((note) => paint("dim", wrapBehind(`  ${symbols.dot}`, note, width))),
    ...(isDryRun ? ["Nothing was changed."] : []),
    renderNext(isDryRun ? command : next, style),
  ].join("\n");
}
