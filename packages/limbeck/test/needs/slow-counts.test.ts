import { beforeEach, describe, expect, it } from "vitest";
import { countNeeds } from "../../src/commands/needs/count-needs.ts";
import type { Dialect } from "../../src/dialect/dialect.ts";
import { mysql } from "../../src/dialects/mysql/index.ts";
import { postgres } from "../../src/dialects/postgres/index.ts";
import { MARIADB_URL, requireMariadb } from "../support/mariadb-server.ts";
import { POSTGRES_URL, requirePostgres } from "../support/postgres-server.ts";

interface Server {
  readonly name: string;
  readonly dialect: Dialect;
  readonly url: string;
  /** A query that takes a minute. */
  readonly slow: string;
  readonly require: typeof requirePostgres;
}

const SERVERS: readonly Server[] = [
  {
    name: "PostgreSQL",
    dialect: postgres,
    url: POSTGRES_URL,
    slow: "SELECT 7 AS found FROM pg_sleep(60)",
    require: requirePostgres,
  },
  {
    name: "MariaDB",
    dialect: mysql,
    url: MARIADB_URL,
    slow: "SELECT SLEEP(60) + 7 AS found",
    require: requireMariadb,
  },
];

describe.each(SERVERS)("counting rows on $name", { timeout: 60_000 }, ({ dialect, url, slow, require }) => {
  const check = require();
  beforeEach((context) => check(context));

  it("gives up on a count that takes long, and goes on with the next", async () => {
    const operation = { kind: "execute", sql: "" } as const;
    const need = { operation, table: "t", fault: "f", remedy: "" };
    const connection = await dialect.connect(url);
    const counted = await countNeeds(
      connection,
      [
        { ...need, count: slow },
        { ...need, count: "SELECT 3 AS found" },
      ],
      () => dialect.limitTime?.(200) ?? "",
    );
    await connection.close();
    expect(counted.map(({ rows }) => rows)).toEqual([undefined, 3]);
  });
});
