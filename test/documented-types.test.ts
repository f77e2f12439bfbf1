import { readFileSync } from "node:fs";
import { runInNewContext, runInThisContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Connection } from "../packages/limbeck/src/dialect/connection.ts";
import { buildSchemaOn } from "../packages/limbeck/src/dialect/build-schema-on.ts";
import type { Dialect } from "../packages/limbeck/src/dialect/dialect.ts";
import { mysql } from "../packages/limbeck/src/dialects/mysql/index.ts";
import { postgres } from "../packages/limbeck/src/dialects/postgres/index.ts";
import { sqlite } from "../packages/limbeck/src/dialects/sqlite/index.ts";
import type { SqlValue } from "../packages/limbeck/src/ops/operation.ts";
import { buildSchema } from "../packages/limbeck/src/schema/builder/build-schema.ts";
import type { ColumnBuilder } from "../packages/limbeck/src/schema/builder/column-builder.ts";
import { DEFAULT_NAMING_CONVENTION } from "../packages/limbeck/src/schema/builder/naming-convention.ts";
import type { ColumnType } from "../packages/limbeck/src/schema/model/column-type.ts";
import * as builders from "../packages/limbeck/src/schema.ts";
import {
  createMariadbDatabase,
  requireMariadb,
  type MariadbDatabase,
} from "../packages/limbeck/test/support/mariadb-server.ts";
import {
  createPostgresDatabase,
  requirePostgres,
  type PostgresDatabase,
} from "../packages/limbeck/test/support/postgres-server.ts";

const DOCUMENT = readFileSync(new URL("../docs/types.md", import.meta.url), "utf8");

const unquote = (cell: string): string => cell.trim().replace(/^`(.*)`$/, "$1");

const ROWS = DOCUMENT.split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) => line.slice(1, -1).split("|").map(unquote));

/** What a row says, as it is written. */
const read = ([
  builder = "",
  onSqlite = "",
  onPostgres = "",
  onMysql = "",
  readAs = "",
  example = "",
]: readonly string[]) => ({
  builder,
  onSqlite,
  onPostgres,
  onMysql,
  readAs,
  example,
});

function buildColumn(code: string) {
  // The table's own words, in the names of limbeck/schema.
  const builder = runInNewContext(code, { ...builders }) as ColumnBuilder<unknown>;
  return buildSchema([builders.table("t", { v: builder })], DEFAULT_NAMING_CONVENTION);
}

const findType = (code: string): ColumnType | undefined => buildColumn(code).tables[0]?.columns[0]?.type;

function describeValue(value: SqlValue): string {
  if (value instanceof Date) return "Date";
  if (value instanceof Uint8Array) return "Uint8Array";
  return typeof value === "object" ? "the value" : typeof value;
}

async function goAndReturn(connection: Connection, dialect: Dialect, row: readonly string[]): Promise<SqlValue> {
  const { builder, example } = read(row);
  const schema = buildColumn(builder);
  await connection.execute("DROP TABLE IF EXISTS t");
  await buildSchemaOn(connection, dialect, schema);
  // As above: a literal of JavaScript.
  const value = runInThisContext(`(${example})`) as SqlValue;
  const [bound] = [value].map((one) =>
    typeof one === "object" && describeValue(one) === "the value" ? JSON.stringify(one) : one,
  );
  await connection.execute(`INSERT INTO t (v) VALUES (${dialect.placeholder(1)})`, [bound ?? null]);
  const [found] = await connection.query("SELECT v FROM t");
  expect(found?.["v"]).toStrictEqual(value);
  return found?.["v"] ?? null;
}

describe("the table of types", () => {
  it("has every type that models can have", () => {
    const kinds = ROWS.map((row) => findType(read(row).builder)?.kind);
    expect(new Set(kinds)).toEqual(
      new Set(
        "text varchar char smallint integer bigint real double decimal boolean date time timestamp json uuid bytes".split(
          " ",
        ),
      ),
    );
  });

  it.each(ROWS.map((row) => [read(row).builder, row] as const))("says what %s is called on each engine", (_, row) => {
    const { builder, onSqlite, onPostgres, onMysql } = read(row);
    const type = findType(builder);
    expect(type && [sqlite, postgres, mysql].map(({ types }) => types.render(type))).toEqual([
      onSqlite,
      onPostgres,
      onMysql,
    ]);
  });
});

describe("a value of the table", () => {
  const check = requirePostgres();
  const checkMariadb = requireMariadb();
  let database: PostgresDatabase | undefined;
  let onServer: Connection | undefined;
  let ofMariadb: MariadbDatabase | undefined;
  let onMariadb: Connection | undefined;
  let inMemory: Connection;

  beforeAll(async () => {
    inMemory = await sqlite.openScratch();
    database = await createPostgresDatabase().catch(() => undefined);
    if (database) onServer = await postgres.connect(database.url);
    ofMariadb = await createMariadbDatabase().catch(() => undefined);
    if (ofMariadb) onMariadb = await mysql.connect(ofMariadb.url);
  });

  afterAll(async () => {
    await inMemory.close();
    await onServer?.close();
    await database?.drop();
    await onMariadb?.close();
    await ofMariadb?.drop();
  });

  it.each(ROWS.map((row) => [read(row).builder, row] as const))(
    "of %s comes back from SQLite as it went",
    async (_, row) => {
      expect(describeValue(await goAndReturn(inMemory, sqlite, row))).toBe(read(row).readAs);
    },
  );

  it.for(ROWS.map((row) => [read(row).builder, row] as const))(
    "of %s comes back from PostgreSQL as it went",
    async ([, row], context) => {
      check(context);
      if (onServer === undefined) throw new Error("no database was opened");
      expect(describeValue(await goAndReturn(onServer, postgres, row))).toBe(read(row).readAs);
    },
  );

  it.for(ROWS.map((row) => [read(row).builder, row] as const))(
    "of %s comes back from MariaDB as it went",
    async ([, row], context) => {
      checkMariadb(context);
      if (onMariadb === undefined) throw new Error("no database was opened");
      expect(describeValue(await goAndReturn(onMariadb, mysql, row))).toBe(read(row).readAs);
    },
  );
});
