import type { ShowResult } from "../../commands/show.ts";
import type { Style } from "../style.ts";
import { renderRevisionInFull } from "./revision.ts";

/** Revisions in full, each with the text of its file. */
export function renderShow({ revisions }: ShowResult, style: Style): string {
  return revisions
    .map((revision) => `${renderRevisionInFull(revision, style)}\n\n${revision.source.trimEnd()}`)
    .join("\n\n");
}
