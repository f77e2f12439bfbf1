import { createLineSearch } from "./line-search.ts";
import type { GraphNode } from "./revision-node.ts";
import { appendLine, createLines, removeLine } from "./walked-lines.ts";

/** Counts for each revision how many others of the set come before it. */
function countFollowers(todo: ReadonlySet<GraphNode>): Map<GraphNode, number> {
  const counts = new Map<GraphNode, number>();
  for (const node of todo) {
    counts.set(
      node,
      node.followers.reduce((count, follower) => (todo.has(follower) ? count + 1 : count), 0),
    );
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
  const left = new Set(todo);
  const waitingFor = countFollowers(todo);
  const lines = createLines();
  const starts = [...new Set(heads)].filter((head) => todo.has(head)).toSorted((a, b) => a.index - b.index);
  for (const head of starts) appendLine(lines, head);
  const search = createLineSearch(starts, left, lines);

  const ordered: GraphNode[] = [];
  let line = lines.first;
  while (line) {
    const { node } = line;
    if ((waitingFor.get(node) ?? 0) > 0) {
      line = search.findFirstAbove(node);
      continue;
    }
    ordered.push(node);
    left.delete(node);
    lines.byNode.delete(node);
    for (const below of node.allDown) waitingFor.set(below, (waitingFor.get(below) ?? 0) - 1);
    const [next, ...others] = node.prerequisites.filter((below) => left.has(below) && !lines.byNode.has(below));
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
