import type { GraphNode } from "./revision-node.ts";

/** One line that is being walked down. */
export interface Line {
  /** Rises with the position among the lines. */
  readonly rank: number;
  /** Where the walk on it stands: the next revision to be written down. */
  node: GraphNode;
  previous: Line | undefined;
  next: Line | undefined;
}

/** The lines of one walk, first to last; linked, because with many branches they come and go all the time. */
export interface Lines {
  readonly byNode: Map<GraphNode, Line>;
  first: Line | undefined;
  last: Line | undefined;
  /** How many there have been, which is the rank of the next one. */
  count: number;
}

/** Starts a walk without lines. */
export function createLines(): Lines {
  return { byNode: new Map(), first: undefined, last: undefined, count: 0 };
}

/** Begins a line, behind all others. */
export function appendLine(lines: Lines, node: GraphNode): void {
  const line: Line = { rank: lines.count++, node, previous: lines.last, next: undefined };
  if (lines.last) lines.last.next = line;
  else lines.first = line;
  lines.last = line;
  lines.byNode.set(node, line);
}

/** Ends a line and gives back the one to go on with: the one before it, or the first. */
export function removeLine(lines: Lines, line: Line): Line | undefined {
  if (line.previous) line.previous.next = line.next;
  else lines.first = line.next;
  if (line.next) line.next.previous = line.previous;
  else lines.last = line.previous;
  return line.previous ?? lines.first;
}
