import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findClosestName } from "../kernel/closest-name.ts";
import { seedErrors } from "../kernel/errors/seed-errors.ts";

/** A file of seeds. */
export interface SeedFile {
  /** The name of the file without its ending. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

const ENDING = /\.(?:ts|mts|js|mjs|sql)$/;

const isSeed = (name: string): boolean =>
  ENDING.test(name) && !/\.(?:d|test|spec)\.m?ts$/.test(name) && !/^[._]/.test(name);

function listNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter(isSeed).toSorted();
  } catch {
    return [];
  }
}

/** `lists` for `010_lists`. */
const withoutNumber = (name: string): string => name.replace(/^\d+[_-]/, "");

/** The names that are meant by what was typed. */
function choose(names: readonly string[], asked: string): readonly string[] {
  const exact = names.filter((name) => name === asked);
  return exact.length > 0 ? exact : names.filter((name) => withoutNumber(name) === asked);
}

/**
 * Finds the seeds of a project, in the order of their names.
 *
 * @param only what is asked for; empty for all
 * @throws SeedError when there are none, or one that is asked for is not there
 */
export function findSeeds(folder: string, only: readonly string[]): readonly SeedFile[] {
  const files = listNames(folder).map((file) => ({ name: file.replace(ENDING, ""), path: join(folder, file) }));
  if (files.length === 0) throw seedErrors.noSeeds({ folder });
  const known = files.map(({ name }) => name);
  const chosen = only.flatMap((seed) => {
    const names = choose(known, seed);
    if (names.length !== 1) throw seedErrors.unknownSeed({ seed, known, similar: findClosestName(seed, known) });
    return names;
  });
  return files
    .filter(({ name }) => only.length === 0 || chosen.includes(name))
    .map((file) => ({ ...file, text: readFileSync(file.path, "utf8") }));
}
