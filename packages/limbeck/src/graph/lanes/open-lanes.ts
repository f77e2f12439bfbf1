import type { Edge, LineKind } from "../list-edges.ts";

/** The lines that are on their way down while a graph is laid out, and the lanes they are in. */
export interface OpenLanes {
  /** The most lanes there may be. */
  readonly limit: number;
  /** The edge that each lane carries; undefined for a lane that is free. */
  readonly edges: (Edge | undefined)[];
  /** The lane of each line, by what it leads to; while two lines lead to the same, that of the first. */
  readonly byTarget: Readonly<Record<LineKind, Map<string, number>>>;
  /** How many lanes are not free. */
  taken: number;
}

/** Starts without lines. */
export function createLanes(limit: number): OpenLanes {
  return { limit, edges: [], byTarget: { parent: new Map(), dependency: new Map() }, taken: 0 };
}

/** The lane of the line that leads to a revision. */
export function findLane({ byTarget }: OpenLanes, { kind, target }: Edge): number | undefined {
  return byTarget[kind].get(target);
}

/** Puts a line into a free lane. */
export function openLane(lanes: OpenLanes, lane: number, edge: Edge): void {
  // A list with holes in it would skip the lanes between.
  while (lanes.edges.length < lane) lanes.edges.push(undefined);
  lanes.edges[lane] = edge;
  lanes.taken += 1;
  const known = lanes.byTarget[edge.kind];
  if (!known.has(edge.target)) known.set(edge.target, lane);
}

/** Frees a lane, unless it is free already. */
export function closeLane(lanes: OpenLanes, lane: number): void {
  const edge = lanes.edges[lane];
  if (!edge) return;
  lanes.edges[lane] = undefined;
  lanes.taken -= 1;
  lanes.byTarget[edge.kind].delete(edge.target);
  while (lanes.edges.length > 0 && lanes.edges.at(-1) === undefined) lanes.edges.pop();
}

/** The leftmost free lane. */
export function findFreeLane({ edges }: OpenLanes): number {
  const lane = edges.indexOf(undefined);
  return lane === -1 ? edges.length : lane;
}

/** Up to `count` free lanes beside a lane: first those to its right, the nearest first, then those to its left. */
export function listFreeLanes({ edges, limit }: OpenLanes, lane: number, count: number): readonly number[] {
  const found: number[] = [];
  for (let right = lane + 1; right < limit && found.length < count; right += 1) if (!edges[right]) found.push(right);
  for (let left = lane - 1; left >= 0 && found.length < count; left -= 1) if (!edges[left]) found.push(left);
  return found;
}
