import { createLineSearch } from "./line-search.ts";
import type { GraphNode } from "./revision-node.ts";
import { appendLine, createLines, removeLine } from "./walked-lines.ts";

/** Marks a revision that is not to be ordered, or has been. */
const GONE = -1;

/** Counts, at the index of each revision, how many others of the set come before it. */
function countFollowers(todo: ReadonlySet<GraphNode>): Int32Array {
  let size = 0;
  for (const node of todo) size = Math.max(size, node.index + 1);
  const counts = new Int32Array(size).fill(GONE);
  for (const node of todo) counts[node.index] = 0;
  for (const node of todo) {
    for (const below of node.allDown) {
      const count = counts[below.index] ?? GONE;
      if (count !== GONE) counts[below.index] = count + 1;
    }
  }
  return counts;
}

/**
 * Puts revisions in an order in which each comes before all that it builds or depends on, and one branch is finished
 * before the next begins. Reversed, it is the order of an upgrade.
 *
 * The way is Alembic's, so that the same rows of the version table change: walk down the line of the first head; where
 * another line has to come first, go over to it; when a line ends, go back to the one before. Ties are broken by the
 * position in which the revisions were given.
 *
 * @param todo what to order; with a revision and one of its ancestors it holds all between them
 * @param heads where lines start; every revision of `todo` lies on or below one of those that are in `todo`
 */
export function orderNewestFirst(todo: ReadonlySet<GraphNode>, heads: Iterable<GraphNode>): readonly GraphNode[] {
  const waitingFor = countFollowers(todo);
  const isLeft = (node: GraphNode): boolean => (waitingFor[node.index] ?? GONE) !== GONE;
  const lines = createLines();
  const starts = [...new Set(heads)].filter(isLeft).toSorted((a, b) => a.index - b.index);
  for (const head of starts) appendLine(lines, head);
  const search = createLineSearch(lines, isLeft);

  const ordered: GraphNode[] = [];
  let line = lines.first;
  while (line) {
    const { node } = line;
    if ((waitingFor[node.index] ?? GONE) > 0) {
      line = search.findFirstAbove(node);
      continue;
    }
    ordered.push(node);
    waitingFor[node.index] = GONE;
    lines.byNode.delete(node);
    for (const below of node.allDown)
      if (isLeft(below)) waitingFor[below.index] = (waitingFor[below.index] ?? GONE) - 1;
    const [next, ...others] = node.prerequisites.filter((below) => isLeft(below) && !lines.byNode.has(below));
    if (!next) {
      line = removeLine(lines, line);
      continue;
    }
    line.node = next;
    lines.byNode.set(next, line);
    for (const other of others) appendLine(lines, other);
  }
  return ordered;
}
