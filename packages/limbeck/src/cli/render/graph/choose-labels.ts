import type { RevisionSummary } from "../../../commands/revision-summary.ts";

/**
 * The labels to show at each revision of a drawn graph: its own, and at one of several heads also those that lead to no other
 * head. What else is on a branch, the lines show.
 */
export function chooseLabels(revisions: readonly RevisionSummary[]): (revision: RevisionSummary) => readonly string[] {
  const heads = revisions.filter(({ isHead }) => isHead);
  const uses = Map.groupBy(
    heads.flatMap(({ branchLabels }) => branchLabels),
    (label) => label,
  );
  return ({ isHead, ownLabels, branchLabels }) =>
    isHead && heads.length > 1
      ? branchLabels.filter((label) => ownLabels.includes(label) || uses.get(label)?.length === 1)
      : ownLabels;
}
