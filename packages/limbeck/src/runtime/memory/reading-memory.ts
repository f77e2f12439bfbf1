import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import type { Row } from "../../dialect/connection.ts";

/** The rows that a database gave, by the query that asked for them. */
export type RememberedRows = ReadonlyMap<string, readonly Row[]>;

/** Keeps what scratch databases said, by what made them: whatever is not found is only asked for again. */
export interface ReadingMemory {
  readonly recall: (key: string) => RememberedRows | undefined;
  readonly keep: (key: string, rows: RememberedRows) => void;
}

/** How many states of models are kept; each is a file. */
const MOST = 12;

function forgetOldest(folder: string): void {
  const files = readdirSync(folder).map((name) => join(folder, name));
  const dated = files.map((path) => ({ path, time: statSync(path).mtimeMs })).toSorted((a, b) => b.time - a.time);
  for (const { path } of dated.slice(MOST)) rmSync(path, { force: true });
}

/**
 * A memory in a folder of files, which may be deleted at any time. Nothing depends on it: what cannot be read or written is as if it were not there.
 *
 * @param folder absolute; made when it is needed
 */
export function createReadingMemory(folder: string): ReadingMemory {
  return {
    recall(key) {
      try {
        const value: unknown = deserialize(readFileSync(join(folder, key)));
        // It was written by `keep`; whatever else lies there is no map.
        return value instanceof Map ? (value as RememberedRows) : undefined;
      } catch {
        return undefined;
      }
    },
    keep(key, rows) {
      try {
        mkdirSync(folder, { recursive: true });
        // Another run may read it meanwhile.
        const draft = join(folder, `${key}.${randomUUID()}`);
        writeFileSync(draft, serialize(rows));
        renameSync(draft, join(folder, key));
        forgetOldest(folder);
      } catch {
        // A folder that cannot be written remembers nothing.
      }
    },
  };
}
