import { sqlite } from "../../src/dialects/sqlite/index.ts";
import type { ConformanceDatabase } from "../../src/testing/conformance/conformance-case.ts";
import type { Engine } from "./engine.ts";
import { MARIADB } from "./mariadb-engine.ts";
import { POSTGRES_ENGINES } from "./postgres-engines.ts";

async function openSqlite(driver: string): Promise<ConformanceDatabase> {
  let connection = await sqlite.openScratch({ driver });
  return {
    get connection() {
      return connection;
    },
    clear: async () => {
      await connection.close();
      connection = await sqlite.openScratch({ driver });
    },
    dump: () => sqlite.takeFingerprint(connection),
    close: () => connection.close(),
  };
}

const onSqlite = (driver: string): Engine => ({
  label: driver,
  dialect: sqlite,
  start: async () => ({ open: () => openSqlite(driver), stop: () => Promise.resolve() }),
});

/** The engines that every operation has to work on. */
export const ENGINES: readonly Engine[] = [
  onSqlite("node:sqlite"),
  onSqlite("better-sqlite3"),
  ...POSTGRES_ENGINES,
  MARIADB,
];
