import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { acquireLock } from "./acquire-lock.ts";

it("the lock of a database in memory is free after its release, also while its owner is in the middle of reading", async () => {
  const database = new DatabaseSync(":memory:");
  database.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)");
  const rows = database.prepare("SELECT a FROM t").iterate();
  rows.next();
  // While rows are read, SQLite drops no table.
  await (await acquireLock(database, 0)).release();
  const second = await acquireLock(database, 0);
  await expect(acquireLock(database, 0)).rejects.toMatchObject({ code: "LB0801" });
  rows.return?.();
  await second.release();
  expect(database.prepare("SELECT name FROM sqlite_temp_schema").all()).toEqual([]);
  database.close();
});
