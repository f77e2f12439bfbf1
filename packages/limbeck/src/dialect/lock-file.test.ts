import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findFileHolder, lockFile } from "./lock-file.ts";

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "limbeck-lock-"));
  path = join(folder, "my app.db-limbeck-lock");
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("findFileHolder", () => {
  it("finds who has the lock, also in the same process, and takes nothing away from that", async () => {
    const lock = await lockFile(path, "my app.db", { timeout: 0 });
    for (let count = 0; count < 2; count += 1) expect(findFileHolder(path)?.holder).toMatch(/^process \d+ on /);
    await expect(lockFile(path, "my app.db", { timeout: 0 })).rejects.toThrow("Another run");
    await lock.release();
    expect(findFileHolder(path)).toBeUndefined();
  });

  it("finds nobody where the file cannot be opened", () => {
    // What only another user may read is refused in the same way.
    mkdirSync(path);
    writeFileSync(`${path}.json`, `{ "pid": 1, "host": "elsewhere", "since": "2026-11-28T16:00:00.000Z" }`);
    expect(findFileHolder(path)).toBeUndefined();
  });
});
