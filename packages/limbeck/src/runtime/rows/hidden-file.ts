import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where a piece of text lies in a file. */
export interface Piece {
  readonly start: number;
  readonly length: number;
}

/** A file for what does not fit into memory, which nobody else can open. */
export interface HiddenFile {
  readonly append: (text: string) => Piece;
  readonly read: (piece: Piece) => string;
  readonly close: () => void;
}

/** Opens a file that has no name where the system lets go of it at once, so that a run that is killed leaves nobody's rows behind. */
export function openHiddenFile(): HiddenFile {
  const folder = mkdtempSync(join(tmpdir(), "limbeck-rows-"));
  const erase = (): void => rmSync(folder, { recursive: true, force: true });
  const file = openSync(join(folder, "rows"), "wx+", 0o600);
  let isErased = true;
  try {
    erase();
  } catch {
    isErased = false;
  }
  let end = 0;
  return {
    append(text) {
      const bytes = Buffer.from(text);
      for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done, bytes.length - done, end + done);
      const piece = { start: end, length: bytes.length };
      end += bytes.length;
      return piece;
    },
    read({ start, length }) {
      const bytes = Buffer.alloc(length);
      for (let done = 0; done < length;) done += readSync(file, bytes, done, length - done, start + done);
      return bytes.toString();
    },
    close() {
      closeSync(file);
      if (!isErased) erase();
    },
  };
}
