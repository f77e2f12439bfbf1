import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Connection } from "../../src/dialect/connection.ts";
import { eraseSchema } from "../../src/dialects/postgres/driver/erase-schema.ts";
import { postgres } from "../../src/dialects/postgres/index.ts";
import { startOwnServer, type OwnServer } from "../support/own-server.ts";
import { dumpCatalogue } from "../support/postgres-catalogue-dump.ts";
import { findNewestBinaries } from "../support/postgres-binaries.ts";
import {
  createPostgresDatabase,
  createPostgresDatabaseOn,
  requirePostgres,
  type PostgresDatabase,
} from "../support/postgres-server.ts";
import type { ConformanceDatabase } from "../../src/testing/conformance/conformance-case.ts";
import type { Engine } from "./engine.ts";
import { sortLines } from "./sort-lines.ts";

const run = promisify(execFile);

const dialect = postgres;
async function openOn(database: PostgresDatabase, dump?: ConformanceDatabase["dump"]): Promise<ConformanceDatabase> {
  const connection = await postgres.connect(database.url);
  const readCatalogue = (): Promise<readonly string[]> => dumpCatalogue(connection);
  return {
    connection,
    clear: () => eraseSchema(connection),
    dump: dump ?? readCatalogue,
    ...(dump && { secondDump: readCatalogue }),
    close: async () => {
      await connection.close();
      await database.drop();
    },
  };
}

/** The server that is there, judged by the `pg_dump` that came with it. */
const SYSTEM: Engine = {
  label: "postgres",
  dialect,
  require: requirePostgres,
  start: async () => ({
    open: async () => {
      const database = await createPostgresDatabase();
      return openOn(database, async () => {
        const { stdout } = await run("pg_dump", ["--schema-only", database.url]);
        // The order of these values counts.
        return sortLines(stdout.replaceAll(/ AS ENUM \([^;]*\);/g, (list) => list.replaceAll("\n", " ")));
      });
    },
    stop: () => Promise.resolve(),
  }),
};

/** The newest server that npm has, started for the tests. */
const NEWEST: Engine = {
  label: "postgres 18",
  dialect,
  start: async () => {
    const server: OwnServer = await startOwnServer({ bin: await findNewestBinaries() });
    return {
      open: async () => openOn(await createPostgresDatabaseOn(server.url)),
      stop: server.stop,
    };
  },
};

/** A database of PGlite takes seconds to make, so that one that is given back is given out again. */
const PGLITE: Engine = {
  label: "pglite",
  dialect,
  start: async () => {
    const idle: Connection[] = [];
    return {
      open: async () => {
        const connection = idle.pop() ?? (await postgres.connect("pglite::memory:"));
        return {
          connection,
          clear: () => eraseSchema(connection),
          dump: () => dumpCatalogue(connection),
          close: async () => {
            await eraseSchema(connection);
            idle.push(connection);
          },
        };
      },
      stop: async () => {
        for (const connection of idle) await connection.close();
      },
    };
  },
};

/** Everything that speaks PostgreSQL. */
export const POSTGRES_ENGINES: readonly Engine[] = [SYSTEM, NEWEST, PGLITE];
