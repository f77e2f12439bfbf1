import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kysely, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { kyselyDialect, kyselyFor } from "../src/kysely.ts";
import {
  bigint,
  boolean,
  bytes,
  date,
  decimal,
  integer,
  json,
  table,
  text,
  timestamp,
  uuid,
  type Infer,
} from "../src/schema.ts";
import { openScratch, runUpgrade } from "./support/open-scratch.ts";

const everything = table("everything", {
  id: integer().primaryKey().autoIncrement(),
  done: boolean().notNull().default(false),
  at: timestamp({ timezone: true }).notNull(),
  day: date(),
  price: decimal(10, 2).notNull(),
  big: bigint().notNull(),
  extra: json<{ readonly tags: readonly string[] }>().notNull(),
  key: uuid().notNull(),
  file: bytes(),
  note: text(),
});

type Database = Infer<{ readonly everything: typeof everything }>;

const row = {
  done: true,
  at: new Date("2026-02-21T08:30:00.123Z"),
  day: "2026-02-21",
  price: "12.50",
  big: 9_007_199_254_740_993n,
  extra: { tags: ["a", "ü"] },
  key: "0189d8f6-7c1e-7a3b-9c4d-5e6f708192a3",
  file: new Uint8Array([0, 255, 1]),
  note: null,
};

const folder = mkdtempSync(join(tmpdir(), "limbeck-kysely-"));
const db = new Kysely<Database>({ dialect: kyselyDialect(`sqlite:${join(folder, "app.db")}`) });

beforeAll(async () => {
  const connection = await openScratch();
  await runUpgrade(connection, (op) => op.createTable("everything", everything.columns));
  const [created] = await connection.query("SELECT sql FROM sqlite_schema WHERE name = 'everything'");
  const statement = created?.["sql"];
  if (typeof statement !== "string") throw new Error("The table was not created.");
  await sql.raw(statement).execute(db);
});

afterAll(async () => {
  await db.destroy();
  rmSync(folder, { recursive: true });
});

describe("Kysely over Limbeck", () => {
  it("gives back what the types say", async () => {
    const { insertId } = await db.insertInto("everything").values(row).executeTakeFirstOrThrow();
    const found = await db
      .selectFrom("everything")
      .selectAll()
      .where("id", "=", Number(insertId))
      .executeTakeFirstOrThrow();
    expect(found).toEqual({ id: 1, ...row });
    const returned = await db
      .updateTable("everything")
      .set({ done: false })
      .where("id", "=", 1)
      .returning(["done", "at"])
      .executeTakeFirst();
    expect(returned).toEqual({ done: false, at: row.at });
  });

  it("counts what a statement changed", async () => {
    const { numUpdatedRows } = await db.updateTable("everything").set({ note: "x" }).executeTakeFirstOrThrow();
    expect(numUpdatedRows).toBe(1n);
    const { numDeletedRows } = await db.deleteFrom("everything").where("id", "=", 99).executeTakeFirstOrThrow();
    expect(numDeletedRows).toBe(0n);
  });

  it("counts what raw SQL changed, and gives ids that are no safe numbers", async () => {
    const changed = await sql`UPDATE everything SET note = 'raw'`.execute(db);
    expect(changed).toMatchObject({ numAffectedRows: 1n, rows: [] });
    expect(await sql`CREATE TEMP TABLE big (id INTEGER PRIMARY KEY)`.execute(db)).toEqual({ rows: [] });
    const { insertId } = await sql`INSERT INTO big VALUES (9007199254740993)`.execute(db);
    expect(insertId).toBe(9_007_199_254_740_993n);
  });

  it("goes back to a savepoint", async () => {
    const transaction = await db.startTransaction().execute();
    const saved = await transaction.savepoint('be"fore').execute();
    await saved.updateTable("everything").set({ note: "lost" }).execute();
    const back = await saved.rollbackToSavepoint('be"fore').execute();
    const released = await back.releaseSavepoint('be"fore').execute();
    await released.commit().execute();
    expect(await db.selectFrom("everything").select("note").execute()).toEqual([{ note: "raw" }]);
  });

  it("has a connection of its own for each Kysely", async () => {
    const dialect = kyselyDialect("sqlite::memory:");
    const [one, other] = [new Kysely<{ t: { a: number } }>({ dialect }), new Kysely<{ t: { a: number } }>({ dialect })];
    await sql`CREATE TABLE t (a)`.execute(one);
    await sql`CREATE TABLE t (a)`.execute(other);
    await one.destroy();
    expect(await other.selectFrom("t").selectAll().execute()).toEqual([]);
    await other.destroy();
  });

  it("opens at the next query what could not be opened before", async () => {
    const path = join(folder, "later", "app.db");
    const late = new Kysely({ dialect: kyselyDialect(`sqlite:${path}`) });
    await expect(sql`SELECT 1`.execute(late)).rejects.toMatchObject({ code: "LB0604" });
    mkdirSync(join(folder, "later"));
    expect((await sql`SELECT 1 AS one`.execute(late)).rows).toEqual([{ one: 1 }]);
    await late.destroy();
  });

  it("rolls a transaction back, while others wait for it", async () => {
    const failing = db.transaction().execute(async (transaction) => {
      await transaction.updateTable("everything").set({ note: "inside" }).execute();
      throw new Error("no");
    });
    const after = db.selectFrom("everything").select("note").executeTakeFirst();
    await expect(failing).rejects.toThrow("no");
    expect(await after).toEqual({ note: "raw" });
  });

  it("runs in a revision, behind what was queued before it", async () => {
    const connection = await openScratch();
    await runUpgrade(connection, async (op) => {
      void op.createTable("everything", everything.columns);
      const revision = kyselyFor<Database>(op);
      await revision.insertInto("everything").values(row).execute();
      const { price } = await revision.selectFrom("everything").select("price").executeTakeFirstOrThrow();
      await revision
        .updateTable("everything")
        .set({ note: `costs ${price}` })
        .execute();
    });
    expect(await connection.query("SELECT note, at FROM everything")).toEqual([{ note: "costs 12.50", at: row.at }]);
  });
});
