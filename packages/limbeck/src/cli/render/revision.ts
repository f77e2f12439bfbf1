import type { RevisionSummary } from "../../commands/revision-summary.ts";
import type { Style } from "../style.ts";
import { count } from "./count.ts";

/** Which marks a line shows behind a revision. */
export interface MarkOptions {
  /** Revisions that the database stands at. */
  readonly current?: readonly string[];
  /** Leave out `(branchpoint)` and `(mergepoint)`. Default false. */
  readonly headOnly?: boolean;
}

const inParentheses = (names: readonly string[]): string => (names.length === 0 ? "" : ` (${names.join(", ")})`);

const paintLabels = ({ branchLabels }: RevisionSummary, { paint }: Style): string =>
  paint("command", inParentheses(branchLabels));

const markPoints = ({ isBranchPoint, isMergePoint }: RevisionSummary, { paint }: Style): string =>
  paint("dim", (isBranchPoint ? " (branchpoint)" : "") + (isMergePoint ? " (mergepoint)" : ""));

function markHead({ isHead, isEffectiveHead }: RevisionSummary, { paint }: Style): string {
  if (!isHead) return "";
  return paint("good", isEffectiveHead ? " (effective head)" : " (head)");
}

const markCurrent = ({ revision }: RevisionSummary, { current = [] }: MarkOptions, { paint }: Style): string =>
  current.includes(revision) ? paint("warning", " (current)") : "";

const markReplaced = ({ replaces }: RevisionSummary): string =>
  replaces.length === 0 ? "" : ` (replaces ${count(replaces.length, "revision")})`;

const listParents = ({ downRevision }: RevisionSummary): string => downRevision.join(", ") || "<base>";

/** A revision as `heads` and `current` show it: `rev (labels) (head)`. */
export function renderRevision(revision: RevisionSummary, style: Style, options: MarkOptions = {}): string {
  return [
    style.paint("strong", revision.revision),
    paintLabels(revision, style),
    markHead(revision, style),
    markCurrent(revision, options, style),
    options.headOnly ? "" : markPoints(revision, style),
    style.paint("dim", markReplaced(revision)),
  ].join("");
}

/** A revision as `history` shows it: `parent -> rev (head), message`. */
export function renderStep(revision: RevisionSummary, style: Style, options: MarkOptions = {}): string {
  const from = style.paint("dim", listParents(revision) + inParentheses(revision.dependsOn));
  return `${from} -> ${renderRevision(revision, style, options)}, ${revision.message}`;
}

/** A row of the long form; nothing when there is nothing to list. */
const row = (label: string, names: readonly string[]): readonly string[] =>
  names.length === 0 ? [] : [`${label}: ${names.join(", ")}`];

/** A revision with all that is known of it, as `-v` and `show` give it. */
export function renderRevisionInFull(revision: RevisionSummary, style: Style, options: MarkOptions = {}): string {
  const marks = markHead(revision, style) + markPoints(revision, style) + markCurrent(revision, options, style);
  return [
    `Rev: ${style.paint("strong", revision.revision)}${marks}`,
    `${revision.isMergePoint ? "Merges" : "Parent"}: ${listParents(revision)}`,
    ...row("Also depends on", revision.dependsOn),
    ...row("Branches into", revision.isBranchPoint ? revision.children : []),
    ...row("Branch names", revision.branchLabels),
    ...row("Replaces", revision.replaces),
    ...row("Replaced by", revision.replacedBy === undefined ? [] : [revision.replacedBy]),
    `Path: ${revision.path}`,
    "",
    `    ${revision.message}`,
  ].join("\n");
}
