import type { HeadsResult } from "../../commands/heads.ts";
import type { Style } from "../style.ts";
import { renderRevision, renderRevisionInFull } from "./revision.ts";

/** The heads, one per line, or in full. */
export function renderHeads({ revisions }: HeadsResult, verbose: boolean, style: Style): string {
  if (verbose) return revisions.map((revision) => renderRevisionInFull(revision, style)).join("\n\n");
  return revisions.map((revision) => renderRevision(revision, style, { headOnly: true })).join("\n");
}
