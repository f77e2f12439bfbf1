import { rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Writes a text beside the file that it is for, so that it can take its place in one step; the name begins with a dot, so that nobody takes it for a revision.
 *
 * @param target absolute path of the file that it is for
 * @returns where it lies
 * @throws NodeJS.ErrnoException when it cannot be written; then nothing is left
 */
export function writeBeside(target: string, text: string): string {
  const ready = join(dirname(target), `.limbeck-${crypto.randomUUID()}.tmp`);
  try {
    writeFileSync(ready, text, { flag: "wx", flush: true });
    return ready;
  } catch (error) {
    rmSync(ready, { force: true });
    throw error;
  }
}
