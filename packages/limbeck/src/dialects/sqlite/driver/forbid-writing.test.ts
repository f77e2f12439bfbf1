import { expect, it } from "vitest";
import type { DriverDatabase } from "./driver.ts";
import { forbidWriting } from "./forbid-writing.ts";
import { nodeSqlite } from "./node-sqlite.ts";

const WRITES: readonly (readonly [string, (database: DriverDatabase, sql: string) => unknown])[] = [
  ["exec", (database, sql) => database.exec(sql)],
  ["prepare", (database, sql) => database.prepare(sql).run([])],
];

it.each(WRITES)("lets nothing be written through %s, and its owner go on writing", (_, write) => {
  const owner = nodeSqlite.open(":memory:", { readOnly: false, busyTimeout: 0 });
  const view = forbidWriting(owner);
  expect(() => write(view, "CREATE TABLE t (a)")).toThrow("readonly");
  owner.exec("CREATE TABLE t (a)");
  expect(view.prepare("SELECT * FROM t").all([])).toEqual([]);
  owner.close();
});
