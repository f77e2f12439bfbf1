import type { CurrentResult } from "../../commands/current.ts";
import type { Style } from "../style.ts";
import { renderRevision, renderRevisionInFull } from "./revision.ts";
import { wrapText } from "./wrap-text.ts";

const UNKNOWN = " (no such revision file)";

/** Where the database stands: nothing at base. */
export function renderCurrent(result: CurrentResult, verbose: boolean, style: Style): string {
  const { paint } = style;
  const unknown = result.unknown.map((revision) => paint("strong", revision) + paint("error", UNKNOWN));
  if (!verbose) return [...result.revisions.map((revision) => renderRevision(revision, style)), ...unknown].join("\n");
  const entries = [
    ...result.revisions.map((revision) => renderRevisionInFull(revision, style)),
    ...unknown.map((line) => `Rev: ${line}`),
  ];
  return [`Current revision(s) for ${result.database}:`, ...entries].join("\n\n");
}

/** What to know about an answer that is empty or strange. */
export function tellCurrent({ revisions, unknownCode, database }: CurrentResult, { width, paint }: Style): string {
  if (unknownCode !== undefined) {
    const story = "The database stands at a revision that no file describes; more about it:";
    return `${wrapText(story, width)}\n  ${paint("command", `limbeck explain ${unknownCode}`)}`;
  }
  return revisions.length === 0 ? wrapText(`Nothing is applied: ${database} stands at base.`, width) : "";
}
