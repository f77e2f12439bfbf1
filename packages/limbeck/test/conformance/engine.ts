import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Connection } from "../../src/dialect/connection.ts";
import type { Dialect } from "../../src/dialect/dialect.ts";
import { postgres } from "../../src/dialects/postgres/index.ts";
import { eraseSchema } from "../../src/dialects/postgres/driver/erase-schema.ts";
import { sqlite } from "../../src/dialects/sqlite/index.ts";
import { createPostgresDatabase } from "../support/postgres-server.ts";
import type { EngineName } from "./conformance-case.ts";

/** An engine, and how its databases are had. */
export interface Engine {
  readonly name: EngineName;
  readonly dialect: Dialect;
  readonly open: () => Promise<TestDatabase>;
}

/** A database of an engine that a case has for itself. */
export interface TestDatabase {
  readonly connection: Connection;
  /** Makes it empty. */
  readonly clear: () => Promise<void>;
  /** What the vendor's own tool says of it, as lines in a fixed order; where there is none, what the catalogue says. */
  readonly dump: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

/** Columns come and go at the end of a table; where they stand means nothing, and no engine can move them. */
const sortLines = (text: string): readonly string[] =>
  text
    .split("\n")
    .map((line) => line.replace(/,$/, ""))
    .filter((line) => !/^(?:--|\\|\s*$)/.test(line))
    .toSorted();

const run = promisify(execFile);

async function openPostgres(): Promise<TestDatabase> {
  const database = await createPostgresDatabase();
  const connection = await postgres.connect(database.url);
  return {
    connection,
    clear: () => eraseSchema(connection),
    dump: async () => {
      const { stdout } = await run("pg_dump", ["--schema-only", database.url]);
      return sortLines(stdout);
    },
    close: async () => {
      await connection.close();
      await database.drop();
    },
  };
}

async function openSqlite(): Promise<TestDatabase> {
  let connection = await sqlite.openScratch();
  return {
    get connection() {
      return connection;
    },
    clear: async () => {
      await connection.close();
      connection = await sqlite.openScratch();
    },
    dump: () => sqlite.takeFingerprint(connection),
    close: () => connection.close(),
  };
}

/** The engines that every operation has to work on. */
export const ENGINES: readonly Engine[] = [
  { name: "sqlite", dialect: sqlite, open: openSqlite },
  { name: "postgres", dialect: postgres, open: openPostgres },
];
