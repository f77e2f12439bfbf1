import type { GraphNode } from "./revision-node.ts";
import type { Line, Lines } from "./walked-lines.ts";

/** Finds out, during a walk, which line has to be walked before a revision can be written down. */
export interface LineSearch {
  /** The first of the lines that lead down to a revision; undefined when none does. */
  findFirstAbove(node: GraphNode): Line | undefined;
}

/** The followers of a revision, those on the earliest lines first; the ones before `start` have been written down. */
interface RankedFollowers {
  readonly nodes: readonly GraphNode[];
  start: number;
}

/** Gives each revision that is left the rank of the first line that leads to it. */
function rankByLine(lines: Lines, isLeft: (node: GraphNode) => boolean): ReadonlyMap<GraphNode, number> {
  const ranks = new Map<GraphNode, number>();
  for (let line = lines.first; line; line = line.next) {
    const todo = [line.node];
    for (let node = todo.pop(); node; node = todo.pop()) {
      if (ranks.has(node) || !isLeft(node)) continue;
      ranks.set(node, line.rank);
      for (const below of node.allDown) todo.push(below);
    }
  }
  return ranks;
}

/** A place in the list of followers of a revision. */
interface Frame {
  readonly followers: RankedFollowers;
  position: number;
}

/** The next follower that is not yet written down; what has been at the head of the list is skipped for good. */
function takeNext(frame: Frame, isLeft: (node: GraphNode) => boolean): GraphNode | undefined {
  const { followers } = frame;
  for (let node = followers.nodes[frame.position]; node; node = followers.nodes[frame.position]) {
    const isFirst = frame.position === followers.start;
    frame.position++;
    if (isLeft(node)) return node;
    if (isFirst) followers.start++;
  }
  return undefined;
}

/**
 * Prepares a search. A line only ever moves down, so the rank of the first line above a revision never falls during a
 * walk: what it was when the first question came is a lower bound, and leaves most of a bushy graph unvisited.
 *
 * @param lines the lines of the walk, which goes on changing them
 * @param isLeft whether a revision is not yet written down
 */
export function createLineSearch(lines: Lines, isLeft: (node: GraphNode) => boolean): LineSearch {
  const ranked = new Map<GraphNode, RankedFollowers>();
  let ranks: ReadonlyMap<GraphNode, number> | undefined;
  const rankOf = (node: GraphNode): number => {
    // A history without forks never asks.
    ranks ??= rankByLine(lines, isLeft);
    return ranks.get(node) ?? 0;
  };

  const openFrame = (node: GraphNode): Frame => {
    let followers = ranked.get(node);
    if (!followers) {
      const nodes = node.followers.filter(isLeft).toSorted((a, b) => rankOf(a) - rankOf(b));
      followers = { nodes, start: 0 };
      ranked.set(node, followers);
    }
    return { followers, position: followers.start };
  };

  return {
    findFirstAbove(node) {
      let found: Line | undefined;
      const seen = new Set<GraphNode>();
      // Depth first, so that a line is found early and the rest of the followers need no visit.
      const path = [openFrame(node)];
      for (let frame = path.at(-1); frame; frame = path.at(-1)) {
        const follower = takeNext(frame, isLeft);
        if (!follower || (found && rankOf(follower) >= found.rank)) {
          path.pop();
          continue;
        }
        if (seen.has(follower)) continue;
        seen.add(follower);
        const line = lines.byNode.get(follower);
        if (line && (!found || line.rank < found.rank)) found = line;
        path.push(openFrame(follower));
      }
      return found;
    },
  };
}
