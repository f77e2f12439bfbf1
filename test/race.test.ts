import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { createMariadbDatabase, requireMariadb } from "../packages/limbeck/test/support/mariadb-server.ts";
import { createPostgresDatabase, requirePostgres } from "../packages/limbeck/test/support/postgres-server.ts";
import { everyRound, raceRounds, RUNNERS } from "./race-rounds.ts";

const ROUNDS = process.env["LIMBECK_LONG"] === "1" ? 20 : 1;

describe(`${RUNNERS} processes that upgrade one database at once, ${ROUNDS} times`, () => {
  it("run every statement once on SQLite", async () => {
    const results = await raceRounds(ROUNDS, async (folder) => ({
      urls: ["sqlite:app.db"],
      rows: async (sql) => {
        const database = new DatabaseSync(join(folder, "app.db"));
        const rows = database.prepare(sql).all();
        database.close();
        return rows.map((row) => ({ ...row }));
      },
      drop: async () => undefined,
    }));
    expect(results).toEqual(everyRound(ROUNDS));
  });

  const checkPostgres = requirePostgres();
  it("run every statement once on PostgreSQL", async (context) => {
    checkPostgres(context);
    const open = async () => {
      const { url, ...track } = await createPostgresDatabase();
      return { urls: [url], ...track };
    };
    expect(await raceRounds(ROUNDS, open)).toEqual(everyRound(ROUNDS));
  });

  const checkMariadb = requireMariadb();
  it("run every statement once on MariaDB", async (context) => {
    checkMariadb(context);
    const open = async () => {
      const { url, ...track } = await createMariadbDatabase();
      return { urls: [url], ...track };
    };
    expect(await raceRounds(ROUNDS, open)).toEqual(everyRound(ROUNDS));
  });
});
