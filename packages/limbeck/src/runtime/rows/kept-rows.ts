import type { HeldRow } from "../../dialect/row-rules.ts";
import { openHiddenFile, type Piece } from "./hidden-file.ts";

/** A row at its place in its table. */
export interface PlacedRow extends HeldRow {
  readonly place: number;
}

/** How the rows of a table are split. */
export interface Split {
  /** Two tables that are split by the same name have the same rows in the same parts. */
  readonly name: string;
  /** Any number; rows of the same number stay together. */
  readonly choose: (row: PlacedRow) => number;
}

/** The rows of a table, put aside: in memory as long as they are few, else in a file that nobody else can open. */
export interface KeptRows {
  readonly count: number;
  /** Into how many parts they are split, each of which fits into memory; 1 when all do. */
  readonly parts: number;
  /** How they are split; undefined when they are in one part. */
  readonly split: string | undefined;
  readonly readPart: (part: number) => readonly PlacedRow[];
  /** Lets go of the file; then nothing can be read any more. */
  readonly release: () => void;
}

/** How many rows stay in memory. */
const FEW_ROWS = 10_000;

/** So many that a part of the largest table fits into memory, and so few that each may have a buffer. */
export const PARTS = 512;

/** How many characters of a part are gathered before they are written. */
const BUFFER = 16_384;

const writeLine = ({ place, number, values }: PlacedRow): string => JSON.stringify([place, number, ...values]);

function readLine(line: string): PlacedRow {
  // Written by writeLine.
  const [place, number, ...values] = JSON.parse(line) as [number, string | null, ...(string | null)[]];
  return { place, number, values };
}

/** Keeps rows in a file, in parts. */
class RowFile implements KeptRows {
  readonly parts: number = PARTS;
  count = 0;
  readonly #file = openHiddenFile();
  readonly #pieces: Piece[][] = Array.from({ length: PARTS }, () => []);
  readonly #buffers: string[] = Array.from({ length: PARTS }, () => "");
  readonly split: string;
  readonly #choose: Split["choose"];
  #isReleased = false;

  constructor({ name, choose }: Split) {
    this.split = name;
    this.#choose = choose;
  }

  add(row: PlacedRow): void {
    const part = this.#choose(row) % PARTS;
    this.#buffers[part] += `${writeLine(row)}\n`;
    this.count += 1;
    if ((this.#buffers[part] ?? "").length > BUFFER) this.#flush(part);
  }

  #flush(part: number): void {
    const text = this.#buffers[part] ?? "";
    if (text === "") return;
    this.#pieces[part]?.push(this.#file.append(text));
    this.#buffers[part] = "";
  }

  readonly readPart = (part: number): readonly PlacedRow[] => {
    this.#flush(part);
    return (this.#pieces[part] ?? []).flatMap((piece) => this.#file.read(piece).trimEnd().split("\n").map(readLine));
  };

  readonly release = (): void => {
    if (!this.#isReleased) this.#file.close();
    this.#isReleased = true;
  };
}

/** Rows in memory, in one part. */
const keepInMemory = (rows: readonly PlacedRow[]): KeptRows => ({
  count: rows.length,
  parts: 1,
  split: undefined,
  readPart: () => rows,
  release: () => undefined,
});

/** Takes rows in, page by page. */
export interface RowKeeper {
  readonly add: (row: PlacedRow) => void;
  /** What was taken in. */
  readonly finish: () => KeptRows;
}

/**
 * Makes a keeper.
 *
 * @param split how the rows are split once they are many
 */
export function createRowKeeper(split: Split): RowKeeper {
  const rows: PlacedRow[] = [];
  let file: RowFile | undefined;
  return {
    add(row) {
      if (file) {
        file.add(row);
        return;
      }
      rows.push(row);
      if (rows.length <= FEW_ROWS) return;
      file = new RowFile(split);
      for (const one of rows.splice(0)) file.add(one);
    },
    finish: () => file ?? keepInMemory(rows),
  };
}

/** The same rows, split in another way. */
export function splitAnew(rows: KeptRows, split: Split): KeptRows {
  const file = new RowFile(split);
  for (let part = 0; part < rows.parts; part += 1) for (const row of rows.readPart(part)) file.add(row);
  return file;
}
