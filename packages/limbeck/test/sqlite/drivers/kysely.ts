import { Kysely, sql, type Generated } from "kysely";
import { expect } from "vitest";
import { sqlite } from "../../../src/dialects/sqlite/index.ts";
import { kyselyDialect } from "../../../src/kysely.ts";
import { behaves, type Subject } from "./subject.ts";

/** Kysely over the driver, or over the open database, which it leaves open. */
export function testKysely(subject: Subject): void {
  behaves(subject, "serves Kysely", async () => {
    const own = subject.openOwn(":memory:");
    const byName = kyselyDialect("sqlite::memory:", { driver: subject.driver });
    for (const dialect of [byName, kyselyDialect(own)]) {
      const db = new Kysely<{ t: { id: Generated<number>; big: bigint; at: Date } }>({ dialect });
      await sql`CREATE TABLE t (id INTEGER PRIMARY KEY, big BIGINT, at TIMESTAMP)`.execute(db);
      const row = { big: 2n ** 60n + 1n, at: new Date("2026-02-21T08:30:00.123Z") };
      expect(await db.insertInto("t").values(row).executeTakeFirst()).toMatchObject({ insertId: 1n });
      expect(await db.selectFrom("t").selectAll().execute()).toEqual([{ id: 1, ...row }]);
      await db.destroy();
    }
    const rows = await (await sqlite.connect(own)).query("SELECT count(*) AS n FROM t");
    expect(rows).toStrictEqual([{ n: 1 }]);
    own.close();
  });
}
