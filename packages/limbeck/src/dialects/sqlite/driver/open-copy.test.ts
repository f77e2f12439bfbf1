import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect } from "./connect.ts";
import { openScratch } from "./open-scratch.ts";
import { openCopy } from "./open-copy.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "limbeck copy 100% #?"));
  const database = new DatabaseSync(join(folder, "a.db"));
  database.exec("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a); INSERT INTO t VALUES (7, 'x'), (9, NULL)");
  database.exec("DELETE FROM t WHERE id = 9");
  database.close();
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = () => connect(`sqlite:${encodeURIComponent(join(folder, "a.db"))}`, { readOnly: true });

async function readPath(connection: Awaited<ReturnType<typeof open>>): Promise<string> {
  const [row] = await connection.query("SELECT file FROM pragma_database_list");
  return typeof row?.["file"] === "string" ? row["file"] : "";
}

describe("openCopy", () => {
  it("has the rows and the counters, and leaves the original as it was", async () => {
    const original = await open();
    const copy = await openCopy(original);
    expect(await copy.query("SELECT * FROM t")).toEqual([{ id: 7, a: "x" }]);
    await copy.execute("INSERT INTO t (a) VALUES ('new')");
    expect(await copy.query("SELECT * FROM t")).toEqual([
      { id: 7, a: "x" },
      { id: 10, a: "new" },
    ]);
    expect(await original.query("SELECT * FROM t")).toEqual([{ id: 7, a: "x" }]);
    await copy.close();
    await original.close();
  });

  it("leaves nothing behind", async () => {
    const original = await open();
    const copy = await openCopy(original);
    await copy.execute("BEGIN");
    await copy.execute("DELETE FROM t");
    await copy.execute("ROLLBACK");
    expect(await copy.query("SELECT * FROM t")).toHaveLength(1);
    const path = await readPath(copy);
    await copy.close();
    expect(path).toContain("limbeck-copy-");
    expect([existsSync(path), existsSync(dirname(path))]).toEqual([false, false]);
    await original.close();
  });

  it("cannot be made of what is no database any more", async () => {
    const original = await open();
    await original.close();
    await expect(openCopy(original)).rejects.toMatchObject({ reason: "connectionClosed" });
  });
});

describe("a copy of a scratch database", () => {
  it("holds what it holds, and so does a copy of the copy", async () => {
    const scratch = await openScratch();
    await scratch.execute("CREATE TABLE t (a)");
    await scratch.execute("INSERT INTO t VALUES (1)");
    const copy = await openCopy(scratch);
    const second = await openCopy(copy);
    expect(await second.query("SELECT a FROM t")).toEqual([{ a: 1 }]);
    for (const one of [second, copy, scratch]) await one.close();
  });
});
