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

/** Gives each revision the rank of the first line that leads to it at the beginning of the walk. */
function rankByStart(starts: readonly GraphNode[], left: ReadonlySet<GraphNode>): Map<GraphNode, number> {
  const ranks = new Map<GraphNode, number>();
  for (const [rank, start] of starts.entries()) {
    const todo = [start];
    for (let node = todo.pop(); node; node = todo.pop()) {
      if (ranks.has(node) || !left.has(node)) continue;
      ranks.set(node, rank);
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
function takeNext(frame: Frame, left: ReadonlySet<GraphNode>): GraphNode | undefined {
  const { followers } = frame;
  for (let node = followers.nodes[frame.position]; node; node = followers.nodes[frame.position]) {
    const isFirst = frame.position === followers.start;
    frame.position++;
    if (left.has(node)) return node;
    if (isFirst) followers.start++;
  }
  return undefined;
}

/**
 * Prepares a search. A line only ever moves down, so the rank of the first line above a revision never falls during a
 * walk: what it was at the beginning is a lower bound, and leaves most of a bushy graph unvisited.
 *
 * @param starts where the lines begin, in order
 * @param left what is not yet written down; the walk goes on taking from it
 * @param lines the lines of the walk
 */
export function createLineSearch(starts: readonly GraphNode[], left: ReadonlySet<GraphNode>, lines: Lines): LineSearch {
  const ranks = rankByStart(starts, left);
  const ranked = new Map<GraphNode, RankedFollowers>();
  const rankOf = (node: GraphNode): number => ranks.get(node) ?? 0;

  const openFrame = (node: GraphNode): Frame => {
    let followers = ranked.get(node);
    if (!followers) {
      const nodes = node.followers.filter((follower) => left.has(follower)).toSorted((a, b) => rankOf(a) - rankOf(b));
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
        const follower = takeNext(frame, left);
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
