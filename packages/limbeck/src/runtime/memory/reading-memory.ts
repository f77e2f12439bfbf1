import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import type { Row } from "../../dialect/connection.ts";
import type { Reading } from "../read-source.ts";

/** What a database answered: the rows of a query, or how many rows a statement has changed. */
export type Answer = readonly Row[] | number;

/** Answers by all that was said before them, and what they answer. */
export type Answers = ReadonlyMap<string, Answer>;

/** What a schema came to on a scratch database. */
export interface KeptReading {
  /** The sum of all that it depends on. */
  readonly sum: string;
  readonly reading: Reading;
}

/** Keeps what scratch databases said in some conversations, and what that came to: whatever is not found is only asked for again. */
export interface ReadingMemory {
  /** @returns nothing where no such conversation is kept */
  readonly recall: (conversation: string) => Answers;
  /** Keeps what was said the last time. */
  readonly keep: (conversation: string, answers: Answers) => void;
  /** @returns undefined where none is kept under that name */
  readonly recallReading: (name: string) => KeptReading | undefined;
  /** Keeps a reading in the place of the one before it. */
  readonly keepReading: (name: string, reading: KeptReading) => void;
}

/** How many conversations are kept; each is a file. */
const MOST = 12;

function forgetOldest(folder: string): void {
  const files = readdirSync(folder).map((name) => join(folder, name));
  const dated = files.map((path) => ({ path, time: statSync(path).mtimeMs })).toSorted((a, b) => b.time - a.time);
  for (const { path } of dated.slice(MOST)) rmSync(path, { force: true });
}

/** @returns undefined for what is not there, or cannot be read */
function readValue(path: string): unknown {
  try {
    return deserialize(readFileSync(path));
  } catch {
    return undefined;
  }
}

function writeValue(folder: string, name: string, value: unknown): void {
  try {
    mkdirSync(folder, { recursive: true });
    // Another run may read it meanwhile.
    const draft = join(folder, `${name}.${randomUUID()}`);
    writeFileSync(draft, serialize(value));
    renameSync(draft, join(folder, name));
    forgetOldest(folder);
  } catch {
    // A folder that cannot be written remembers nothing.
  }
}

const isReading = (value: unknown): value is KeptReading =>
  typeof value === "object" && value !== null && "sum" in value && "reading" in value;

/**
 * A memory in a folder of files, which may be deleted at any time. Nothing depends on it: what cannot be read or written is as if it were not there.
 *
 * @param folder absolute; made when it is needed
 */
export function createReadingMemory(folder: string): ReadingMemory {
  return {
    recall(conversation) {
      const value = readValue(join(folder, conversation));
      // It was written by `keep`; whatever else lies there is no map.
      return value instanceof Map ? (value as Answers) : new Map();
    },
    keep: (conversation, answers) => writeValue(folder, conversation, answers),
    recallReading(name) {
      const value = readValue(join(folder, name));
      return isReading(value) ? value : undefined;
    },
    keepReading: (name, reading) => writeValue(folder, name, reading),
  };
}
