import { listEdges, type Edge, type LineKind, type RevisionsBelow } from "../list-edges.ts";
import { drawFork, drawJoins, drawSign, drawStraight, type LanePair } from "./draw-cells.ts";
import type { LaneRow } from "./lane-rows.ts";
import {
  closeLane,
  createLanes,
  findFreeLane,
  findLane,
  listFreeLanes,
  openLane,
  type OpenLanes,
} from "./open-lanes.ts";

/** A revision to lay out. */
export interface LaneRevision extends RevisionsBelow {
  readonly id: string;
}

/** How to lay out a graph. */
export interface LaneOptions {
  /**
   * The most lanes there may be, at least two. Where more are needed, the lines that would go on the longest break off.
   * Default: as many as it takes.
   */
  readonly limit?: number;
}

/** With one lane only, nothing could part. */
const FEWEST_LANES = 2;

/** A layout while it grows. */
interface Layout {
  readonly rows: LaneRow[];
  readonly lanes: OpenLanes;
  /** In which place each revision comes. */
  readonly places: ReadonlyMap<string, number>;
  /** Revisions to which a line led that broke off. */
  readonly cutOff: Set<string>;
}

const LINE_KINDS: readonly LineKind[] = ["parent", "dependency"];

function breakOff({ rows, lanes, cutOff }: Layout, lane: number): void {
  const edge = lanes.edges[lane];
  if (!edge) return;
  const { kind, target } = edge;
  const cells = drawSign(lanes.edges, lane, { sign: "break", up: kind, down: undefined });
  rows.push({ kind: "break", target, line: kind, lane, cells });
  cutOff.add(target);
  closeLane(lanes, lane);
}

/** The lane, other than those that are needed, whose line has the longest way to go. */
function findLongest({ lanes, places }: Layout, needed: readonly number[]): number | undefined {
  let longest: number | undefined;
  let farthest = -1;
  for (const [lane, edge] of lanes.edges.entries()) {
    const end = edge && !needed.includes(lane) ? (places.get(edge.target) ?? 0) : -1;
    if (end < farthest || end === -1) continue;
    [longest, farthest] = [lane, end];
  }
  return longest;
}

/** Breaks lines off until so many lanes are free, or no other line is left. */
function makeRoom(layout: Layout, count: number, needed: readonly number[] = []): void {
  const { lanes } = layout;
  while (lanes.limit - lanes.taken < count) {
    const lane = findLongest(layout, needed);
    if (lane === undefined) return;
    breakOff(layout, lane);
  }
}

/** Lets lines that lead to the same revision meet; as many at once as do not get in each other's way. */
function join({ rows, lanes }: Layout, pairs: readonly LanePair[]): void {
  if (pairs.length === 0) return;
  let left = pairs.toSorted(([a], [b]) => a - b);
  while (left.length > 0) {
    let end = -1;
    const now = left.filter(([kept, closed]) => {
      const hasRoom = kept > end;
      if (hasRoom) end = closed;
      return hasRoom;
    });
    rows.push({ kind: "connector", cells: drawJoins(lanes.edges, now) });
    for (const [kept, closed] of now) {
      const edge = lanes.edges[kept];
      closeLane(lanes, closed);
      if (edge) lanes.byTarget[edge.kind].set(edge.target, kept);
    }
    left = left.filter((pair) => !now.includes(pair));
  }
}

/** Ends what has no way to go: lines that have met others, and those to revisions that are not drawn. */
function settle(layout: Layout, opened: readonly number[]): void {
  const { lanes, places } = layout;
  const pairs: LanePair[] = [];
  for (const lane of opened) {
    const edge = lanes.edges[lane];
    const other = edge && findLane(lanes, edge);
    if (other !== undefined && other !== lane) pairs.push([Math.min(lane, other), Math.max(lane, other)]);
  }
  join(layout, pairs);
  for (const lane of opened.toSorted((a, b) => a - b)) {
    const edge = lanes.edges[lane];
    if (edge && !places.has(edge.target)) breakOff(layout, lane);
  }
}

const connect = ({ edges }: OpenLanes): LaneRow => ({ kind: "connector", cells: drawStraight(edges) });

/** The lane for a revision that no line leads to, and for the first of its own lines. */
function begin({ rows, lanes, cutOff }: Layout, id: string): number {
  const lane = findFreeLane(lanes);
  // What stands right below something looks as if it were joined to it.
  if (rows.at(-1)?.cells[lane]?.sign) rows.push(connect(lanes));
  if (!cutOff.has(id)) return lane;
  rows.push({
    kind: "connector",
    cells: drawSign(lanes.edges, lane, { sign: "break", up: undefined, down: "parent" }),
  });
  return lane;
}

/** Makes a line that stands for a dependency longer where it would be too short to be told from one to a parent. */
function showDependency({ rows, lanes }: Layout, lane: number): void {
  const cell = rows.at(-1)?.cells[lane];
  const isShown = cell?.up && !cell.sign && (cell.isCrossing || (!cell.left && !cell.right));
  if (lanes.edges[lane]?.kind === "dependency" && !isShown) rows.push(connect(lanes));
}

/** Leads the lines to a revision into one lane, and sees to it that there is room for those that leave it in others. */
function arrive(layout: Layout, id: string, leaving: number): number {
  const { parent, dependency } = layout.lanes.byTarget;
  const [solid, dotted] = [parent.get(id), dependency.get(id)];
  const lane = solid ?? dotted;
  if (lane === undefined) {
    makeRoom(layout, 1 + leaving);
    return begin(layout, id);
  }
  if (solid === undefined || dotted === undefined) {
    makeRoom(layout, leaving, [lane]);
    showDependency(layout, lane);
    return lane;
  }
  const [kept, closed] = [Math.min(solid, dotted), Math.max(solid, dotted)];
  // They meet last of all, because below the place where a dotted line meets another one it is dotted no more.
  makeRoom(layout, leaving - 1, [kept, closed]);
  showDependency(layout, kept);
  join(layout, [[kept, closed]]);
  return kept;
}

/**
 * Leads lines out of a lane into lanes of their own: parents in one row, dependencies in another; where there is no room
 * for all at once, some at a time.
 *
 * @returns the lanes that were opened last
 */
function fork(layout: Layout, lane: number, edges: readonly Edge[]): readonly number[] {
  const { rows, lanes } = layout;
  let opened: readonly number[] = [];
  for (const kind of LINE_KINDS) {
    let left = edges.filter((edge) => edge.kind === kind);
    while (left.length > 0) {
      const branches = listFreeLanes(lanes, lane, left.length);
      if (branches.length === 0) {
        settle(layout, opened);
        for (const full of opened) breakOff(layout, full);
        opened = [];
        continue;
      }
      for (const [index, branch] of branches.entries()) {
        const edge = left[index];
        if (edge) openLane(lanes, branch, edge);
      }
      rows.push({ kind: "connector", cells: drawFork(lanes.edges, lane, branches) });
      opened = [...opened, ...branches];
      left = left.slice(branches.length);
    }
  }
  return opened;
}

/** Draws a revision and leads its lines on their way. */
function place(layout: Layout, revision: LaneRevision): void {
  const { rows, lanes } = layout;
  const [first, ...others] = listEdges(revision);
  const lane = arrive(layout, revision.id, others.length);
  const up = rows.at(-1)?.cells[lane]?.down;
  closeLane(lanes, lane);
  const cells = drawSign(lanes.edges, lane, { sign: "revision", up, down: first?.kind });
  rows.push({ kind: "revision", id: revision.id, lane, cells });
  if (!first) return;
  openLane(lanes, lane, first);
  settle(layout, others.length === 0 ? [lane] : [lane, ...fork(layout, lane, others)]);
}

/**
 * Lays out a graph in lanes: lines run down from each revision to those that it builds or depends on, part in the rows
 * below it, and meet as soon as they lead to the same.
 *
 * Whoever follows the lines downwards from a revision, and never up, comes to what is below it and to nothing else. To this
 * end a row joins either lines that come from one revision or lines that lead to one.
 *
 * @param revisions newest first: each before all that it builds or depends on. What is not among them is not drawn, and
 *   lines to it break off
 */
export function layOutLanes(revisions: readonly LaneRevision[], options: LaneOptions = {}): readonly LaneRow[] {
  const layout: Layout = {
    rows: [],
    lanes: createLanes(Math.max(options.limit ?? Number.POSITIVE_INFINITY, FEWEST_LANES)),
    places: new Map(revisions.map(({ id }, index) => [id, index])),
    cutOff: new Set(),
  };
  for (const revision of revisions) place(layout, revision);
  return layout.rows;
}
