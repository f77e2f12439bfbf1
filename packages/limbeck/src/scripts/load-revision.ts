import type { SplitScript } from "../dialect/place-statements.ts";
import { loadRevisionSource } from "./module-loader.ts";
import type { ReadRevision } from "./revision-body.ts";
import { takeChecksum } from "./take-checksum.ts";
import { isSqlFile, readRevisionSource } from "./revision-file.ts";
import { loadSqlRevision } from "./sql/load-sql-revision.ts";

/**
 * Loads a revision from text that need not be on disk, as if it stood at `path`: this is how a revision is tried out before it is
 * written.
 *
 * @param path absolute; its ending says what the text is
 * @param splitScript of the engine that will run it, for `.sql`
 * @throws ScriptError when it can't be parsed or loaded, or has no upgrade
 */
export async function loadRevisionText(path: string, text: string, splitScript: SplitScript): Promise<ReadRevision> {
  const loaded = isSqlFile(path) ? loadSqlRevision(path, text, splitScript) : await loadRevisionSource(path, text);
  return { ...loaded, checksum: takeChecksum(text) };
}

/**
 * Loads a revision file. Of a module nothing is run but its top level, of a `.sql` file nothing at all; a file that has changed is
 * loaded anew.
 *
 * @param path absolute
 * @param splitScript of the engine that will run it, for `.sql`
 * @throws ScriptError when the file can't be read, parsed or loaded, or has no upgrade
 */
export async function loadRevision(path: string, splitScript: SplitScript): Promise<ReadRevision> {
  return loadRevisionText(path, readRevisionSource(path), splitScript);
}
