import type { HistoryResult } from "../../../commands/history.ts";
import { withoutColor, type Style } from "../../style.ts";
import { renderRevision } from "../revision.ts";
import { chooseLabels } from "./choose-labels.ts";
import { chooseSigns, type RevisionSign } from "./revision-sign.ts";

/** A revision in a picture that another program draws. */
export interface Box {
  readonly id: string;
  /** `outside`: it is not among those that were asked for, but one of these builds or depends on it. */
  readonly look: RevisionSign | "outside";
  /** The revision with its marks, and its message. */
  readonly lines: readonly string[];
}

/** The boxes of a history, newest first; branch and merge points have no marks, because the arrows show them. */
export function describeBoxes(result: HistoryResult, style: Style): readonly Box[] {
  const { revisions, current = [] } = result;
  const plain = withoutColor(style);
  const labelsOf = chooseLabels(revisions);
  const signOf = chooseSigns(result);
  const boxes = revisions.map((revision): Box => {
    const shown = { ...revision, branchLabels: labelsOf(revision) };
    const title = renderRevision(shown, plain, { current, headOnly: true });
    const lines = revision.message === "" ? [title] : [title, revision.message];
    return { id: revision.revision, look: signOf(revision.revision), lines };
  });
  const inside = new Set(boxes.map(({ id }) => id));
  const below = new Set(revisions.flatMap(({ downRevision, dependsOn }) => [...downRevision, ...dependsOn]));
  const outside = [...below].filter((id) => !inside.has(id));
  return [...boxes, ...outside.map((id): Box => ({ id, look: "outside", lines: [id] }))];
}
