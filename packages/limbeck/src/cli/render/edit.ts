import type { RevisionSummary } from "../../commands/revision-summary.ts";
import type { Style } from "../style.ts";
import { renderNext } from "./next-command.ts";

/** What is useful after revision files were edited: to try them. */
export function tellEdit({ revisions }: { readonly revisions: readonly RevisionSummary[] }, style: Style): string {
  const [only, ...others] = revisions;
  return renderNext(only && others.length === 0 ? `limbeck test ${only.revision}` : "limbeck test", style);
}
