import type { Edge, LineKind } from "../list-edges.ts";
import type { LaneCell } from "./lane-rows.ts";

const EMPTY: LaneCell = Object.freeze({
  up: undefined,
  down: undefined,
  left: undefined,
  right: undefined,
  isCrossing: false,
  sign: undefined,
  rightLane: undefined,
});

/** Most cells are one of these, so they are shared. */
const STRAIGHT: Readonly<Record<LineKind, LaneCell>> = Object.freeze({
  parent: Object.freeze({ ...EMPTY, up: "parent", down: "parent" }),
  dependency: Object.freeze({ ...EMPTY, up: "dependency", down: "dependency" }),
});

/** A row that is being drawn. */
type Cells = LaneCell[];

/** Draws a line from one lane to another. What stands between passes over it, and what meets it at the ends stays. */
function drawAcross(
  cells: Cells,
  from: number,
  to: number,
  look: { readonly kind: LineKind; readonly lane: number },
): void {
  const [first, last] = from < to ? [from, to] : [to, from];
  while (cells.length <= last) cells.push(EMPTY);
  for (let lane = first; lane <= last; lane += 1) {
    const cell = cells[lane] ?? EMPTY;
    const isBetween = lane > first && lane < last;
    cells[lane] = {
      ...cell,
      ...(lane > first && { left: look.kind }),
      ...(lane < last && { right: look.kind, rightLane: look.lane }),
      isCrossing: cell.isCrossing || (isBetween && cell.up !== undefined && cell.down !== undefined),
    };
  }
}

/** All lines straight on. */
export function drawStraight(edges: readonly (Edge | undefined)[]): LaneCell[] {
  return edges.map((edge) => (edge ? STRAIGHT[edge.kind] : EMPTY));
}

/** One lane holds a sign, with a line above it or below it or both; all other lines go straight on. */
export function drawSign(
  edges: readonly (Edge | undefined)[],
  lane: number,
  cell: Pick<LaneCell, "sign" | "up" | "down">,
): readonly LaneCell[] {
  const cells = drawStraight(edges);
  while (cells.length <= lane) cells.push(EMPTY);
  cells[lane] = { ...EMPTY, ...cell };
  return cells;
}

/** Lines leave one lane for lanes that begin here; the farthest first, so that each piece has the colour of the nearest. */
export function drawFork(
  edges: readonly (Edge | undefined)[],
  lane: number,
  branches: readonly number[],
): readonly LaneCell[] {
  const cells = drawStraight(edges);
  for (const branch of branches) cells[branch] = { ...EMPTY, down: edges[branch]?.kind };
  for (const branch of branches.toSorted((a, b) => Math.abs(b - lane) - Math.abs(a - lane)))
    drawAcross(cells, lane, branch, { kind: edges[branch]?.kind ?? "parent", lane: branch });
  return cells;
}

/** Two lanes whose lines lead to the same revision; the line of the second goes over to the first. */
export type LanePair = readonly [kept: number, closed: number];

/** Lanes end and go over to others. */
export function drawJoins(edges: readonly (Edge | undefined)[], pairs: readonly LanePair[]): readonly LaneCell[] {
  const cells = drawStraight(edges);
  for (const [kept, closed] of pairs) {
    const kind = edges[closed]?.kind ?? "parent";
    cells[closed] = { ...EMPTY, up: kind };
    drawAcross(cells, kept, closed, { kind, lane: closed });
  }
  return cells;
}
