import { statSync } from "node:fs";
import { resolve } from "node:path";

/** What errors put behind the path of a file: the line, and the column. */
const POSITION = /(?::\d+){1,2}$/;

/** No id of a revision that stands in a folder of the same name is meant by a word without any of these. */
const LOOKS_LIKE_PATH = /[./\\]/;

/**
 * Finds the files that words name by their paths, as errors show them: `limbeck.config.ts:3:5`.
 *
 * @param folder from which relative paths count
 * @returns absolute paths; undefined where a word names no file
 */
export function findNamedFiles(words: readonly string[], folder: string): readonly string[] | undefined {
  const found = words.map((word) =>
    [word, word.replace(POSITION, "")]
      .filter((path) => LOOKS_LIKE_PATH.test(path))
      .map((path) => resolve(folder, path))
      .find((path) => statSync(path, { throwIfNoEntry: false })?.isFile()),
  );
  const paths = found.filter((path) => path !== undefined);
  return paths.length === words.length ? [...new Set(paths)] : undefined;
}
