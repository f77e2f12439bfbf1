import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect } from "./connect.ts";
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

  it("is gone when it is closed", async () => {
    const original = await open();
    const copy = await openCopy(original);
    const path = await readPath(copy);
    expect([path, existsSync(path)]).toEqual([expect.stringContaining("limbeck-copy-"), true]);
    await copy.close();
    expect(existsSync(join(path, ".."))).toBe(false);
    await original.close();
  });
});
