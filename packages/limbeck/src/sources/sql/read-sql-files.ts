import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { sourceErrors } from "../../kernel/errors/source-errors.ts";
import { findInvalidLine } from "../../kernel/find-invalid-line.ts";

/** A file of SQL, as text. */
export interface SqlFile {
  /** Absolute path. */
  readonly path: string;
  readonly text: string;
}

const isSql = (name: string): boolean => /\.sql$/i.test(name);

/** The folder's files and those of the folders in it; a link that leads back is followed once. */
function listFolder(folder: string, above: readonly string[] = []): readonly string[] {
  const real = realpathSync(folder);
  if (above.includes(real)) return [];
  // The order of the folder's listing is the file system's; names are what people number.
  const names = readdirSync(folder).filter((name) => !name.startsWith("."));
  return names.toSorted().flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return listFolder(path, [...above, real]);
    return isSql(name) ? [path] : [];
  });
}

function readFiles(path: string): readonly SqlFile[] {
  try {
    const files = statSync(path).isDirectory() ? listFolder(path) : [path];
    return files.map((file) => ({ path: file, text: readFileSync(file, "utf8") }));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw sourceErrors.sqlUnreadable({ path, message }, error);
  }
}

/**
 * Reads a file, or all `.sql` files of a folder and of the folders inside it, in the order of their names; what begins with a dot is left out.
 *
 * @param path absolute
 * @throws SourceError (sqlUnreadable) when it is not there or cannot be read, (sqlNotText) when it is not UTF-8
 */
export function readSqlFiles(path: string): readonly SqlFile[] {
  const files = readFiles(path);
  for (const file of files) {
    const line = findInvalidLine(file.text, () => readFileSync(file.path));
    if (line !== undefined) throw sourceErrors.sqlNotText({ path: file.path, line });
  }
  return files;
}
