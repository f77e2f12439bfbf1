import type { CurrentResult } from "../../commands/current.ts";
import type { Style } from "../style.ts";
import { renderRevision, renderRevisionInFull } from "./revision.ts";
import { launchable } from "./copyable.ts";
import { wrapText } from "./wrap-text.ts";

const UNKNOWN = " (no such revision file)";

const SURPLUS = " (surplus row: another one includes it)";

/** Where the database stands: nothing at base. */
export function renderCurrent(result: CurrentResult, verbose: boolean, style: Style): string {
  const { paint } = style;
  const mark = (rows: readonly string[], problem: string): readonly string[] =>
    rows.map((revision) => paint("strong", revision) + paint("error", problem));
  const strange = [...mark(result.unknown, UNKNOWN), ...mark(result.surplus, SURPLUS)];
  if (!verbose) return [...result.revisions.map((revision) => renderRevision(revision, style)), ...strange].join("\n");
  const entries = [
    ...result.revisions.map((revision) => renderRevisionInFull(revision, style)),
    ...strange.map((line) => `Rev: ${line}`),
  ];
  return [`Current revision(s) for ${result.database}:`, ...entries].join("\n\n");
}

/** What to know about an answer that is empty or strange. */
export function tellCurrent({ revisions, unknown, errorCode, database }: CurrentResult, style: Style): string {
  const { width, paint } = style;
  if (errorCode !== undefined) {
    const story =
      unknown.length > 0
        ? "The database stands at a revision that no file describes; more about it:"
        : "The version table has rows that others include, so nothing can move the database; more about it:";
    return `${wrapText(story, width)}\n  ${paint("command", launchable(`limbeck explain ${errorCode}`, style))}`;
  }
  // Not wrapped: the name of the database is mostly a path, to be copied whole.
  return revisions.length === 0 ? `Nothing is applied: ${database} stands at base.` : "";
}
