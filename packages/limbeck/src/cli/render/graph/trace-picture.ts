type Side = "up" | "down" | "left" | "right";

const SIDES: Readonly<Record<string, readonly Side[]>> = {
  "│": ["up", "down"],
  "┊": ["up", "down"],
  "─": ["left", "right"],
  "┄": ["left", "right"],
  "├": ["up", "down", "right"],
  "┤": ["up", "down", "left"],
  "┬": ["down", "left", "right"],
  "┴": ["up", "left", "right"],
  "┼": ["up", "down", "left", "right"],
  "╮": ["down", "left"],
  "╭": ["down", "right"],
  "╯": ["up", "left"],
  "╰": ["up", "right"],
  "|": ["up", "down"],
  ":": ["up", "down"],
  "-": ["left", "right"],
  ".": ["left", "right"],
};

const OPPOSITE: Readonly<Record<Side, Side>> = { up: "down", down: "up", left: "right", right: "left" };

const VERTICAL = "│┊|:";
const HORIZONTAL = "─┄-.";
const DOTTED = "┊┄:.";
const REVISION = "●○◉*o@";
const BREAK = "~";

/** What stands beside the lanes: the revision that a row is about. */
const TEXT = /(depends on )?(?:goes on at )?\b(r[0-9a-z]{3})\b/;

/** A place in a picture. */
interface Place {
  readonly row: number;
  readonly column: number;
}

/** What the text beside the lanes says. */
interface RowText {
  readonly id: string;
  readonly isDependency: boolean;
}

/** A picture, with questions about its cells. */
interface Picture {
  readonly height: number;
  readonly signsOf: (row: number) => readonly string[];
  readonly textOf: (row: number) => RowText | undefined;
  readonly signAt: (place: Place) => string;
  /** Where lines lead from a cell; of signs that mean several things, their neighbours say which. */
  readonly sidesOf: (place: Place) => readonly Side[];
}

function readPicture(text: string): Picture {
  const lines = text.split("\n").map((line) => {
    const found = TEXT.exec(line);
    const [, dependency, id] = found ?? [];
    return {
      signs: (found ? line.slice(0, found.index) : line).split(""),
      text: id === undefined ? undefined : { id, isDependency: dependency !== undefined },
    };
  });
  const signAt = ({ row, column }: Place): string => lines[row]?.signs[column] ?? " ";
  const isAcross = (row: number, column: number): boolean => HORIZONTAL.includes(signAt({ row, column }));
  return {
    height: lines.length,
    signsOf: (row) => lines[row]?.signs ?? [],
    textOf: (row) => lines[row]?.text,
    signAt,
    sidesOf: ({ row, column }) => {
      const sign = signAt({ row, column });
      if (sign === "\\") return isAcross(row, column - 1) ? ["left", "down"] : ["up", "right"];
      if (sign === "/") return isAcross(row, column - 1) ? ["left", "up"] : ["down", "right"];
      if (sign !== "+") return SIDES[sign] ?? [];
      const across = (
        [
          ["left", -1],
          ["right", 1],
        ] as const
      ).filter(([, step]) => isAcross(row, column + step));
      return ["up", "down", ...across.map(([side]) => side)];
    },
  };
}

const report = (problem: string, { row, column }: Place): string =>
  `${problem} in row ${row + 1}, column ${column + 1}`;

function move({ row, column }: Place, side: Side): Place {
  const down = side === "down" ? 1 : 0;
  const right = side === "right" ? 1 : 0;
  return { row: row + down - (side === "up" ? 1 : 0), column: column + right - (side === "left" ? 1 : 0) };
}

/**
 * Says what the way to a place is, from the signs it went through and the text where it breaks off. It is of one kind, but for this:
 * a dotted line may leave the line to a parent a few rows below the revision.
 */
function describeWay({ signAt, textOf }: Picture, end: Place, signs: string): string {
  const text = textOf(end.row);
  if (!text) return report("a line leads to a break that says nothing", end);
  const drawn = signs.split("").filter((sign) => VERTICAL.includes(sign) || HORIZONTAL.includes(sign));
  const turn = drawn.findIndex((sign) => HORIZONTAL.includes(sign));
  const kinds = drawn.map((sign) => DOTTED.includes(sign));
  if (signAt(end) === BREAK) kinds.push(text.isDependency);
  const [stem, rest] = turn === -1 ? [[], kinds] : [kinds.slice(0, turn), kinds.slice(turn)];
  const isDependency = rest.at(-1) ?? false;
  if (
    rest.some((isDotted) => isDotted !== isDependency) ||
    (stem.includes(true) && (stem.includes(false) || !isDependency))
  )
    return report(`the line to ${text.id} changes its kind`, end);
  return `${isDependency ? "dependency" : "parent"} ${text.id}`;
}

/** All that is reached through a cell that is entered from one side; nobody ever goes up. */
function enter(picture: Picture, place: Place, from: Side, signs: string): readonly string[] {
  const sign = picture.signAt(place);
  const leave = (side: Side, seen: string): readonly string[] =>
    enter(picture, move(place, side), OPPOSITE[side], seen);
  if (from === "up" && (REVISION.includes(sign) || sign === BREAK)) return [describeWay(picture, place, signs)];
  // What comes from the side passes beneath.
  if (from !== "up" && VERTICAL.includes(sign)) return leave(OPPOSITE[from], signs);
  const sides = picture.sidesOf(place);
  if (!sides.includes(from)) return [report("a line ends", place)];
  return sides.filter((side) => side !== from && side !== "up").flatMap((side) => leave(side, signs + sign));
}

/** All that is reached by the line that leaves a revision, if one does. */
function followDown(picture: Picture, revision: Place): readonly string[] {
  const below = move(revision, "down");
  const sign = picture.signAt(below);
  const hasLine = REVISION.includes(sign) || sign === BREAK || picture.sidesOf(below).includes("up");
  return hasLine ? [...new Set(enter(picture, below, "up", ""))].toSorted() : [];
}

function isMet(picture: Picture, place: Place, side: Side): boolean {
  const next = picture.signAt(move(place, side));
  if (picture.sidesOf(move(place, side)).includes(OPPOSITE[side])) return true;
  if (side === "left" || side === "right") return VERTICAL.includes(next);
  // In ASCII a lane that begins in the middle of a line looks like one that goes on.
  return REVISION.includes(next) || next === BREAK || (side === "up" && picture.signAt(place) === "+");
}

/** Where a line leaves a cell and none in the next cell meets it. */
const findLooseEnds = (picture: Picture, row: number): readonly string[] =>
  picture.signsOf(row).flatMap((_, column) => {
    const place = { row, column };
    const loose = picture.sidesOf(place).filter((side) => !isMet(picture, place, side));
    return loose.map((side) => report(`nothing meets the line ${side}`, place));
  });

/** What a reader finds in a picture. */
export interface Traced {
  /** For each revision, from the top, what its lines lead to: `parent r001`, `dependency r002`. */
  readonly ways: readonly (readonly [revision: string, below: readonly string[]])[];
  /** Lines that end in the open, and signs that belong to no revision. */
  readonly problems: readonly string[];
}

/**
 * Reads a drawn graph as people do: finds the revisions, and follows the lines down from each, sign by sign. For tests; it knows
 * nothing of how a graph is laid out.
 */
export function tracePicture(text: string): Traced {
  const picture = readPicture(text);
  const rows = Array.from({ length: picture.height }, (_, row) => row);
  const found = rows.flatMap((row) =>
    picture.signsOf(row).flatMap((sign, column) => (REVISION.includes(sign) ? [{ row, column }] : [])),
  );
  return {
    ways: found.map((place) => [picture.textOf(place.row)?.id ?? report("no name", place), followDown(picture, place)]),
    problems: rows.flatMap((row) => findLooseEnds(picture, row)),
  };
}
