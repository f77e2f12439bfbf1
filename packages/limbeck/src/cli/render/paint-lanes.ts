import type { LaneCell } from "../../graph/lanes/lane-rows.ts";
import { LANE_TONES, type LaneTone, type Style } from "../style.ts";

/** What a revision is drawn as. */
export type RevisionSign = "revision" | "pending" | "current";

const toneOf = (lane: number): LaneTone => LANE_TONES[lane % LANE_TONES.length] ?? LANE_TONES[0];

const listSides = ({ up, down, left, right }: LaneCell): string =>
  (up ? "u" : "") + (down ? "d" : "") + (left ? "l" : "") + (right ? "r" : "");

function chooseSign(cell: LaneCell, revision: RevisionSign, { symbols }: Style): string {
  const { lanes } = symbols;
  if (cell.sign) return lanes[cell.sign === "break" ? "break" : revision];
  const sides = listSides(cell);
  if (sides === "") return " ";
  if (cell.down && (cell.isCrossing || sides === "ud")) return lanes.vertical[cell.down];
  if (cell.right && sides === "lr") return lanes.horizontal[cell.right];
  return lanes.joints[sides] ?? " ";
}

/** The cells of a row as text: one column for each lane, and one between two lanes. */
export function paintLanes(cells: readonly LaneCell[], revision: RevisionSign, style: Style): string {
  let painted = "";
  let piece = "";
  let pieceTone: LaneTone = toneOf(0);
  // Neighbours of one colour are painted at once.
  const add = (tone: LaneTone, sign: string): void => {
    if (sign !== " " && tone !== pieceTone) {
      painted += piece === "" ? "" : style.paint(pieceTone, piece);
      [piece, pieceTone] = ["", tone];
    }
    piece += sign;
  };
  for (const [lane, cell] of cells.entries()) {
    const isStraightAcross = cell.rightLane !== undefined && listSides(cell) === "lr";
    add(toneOf(isStraightAcross ? (cell.rightLane ?? lane) : lane), chooseSign(cell, revision, style));
    if (lane === cells.length - 1) break;
    if (cell.right) add(toneOf(cell.rightLane ?? lane), style.symbols.lanes.horizontal[cell.right]);
    else add(pieceTone, " ");
  }
  return painted + style.paint(pieceTone, piece);
}
