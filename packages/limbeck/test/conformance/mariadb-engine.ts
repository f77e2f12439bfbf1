import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { eraseDatabase } from "../../src/dialects/mysql/driver/erase-database.ts";
import { mysql } from "../../src/dialects/mysql/index.ts";
import { createMariadbDatabase, mariadbClientOptions, requireMariadb } from "../support/mariadb-server.ts";
import type { ConformanceDatabase } from "../../src/testing/conformance/conformance-case.ts";
import type { Engine } from "./engine.ts";
import { sortLines } from "./sort-lines.ts";

const run = promisify(execFile);

async function openMariadb(): Promise<ConformanceDatabase> {
  const database = await createMariadbDatabase();
  const connection = await mysql.connect(database.url);
  return {
    connection,
    clear: () => eraseDatabase(connection),
    dump: async () => {
      const options = [...mariadbClientOptions(database.url), "--no-data", "--routines", "--events", "--skip-comments"];
      const { stdout } = await run("mariadb-dump", [...options, database.name]);
      // How far a table has counted is a matter of its rows.
      return sortLines(stdout.replaceAll(/ AUTO_INCREMENT=\d+/g, ""));
    },
    close: async () => {
      await connection.close();
      await database.drop();
    },
  };
}

/** The server that is there, judged by the dump that came with it. */
export const MARIADB: Engine = {
  label: "mariadb",
  dialect: mysql,
  require: requireMariadb,
  start: async () => ({ open: openMariadb, stop: () => Promise.resolve() }),
};
