import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { TestContext } from "vitest";
import type { Connection } from "../../src/dialect/connection.ts";
import type { Dialect } from "../../src/dialect/dialect.ts";
import { eraseDatabase } from "../../src/dialects/mysql/driver/erase-database.ts";
import { mysql } from "../../src/dialects/mysql/index.ts";
import { postgres } from "../../src/dialects/postgres/index.ts";
import { eraseSchema } from "../../src/dialects/postgres/driver/erase-schema.ts";
import { sqlite } from "../../src/dialects/sqlite/index.ts";
import { createMariadbDatabase, mariadbClientOptions, requireMariadb } from "../support/mariadb-server.ts";
import { createPostgresDatabase, requirePostgres } from "../support/postgres-server.ts";
import type { EngineName } from "./conformance-case.ts";

/** An engine, and how its databases are had. */
export interface Engine {
  readonly name: EngineName;
  readonly dialect: Dialect;
  readonly open: () => Promise<TestDatabase>;
  /** Called once in a file of tests; what it gives skips a test where there is no server. Absent where none is needed. */
  readonly require?: () => (context: TestContext) => void;
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

async function openMariadb(): Promise<TestDatabase> {
  const database = await createMariadbDatabase();
  const connection = await mysql.connect(database.url);
  return {
    connection,
    clear: () => eraseDatabase(connection),
    dump: async () => {
      const options = [...mariadbClientOptions(database.url), "--no-data", "--routines", "--skip-comments"];
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
  { name: "postgres", dialect: postgres, open: openPostgres, require: requirePostgres },
  { name: "mariadb", dialect: mysql, open: openMariadb, require: requireMariadb },
];
