import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { sqlite } from "../../src/dialects/sqlite/index.ts";

const folder = mkdtempSync(join(tmpdir(), "limbeck-journal-"));
const path = join(folder, "app.db");

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes more than the cache holds, so that the file is changed already, and dies before the commit. */
const DIE_HALF_WAY = `
  import { DatabaseSync } from "node:sqlite";
  const database = new DatabaseSync(${JSON.stringify(path)});
  database.exec("CREATE TABLE t (x TEXT); INSERT INTO t VALUES ('before'); PRAGMA cache_size = 2; PRAGMA cache_spill = 1; BEGIN");
  for (let i = 0; i < 2000; i += 1) database.exec("INSERT INTO t VALUES ('" + "x".repeat(500) + "')");
  process.kill(process.pid, "SIGKILL");`;

describe("a database whose last writer was killed in the middle of a transaction", () => {
  it("can be looked at, and holds what was committed", async () => {
    spawnSync(process.execPath, ["--input-type=module", "--eval", DIE_HALF_WAY]);
    expect(existsSync(`${path}-journal`)).toBe(true);
    const connection = await sqlite.connect(`sqlite:${path}`, { readOnly: true });
    expect(await connection.query("SELECT x FROM t")).toEqual([{ x: "before" }]);
    await expect(connection.execute("DELETE FROM t")).rejects.toThrow("readonly");
    await connection.close();
  });
});
