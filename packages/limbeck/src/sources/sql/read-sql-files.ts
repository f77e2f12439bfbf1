import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { sourceErrors } from "../../kernel/errors/source-errors.ts";

/** A file of SQL, as text. */
export interface SqlFile {
  /** Absolute path. */
  readonly path: string;
  readonly text: string;
}

const isSql = (name: string): boolean => /^[^.].*\.sql$/i.test(name);

function listFiles(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  // The order of the folder's listing is the file system's; names are what people number.
  const names = readdirSync(path).filter(isSql).toSorted();
  return names.map((name) => join(path, name));
}

/**
 * Reads a file, or all `.sql` files of a folder in the order of their names; folders inside it and hidden files are left out.
 *
 * @param path absolute
 * @throws SourceError (sqlUnreadable) when it is not there or cannot be read
 */
export function readSqlFiles(path: string): readonly SqlFile[] {
  try {
    return listFiles(path).map((file) => ({ path: file, text: readFileSync(file, "utf8") }));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw sourceErrors.sqlUnreadable({ path, message }, error);
  }
}
