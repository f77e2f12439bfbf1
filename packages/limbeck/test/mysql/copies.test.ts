import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../src/dialect/connection.ts";
import { mysql } from "../../src/dialects/mysql/index.ts";
import {
  createMariadbDatabase,
  mariadbClientOptions,
  requireMariadb,
  type MariadbDatabase,
} from "../support/mariadb-server.ts";
import { EVERYTHING } from "./everything-ddl.ts";

const check = requireMariadb();

let database: MariadbDatabase;

beforeEach(async (context) => {
  check(context);
  database = await createMariadbDatabase();
  execFileSync("mariadb", [...mariadbClientOptions(database.url), database.name], { input: EVERYTHING });
  await database.run(
    "INSERT INTO part_one VALUES (1), (2)",
    "INSERT INTO since_when (id, price) VALUES (1, 2)",
    "INSERT INTO bookings VALUES (1, '2026-01-01', '2026-01-05', 3)",
    "INSERT INTO numbers_of (plain) VALUES (1), (2)",
    "DO NEXT VALUE FOR numbers",
  );
});

afterEach(() => database.drop());

async function withCopy(original: Connection, use: (copy: Connection) => Promise<void>): Promise<void> {
  const copy = await mysql.openCopy(original, { beside: database.url });
  try {
    await use(copy);
  } finally {
    await copy.close();
  }
}

const ROWS = `SELECT (SELECT COUNT(*) FROM part_one) AS parts, (SELECT COUNT(*) FROM united) AS united,
  (SELECT COUNT(*) FROM since_when) AS versioned, (SELECT COUNT(*) FROM bookings) AS bookings`;
const COUNTED = [{ parts: 2n, united: 2n, versioned: 1n, bookings: 1n }];
const COUNTER = "SELECT next_not_cached_value AS next FROM numbers";

describe("a copy of a database on MariaDB", () => {
  it("has everything, and all rows once, can be copied again, and counts by its own sequences", async () => {
    const original = await mysql.connect(database.url);
    const { schema } = await mysql.introspect(original);
    const counter = await original.query(COUNTER);
    await withCopy(original, async (copy) => {
      expect((await mysql.introspect(copy)).schema).toEqual(schema);
      expect(await copy.query(ROWS)).toEqual(COUNTED);
      expect(await copy.query(COUNTER)).toEqual(counter);
      await copy.execute("INSERT INTO numbers_of (plain) VALUES (3)");
      await withCopy(copy, async (second) => {
        expect(await second.query(ROWS)).toEqual(COUNTED);
        expect((await mysql.introspect(second)).schema).toEqual(schema);
      });
    });
    expect(await original.query(COUNTER)).toEqual(counter);
    await original.close();
  });
});
