import type { SquashResult } from "../../commands/squash.ts";
import type { Style } from "../style.ts";
import { count } from "./count.ts";
import { renderHooks } from "./hooks.ts";
import { renderNext } from "./next-command.ts";
import { formatPosition } from "./position.ts";
import { wrapBehind, wrapText } from "./wrap-text.ts";

/** What was put in the place of what, how sure that is, and what may be deleted when. */
export function tellSquash(result: SquashResult, style: Style): string {
  const { revision, downRevision, replaces, operations, irreversible, notes, leftOut, hooks } = result;
  const isProven = result.proof === "proven";
  const { paint, symbols, width } = style;
  const last = replaces.at(-1) ?? "";
  const proven =
    irreversible === undefined
      ? "Proven on scratch databases with generated rows: up, down and up again it comes to the same."
      : "Proven on scratch databases with generated rows: it comes to the same.";
  return [
    wrapText(
      `Revision ${revision}, on top of ${formatPosition(downRevision)}, replaces ${count(replaces.length, "revision")}.`,
      width,
    ),
    wrapText(`It takes ${count(operations.after, "operation")}; they took ${operations.before}.`, width),
    ...(irreversible === undefined
      ? []
      : [paint("warning", wrapBehind(symbols.warning, `It has no downgrade: ${irreversible}`, width))]),
    isProven
      ? paint("good", wrapBehind(symbols.done, proven, width))
      : paint("warning", wrapBehind(symbols.warning, "Unproven: nobody knows whether it comes to the same.", width)),
    ...leftOut.map((left) => paint("warning", wrapBehind(symbols.warning, left, width))),
    ...notes.map((note) => paint("dim", wrapBehind(`  ${symbols.dot}`, note, width))),
    wrapText(`Keep the files of what it replaces until every database is at ${last} or above.`, width),
    renderHooks(hooks, style),
    renderNext("limbeck history", style),
  ]
    .filter((part) => part !== "")
    .join("\n");
}
