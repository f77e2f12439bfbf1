import type { RevisionSummary } from "../../commands/revision-summary.ts";
import type { Style } from "../style.ts";

/** Which marks a line shows behind a revision. */
export interface MarkOptions {
  /** Revisions that the database stands at. */
  readonly current?: readonly string[];
  /** Leave out `(branchpoint)` and `(mergepoint)`. Default false. */
  readonly headOnly?: boolean;
}

function marks(revision: RevisionSummary, { current = [], headOnly = false }: MarkOptions, { paint }: Style): string {
  return [
    revision.isHead ? paint("good", " (head)") : "",
    current.includes(revision.revision) ? paint("warning", " (current)") : "",
    revision.isBranchPoint && !headOnly ? " (branchpoint)" : "",
    revision.isMergePoint && !headOnly ? " (mergepoint)" : "",
  ].join("");
}

const inParentheses = (names: readonly string[]): string => (names.length === 0 ? "" : ` (${names.join(", ")})`);

/** A revision as `heads` and `current` show it: `rev (labels) (head)`. */
export function renderRevision(revision: RevisionSummary, style: Style, options: MarkOptions = {}): string {
  return (
    style.paint("strong", revision.revision) + inParentheses(revision.branchLabels) + marks(revision, options, style)
  );
}

/** A revision as `history` shows it: `parent -> rev (head), message`. */
export function renderStep(revision: RevisionSummary, style: Style, options: MarkOptions = {}): string {
  const parents = revision.downRevision.length === 0 ? "<base>" : revision.downRevision.join(", ");
  const from = style.paint("dim", parents + inParentheses(revision.dependsOn));
  return `${from} -> ${renderRevision(revision, style, options)}, ${revision.message}`;
}

/** A revision with all that is known of it, as `-v` and `show` give it. */
export function renderRevisionInFull(revision: RevisionSummary, style: Style, options: MarkOptions = {}): string {
  const { paint } = style;
  const parents = revision.downRevision.length === 0 ? "<base>" : revision.downRevision.join(", ");
  return [
    `Rev: ${paint("strong", revision.revision)}${marks(revision, options, style)}`,
    `${revision.isMergePoint ? "Merges" : "Parent"}: ${parents}`,
    ...(revision.dependsOn.length > 0 ? [`Also depends on: ${revision.dependsOn.join(", ")}`] : []),
    ...(revision.branchLabels.length > 0 ? [`Branch names: ${revision.branchLabels.join(", ")}`] : []),
    `Path: ${revision.path}`,
    "",
    ...revision.message.split("\n").map((line) => `    ${line}`.trimEnd()),
  ].join("\n");
}
