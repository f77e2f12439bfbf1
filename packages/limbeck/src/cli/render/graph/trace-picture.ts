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
  readonly fail: (place: Place, problem: string) => never;
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
      signs: [...(found ? line.slice(0, found.index) : line)],
      text: id === undefined ? undefined : { id, isDependency: dependency !== undefined },
    };
  });
  const signAt = ({ row, column }: Place): string => lines[row]?.signs[column] ?? " ";
  const isAcross = (row: number, column: number): boolean => HORIZONTAL.includes(signAt({ row, column }));
  return {
    fail: ({ row, column }, problem) => {
      throw new Error(`${problem} in row ${row + 1}, column ${column + 1}:\n${text}`);
    },
    height: lines.length,
    signsOf: (row) => lines[row]?.signs ?? [],
    textOf: (row) => lines[row]?.text,
    signAt,
    sidesOf: ({ row, column }) => {
      const sign = signAt({ row, column });
      if (sign === "\\") return isAcross(row, column - 1) ? ["left", "down"] : ["up", "right"];
      if (sign === "/") return isAcross(row, column - 1) ? ["left", "up"] : ["down", "right"];
      if (sign !== "+") return SIDES[sign] ?? [];
      const across = ([["left", -1], ["right", 1]] as const).filter(([, step]) => isAcross(row, column + step));
      return ["up", "down", ...across.map(([side]) => side)];
    },
  };
}

function move({ row, column }: Place, side: Side): Place {
  const down = side === "down" ? 1 : 0;
  const right = side === "right" ? 1 : 0;
  return { row: row + down - (side === "up" ? 1 : 0), column: column + right - (side === "left" ? 1 : 0) };
}

/**
 * Says what the way to a place is, from the signs it went through and the text where it breaks off. A dotted line may leave the
 * line to a parent a few rows below the revision, but no line to a parent leaves a dotted one.
 */
function describeWay({ fail, signAt, textOf }: Picture, end: Place, signs: string): string {
  const text = textOf(end.row) ?? fail(end, "A line leads to a break that says nothing");
  const drawn = [...signs].filter((sign) => VERTICAL.includes(sign) || HORIZONTAL.includes(sign));
  const isDotted = drawn.map((sign) => DOTTED.includes(sign));
  if (signAt(end) === BREAK) isDotted.push(text.isDependency);
  if (isDotted.lastIndexOf(false) > isDotted.indexOf(true) && isDotted.includes(true))
    fail(end, `The line to ${text.id} changes its kind`);
  return `${isDotted.includes(true) ? "dependency" : "parent"} ${text.id}`;
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
  if (!sides.includes(from)) return picture.fail(place, "A line ends");
  return sides.filter((side) => side !== from && side !== "up").flatMap((side) => leave(side, signs + sign));
}

/** Fails unless every line that leaves a cell is met by one of the next cell, so that none ends in the open. */
function checkEnds(picture: Picture): void {
  for (let row = 0; row < picture.height; row += 1) {
    for (const [column, sign] of picture.signsOf(row).entries()) {
      const place = { row, column };
      for (const side of picture.sidesOf(place)) {
        const next = picture.signAt(move(place, side));
        const isAcross = side === "left" || side === "right";
        const isMet = isAcross ? VERTICAL.includes(next) : REVISION.includes(next) || next === BREAK;
        // In ASCII a lane that begins in the middle of a line looks like one that goes on.
        const mayBegin = sign === "+" && side === "up";
        if (isMet || mayBegin || picture.sidesOf(move(place, side)).includes(OPPOSITE[side])) continue;
        picture.fail(place, `Nothing meets the line ${side}`);
      }
    }
  }
}

/**
 * Reads a drawn graph as people do: finds the revisions, and follows the lines down from each, sign by sign. For tests; it knows
 * nothing of how a graph is laid out.
 *
 * @returns for each revision what its lines lead to: `parent r001`, `dependency r002`
 * @throws Error where a revision stands twice, or a line ends in the open or changes its kind
 */
export function tracePicture(text: string): ReadonlyMap<string, readonly string[]> {
  const picture = readPicture(text);
  checkEnds(picture);
  const found = new Map<string, readonly string[]>();
  for (let row = 0; row < picture.height; row += 1) {
    const columns = picture.signsOf(row).flatMap((sign, column) => (REVISION.includes(sign) ? [column] : []));
    for (const column of columns) {
      const id = picture.textOf(row)?.id;
      if (id === undefined || columns.length > 1 || found.has(id)) return picture.fail({ row, column }, "One revision too many");
      const below = { row: row + 1, column };
      const sign = picture.signAt(below);
      const hasLine = REVISION.includes(sign) || sign === BREAK || picture.sidesOf(below).includes("up");
      found.set(id, hasLine ? [...new Set(enter(picture, below, "up", ""))].toSorted() : []);
    }
  }
  return found;
}
