import type { LaneCell } from "../../../graph/lanes/lane-rows.ts";
import { LANE_TONES, type LaneTone, type Style, type Tone } from "../../style.ts";
import type { RevisionSign } from "./revision-sign.ts";

const toneOf = (lane: number): LaneTone => LANE_TONES[lane % LANE_TONES.length] ?? LANE_TONES[0];

const listSides = ({ up, down, left, right }: LaneCell): string =>
  (up ? "u" : "") + (down ? "d" : "") + (left ? "l" : "") + (right ? "r" : "");

function chooseSign(cell: LaneCell, revision: RevisionSign, { symbols }: Style): string {
  const { lanes } = symbols;
  if (cell.sign) return lanes[cell.sign === "break" ? "break" : revision];
  const sides = listSides(cell);
  if (cell.down && (cell.isCrossing || sides === "ud")) return lanes.vertical[cell.down];
  if (cell.right && sides === "lr") return lanes.horizontal[cell.right];
  return lanes.joints[sides] ?? " ";
}

function chooseTone(cell: LaneCell, lane: number, revision: RevisionSign): Tone {
  if (cell.sign === "revision" && revision === "current") return "warning";
  const isJustPassed = !cell.sign && !cell.up && !cell.down;
  return toneOf(isJustPassed ? (cell.rightLane ?? lane) : lane);
}

/** How many columns the cells of a row take: one for each lane, and one between two lanes. */
export const measureLanes = (cells: readonly LaneCell[]): number => Math.max(cells.length * 2 - 1, 0);

/** The cells of a row as text. */
export function paintLanes(cells: readonly LaneCell[], revision: RevisionSign, style: Style): string {
  let painted = "";
  let piece = "";
  let pieceTone: Tone = toneOf(0);
  // Neighbours of one colour are painted at once.
  const add = (tone: Tone, sign: string): void => {
    if (tone !== pieceTone && sign !== " ") {
      painted += style.paint(pieceTone, piece);
      piece = "";
      pieceTone = tone;
    }
    piece += sign;
  };
  for (const [lane, cell] of cells.entries()) {
    add(chooseTone(cell, lane, revision), chooseSign(cell, revision, style));
    if (lane === cells.length - 1) break;
    add(toneOf(cell.rightLane ?? lane), cell.right ? style.symbols.lanes.horizontal[cell.right] : " ");
  }
  return painted + style.paint(pieceTone, piece);
}
