import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection } from "../../../dialect/connection.ts";
import type { ScratchOptions } from "../../../dialect/dialect.ts";
import { connect } from "./connect.ts";
import { keepApart } from "./keep-apart.ts";
import { buildUrl } from "./resolve-url.ts";
import { COPY_NAME, COPY_PREFIX, sweepCopies } from "./sweep-copies.ts";

/**
 * Copies a database, and opens the copy. It is a file, because a database may be larger than the memory, in a folder that only its owner may enter.
 * What a run that was killed in the middle of this left there is erased first. Other sessions may go on writing to the original meanwhile: the copy is what it holds at one moment.
 * https://www.sqlite.org/lang_vacuum.html#vacuum_with_an_into_clause
 */
export async function openCopy(
  original: Connection,
  { driver }: Pick<ScratchOptions, "driver"> = {},
): Promise<Connection> {
  await sweepCopies();
  const folder = mkdtempSync(join(tmpdir(), COPY_PREFIX));
  const erase = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const path = join(folder, COPY_NAME);
    await original.execute("VACUUM INTO ?", [path]);
    const options = driver === undefined ? {} : { driver };
    const opened = await connect(buildUrl(path), options);
    // Nobody needs it after a crash, so nothing has to be written twice, or at once.
    for (const setting of ["journal_mode=MEMORY", "synchronous=OFF"]) await opened.execute(`PRAGMA ${setting}`);
    const copy = keepApart(opened, options);
    const isErased = tryToErase(erase);
    return {
      serverVersion: copy.serverVersion,
      description: `a copy of ${original.description}`,
      execute: (sql, parameters) => copy.execute(sql, parameters),
      query: (sql, parameters) => copy.query(sql, parameters),
      close: async () => {
        await copy.close();
        if (!isErased) erase();
      },
    };
  } catch (error) {
    erase();
    throw error;
  }
}

/** Where the system lets go of the name of an open file, a run that is killed leaves nobody's rows behind. @returns whether it does */
function tryToErase(erase: () => void): boolean {
  try {
    erase();
    return true;
  } catch {
    return false;
  }
}
