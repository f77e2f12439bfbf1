import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import type { Connection } from "../../../dialect/connection.ts";
import { connect } from "./connect.ts";

const toUrl = (path: string): string => `sqlite:${path.split(sep).map(encodeURIComponent).join("/")}`;

/**
 * Copies a database, and opens the copy. It is a file, because a database may be larger than the memory, in a folder that only its owner may enter; closing
 * the connection deletes it. Other sessions may go on writing to the original meanwhile: the copy is what it holds at one moment.
 * https://www.sqlite.org/lang_vacuum.html#vacuum_with_an_into_clause
 */
export async function openCopy(original: Connection): Promise<Connection> {
  const folder = mkdtempSync(join(tmpdir(), "limbeck-copy-"));
  const erase = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const path = join(folder, "copy.db");
    await original.execute("VACUUM INTO ?", [path]);
    const copy = await connect(toUrl(path));
    return {
      serverVersion: copy.serverVersion,
      description: `a copy of ${original.description}`,
      execute: (sql, parameters) => copy.execute(sql, parameters),
      query: (sql, parameters) => copy.query(sql, parameters),
      close: async () => {
        await copy.close();
        erase();
      },
    };
  } catch (error) {
    erase();
    throw error;
  }
}
