import type { LineKind } from "../list-edges.ts";

/** What one lane shows in one row: to which of its sides lines lead, and what they stand for. */
export interface LaneCell {
  readonly up: LineKind | undefined;
  readonly down: LineKind | undefined;
  readonly left: LineKind | undefined;
  readonly right: LineKind | undefined;
  /** The line from left to right passes beneath the one from top to bottom without touching it. */
  readonly isCrossing: boolean;
  /** What stands in the lane: a revision, or the place where a line that is not drawn further breaks off or goes on. */
  readonly sign: "revision" | "break" | undefined;
  /** The lane that the line to the right leads to, or comes from: what it is coloured like. */
  readonly rightLane: number | undefined;
}

/** A row that shows a revision. */
export interface RevisionRow {
  readonly kind: "revision";
  readonly id: string;
  readonly lane: number;
  readonly cells: readonly LaneCell[];
}

/** A row in which a line breaks off, because what it leads to is not drawn, or so far away that there is no room for it. */
export interface BreakRow {
  readonly kind: "break";
  /** The revision that the line leads to. */
  readonly target: string;
  readonly line: LineKind;
  readonly lane: number;
  readonly cells: readonly LaneCell[];
}

/** A row in which lines only go on, part or meet. */
export interface ConnectorRow {
  readonly kind: "connector";
  readonly cells: readonly LaneCell[];
}

/** One row of a drawn graph; lanes to the right of its last cell are empty. */
export type LaneRow = RevisionRow | BreakRow | ConnectorRow;
