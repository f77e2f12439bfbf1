import type { LineKind } from "../graph/list-edges.ts";

/** The signs that a graph is drawn with; each is one column wide. */
export interface LaneSigns {
  readonly revision: string;
  /** A revision that the database has yet to get. */
  readonly pending: string;
  /** A revision that the database stands at. */
  readonly current: string;
  /** A line that is not drawn further. */
  readonly break: string;
  readonly vertical: Readonly<Record<LineKind, string>>;
  readonly horizontal: Readonly<Record<LineKind, string>>;
  /** Where lines turn or meet, by the sides that they lead to, in the order up, down, left, right. */
  readonly joints: Readonly<Record<string, string>>;
}

/** Lines with round corners. */
export const UNICODE_LANES: LaneSigns = {
  revision: "●",
  pending: "○",
  current: "◉",
  break: "~",
  vertical: { parent: "│", dependency: "┊" },
  horizontal: { parent: "─", dependency: "┄" },
  joints: { udr: "├", udl: "┤", dlr: "┬", udlr: "┼", dl: "╮", dr: "╭", ul: "╯", ur: "╰" },
};

/** The same in ASCII. */
export const ASCII_LANES: LaneSigns = {
  revision: "*",
  pending: "o",
  current: "@",
  break: "~",
  vertical: { parent: "|", dependency: ":" },
  horizontal: { parent: "-", dependency: "." },
  joints: { udr: "+", udl: "+", dlr: "+", udlr: "+", dl: "\\", dr: "/", ul: "/", ur: "\\" },
};
