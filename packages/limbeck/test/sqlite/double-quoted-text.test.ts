import { mkdtempSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Connection } from "../../src/dialect/connection.ts";
import { sqlite } from "../../src/dialects/sqlite/index.ts";
import { integer } from "../../src/schema.ts";
import { runUpgrade } from "../support/open-scratch.ts";

const folder = mkdtempSync(join(tmpdir(), "limbeck-quotes-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A database as an SQLite leaves it that takes double quotes for text, opened with one that does not. */
async function openOld(name: string, script: string): Promise<Connection> {
  const path = join(folder, `${name}.db`);
  const old = new DatabaseSync(path, { enableDoubleQuotedStringLiterals: true });
  old.exec(script);
  old.close();
  const connection = await sqlite.connect(`sqlite:${path}`);
  for (const { sql } of sqlite.transaction.prologue) await connection.execute(sql);
  return connection;
}

describe("text in double quotes, from an older SQLite", () => {
  it("stops a rename with the way out, which works", async () => {
    const connection = await openOld(
      "check",
      `CREATE TABLE "my t" (a, b CHECK (b <> "dq")); INSERT INTO "my t" VALUES (1, 2)`,
    );
    const rename = (before?: "rebuild"): Promise<unknown> =>
      runUpgrade(connection, async (op) => {
        if (before) await op.batchAlterTable("my t", () => {}, { recreate: "always" });
        await op.renameColumn("my t", "a", "aa");
      });
    await expect(rename()).rejects.toMatchObject({
      why: expect.stringContaining(
        'await op.batchAlterTable("my t", () => {}, { recreate: "always" }) before this writes it in single ones',
      ),
    });
    await rename("rebuild");
    expect(await connection.query('SELECT aa, b FROM "my t"')).toEqual([{ aa: 1, b: 2 }]);
    await expect(connection.execute(`INSERT INTO "my t" VALUES (1, 'dq')`)).rejects.toThrow("CHECK constraint failed");
    await connection.close();
  });

  it.each([
    ["check", 'CREATE TABLE t (a, b CHECK (b <> "dq"))'],
    ["generated", 'CREATE TABLE t (a, b AS (a || "dq"))'],
    ["partial", 'CREATE TABLE t (a, b); CREATE INDEX ix ON t (a) WHERE b <> "dq"'],
    ["expression", 'CREATE TABLE t (a, b); CREATE INDEX ix ON t (a || "dq")'],
    ["default", 'CREATE TABLE t (a, b DEFAULT "dq")'],
    ["trigger on it", 'CREATE TABLE t (a, b); CREATE TRIGGER tr AFTER DELETE ON t BEGIN SELECT "dq"; END'],
  ])("does not stop a rebuild: %s", async (name, script) => {
    const connection = await openOld(`rebuild ${name}`, `${script}; INSERT INTO t (a) VALUES (1)`);
    await runUpgrade(connection, (op) => op.alterColumn("t", "a", { type: integer() }));
    expect(await connection.query("SELECT a FROM t")).toEqual([{ a: 1 }]);
    await connection.close();
  });

  it.each([
    ["view", 'CREATE VIEW v AS SELECT "dq" AS x', "drop the view and create it anew with single ones"],
    ["index", 'CREATE INDEX v ON t (a) WHERE a <> "dq"', "drop the index and create it anew with single ones"],
    ["trigger", 'CREATE TRIGGER v AFTER INSERT ON t BEGIN SELECT "dq"; END', "drop the trigger and create it anew"],
  ])("says so of a %s", async (kind, sql, remedy) => {
    const connection = await openOld(kind, `CREATE TABLE t (a); ${sql}`);
    await expect(runUpgrade(connection, (op) => op.renameColumn("t", "a", "aa"))).rejects.toMatchObject({
      why: expect.stringContaining(remedy),
    });
    await connection.close();
  });
});
