import { historyErrors } from "../kernel/errors/history-errors.ts";
import { collectAncestors, collectDescendants, keepTops } from "./lineage.ts";
import { orderNewestFirst } from "./order-newest-first.ts";
import type { GraphNode } from "./revision-node.ts";

/** Revisions that one revision can stand for, and where that one stands. */
export interface SquashPlan {
  /** In the order in which they run. */
  readonly members: readonly GraphNode[];
  /** What the first of them builds on. */
  readonly parents: readonly GraphNode[];
  /** What any of them depends on besides, and what they build on has not brought in. */
  readonly dependencies: readonly GraphNode[];
  /** The labels that any of them declares. */
  readonly labels: readonly string[];
}

/** @throws HistoryError when a revision but the first one builds on something outside */
function refuseSideEntrances(members: ReadonlySet<GraphNode>, first: GraphNode): void {
  for (const member of members) {
    const outside = member === first ? undefined : member.parents.find((parent) => !members.has(parent));
    if (!outside) continue;
    const before = member.parents.filter((parent) => members.has(parent)).map(({ id }) => id);
    throw historyErrors.squashEntered({ member: member.id, outside: outside.id, first: first.id, before });
  }
}

/** @throws HistoryError when something outside needs a revision but the last one */
function refuseSideExits(members: ReadonlySet<GraphNode>, first: GraphNode, last: GraphNode): void {
  for (const member of members) {
    const outside = member === last ? undefined : member.followers.find((follower) => !members.has(follower));
    if (!outside) continue;
    const after = member.children.filter((child) => members.has(child)).map(({ id }) => id);
    throw historyErrors.squashLeft({
      member: member.id,
      outside: outside.id,
      isChild: outside.parents.includes(member),
      ends: { first: first.id, last: last.id },
      after,
    });
  }
}

/**
 * Plans to put one revision in the place of a range: of all that lies between its ends. The range has one way in and one way out, so that no database and no other
 * revision needs to know what is inside.
 *
 * @param first undefined for the beginning of the history
 * @throws HistoryError when the range is none, or there is another way in or out
 */
export function planSquash(first: GraphNode | undefined, last: GraphNode): SquashPlan {
  const line = collectAncestors([last], "versioned");
  if (first && !line.has(first)) throw historyErrors.squashNoRange({ first: first.id, last: last.id });
  const members = first ? line.intersection(collectDescendants([first], "versioned")) : line;
  const [bottom, ...others] = first ? [first] : [...members].filter(({ parents }) => parents.length === 0);
  if (!bottom || others.length > 0)
    throw historyErrors.squashSeveralBases({ bases: [bottom, ...others].flatMap((node) => node?.id ?? []) });
  if (members.size < 2) throw historyErrors.squashOne({ revision: last.id });
  refuseSideEntrances(members, bottom);
  refuseSideExits(members, bottom, last);
  if (last.replaces.length > 0) throw historyErrors.squashEndsSquashed({ last: last.id, replaces: last.replaces });
  const below = collectAncestors(bottom.parents, "all");
  const needed = [...members].flatMap(({ dependencies }) => dependencies);
  return {
    members: orderNewestFirst(members, [last]).toReversed(),
    parents: bottom.parents,
    dependencies: keepTops(needed.filter((node) => !members.has(node) && !below.has(node))),
    labels: [...members].flatMap(({ ownLabels }) => ownLabels).toSorted(),
  };
}
