import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { learnErrors } from "limbeck/commands";

/** The folder in a learner's project that is ours. */
export const OWN_FOLDER = ".limbeck-learn";

/** Where a learner is. */
export interface Progress {
  /** The id of the exercise at hand. */
  readonly current: string;
  /** The ids of those that are solved. */
  readonly done: readonly string[];
  /** How many hints of the exercise at hand were read. */
  readonly hints: number;
  /** The id of the one in the project itself that was left unsolved for another one; its files are as they were left. */
  readonly left?: string | undefined;
}

const pathIn = (folder: string): string => join(folder, OWN_FOLDER, "progress.txt");

const HEADER = `# The place of "limbeck learn" in its exercises. It may be committed.\n`;

/**
 * The folder of the project that one is in.
 *
 * @throws LearnError when there is none here or above
 */
export function findProject(cwd: string): string {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(pathIn(folder))) return folder;
    if (dirname(folder) === folder) throw learnErrors.notStarted({ folder: cwd });
  }
}

/**
 * Reads where a learner is.
 *
 * @param ids of the exercises there are
 * @throws LearnError when a line is not understood, or none says which exercise is at hand
 */
export function readProgress(folder: string, ids: readonly string[]): Progress {
  const path = pathIn(folder);
  const done: string[] = [];
  let current: string | undefined;
  let hints = 0;
  let left: string | undefined;
  for (const [index, raw] of readFileSync(path, "utf8").split("\n").entries()) {
    const text = raw.trim();
    if (text === "" || text.startsWith("#")) continue;
    const [word = "", value = ""] = text.split(/\s+/);
    if (word === "done" && ids.includes(value)) done.push(value);
    else if (word === "current" && ids.includes(value)) current = value;
    else if (word === "left" && ids.includes(value)) left = value;
    else if (word === "hints" && /^[0-3]$/.test(value)) hints = Number(value);
    else throw learnErrors.progressBroken({ path, line: index + 1, text });
  }
  // Not the first one: a file that was cut off is not to lose what is done.
  if (current === undefined) throw learnErrors.progressBroken({ path });
  return { current, done, hints, left };
}

/** Writes down where a learner is. */
export function writeProgress(folder: string, { current, done, hints, left }: Progress): void {
  mkdirSync(join(folder, OWN_FOLDER), { recursive: true });
  const lines = [
    `current ${current}`,
    `hints ${hints}`,
    ...(left === undefined ? [] : [`left ${left}`]),
    ...done.map((id) => `done ${id}`),
  ];
  // In one step: watch mode may read it at any moment, and write as well, in another terminal.
  const draft = `${pathIn(folder)}.${process.pid}.draft`;
  writeFileSync(draft, `${HEADER}${lines.join("\n")}\n`);
  renameSync(draft, pathIn(folder));
}
