import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Lock } from "../../../dialect/dialect.ts";
import { acquireLock } from "./acquire-lock.ts";

let folder: string;
let url: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "limbeck-lock-"));
  url = `sqlite:${join(folder, "a.db")}`;
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Another process that takes the lock and keeps it until it is killed. */
async function lockInChild(): Promise<{ readonly pid: number; kill(): Promise<void> }> {
  const module = new URL("acquire-lock.ts", import.meta.url).href;
  const code = `const { acquireLock } = await import(${JSON.stringify(module)});
    await acquireLock(${JSON.stringify(url)}, 0); console.log("locked"); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return {
    pid: child.pid ?? 0,
    kill: async () => {
      const exit = once(child, "exit");
      child.kill("SIGKILL");
      await exit;
    },
  };
}

describe("acquireLock", () => {
  it("lets one run in at a time, in one process too", async () => {
    const first = await acquireLock(url, 0);
    await expect(acquireLock(url, 30)).rejects.toMatchObject({ code: "LB0801", exitCode: 8 });
    await first.release();
    const second = await acquireLock(url, 0);
    await first.release();
    await expect(acquireLock(url, 0)).rejects.toMatchObject({ code: "LB0801" });
    await second.release();
  });

  it("waits without blocking the process until the holder is done", async () => {
    const first = await acquireLock(url, 0);
    const order: string[] = [];
    const waiting = acquireLock(url, 10_000).then((lock) => {
      order.push("second");
      return lock;
    });
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    order.push("release");
    await first.release();
    await (await waiting).release();
    expect(order).toEqual(["release", "second"]);
  });

  it("says who holds it and since when, and takes the note away again", async () => {
    const before = new Date().toISOString();
    const lock = await acquireLock(url, 0);
    const error: unknown = await acquireLock(url, 0).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ context: { holder: `process ${process.pid} on ${hostname()}` } });
    const { since } = (error as { context: { since: string } }).context;
    expect(since >= before && since <= new Date().toISOString()).toBe(true);
    await lock.release();
    expect(readdirSync(folder)).toEqual(["a.db-limbeck-lock"]);
  });

  it("is free at once after its holder was killed", async () => {
    const child = await lockInChild();
    await expect(acquireLock(url, 0)).rejects.toMatchObject({
      context: { holder: `process ${child.pid} on ${hostname()}` },
    });
    await child.kill();
    expect(existsSync(join(folder, "a.db-limbeck-lock.json"))).toBe(true);
    const lock = await acquireLock(url, 0);
    expect(JSON.parse(readFileSync(join(folder, "a.db-limbeck-lock.json"), "utf8"))).toMatchObject({
      pid: process.pid,
    });
    await lock.release();
  });

  it("is one lock for two paths to the same database", async () => {
    writeFileSync(join(folder, "a.db"), "");
    symlinkSync(join(folder, "a.db"), join(folder, "link.db"));
    symlinkSync(folder, join(folder, "self"));
    const lock = await acquireLock(url, 0);
    await expect(acquireLock(`sqlite:${join(folder, "link.db")}`, 0)).rejects.toMatchObject({ code: "LB0801" });
    await expect(acquireLock(`sqlite:${join(folder, "self", "a.db")}`, 0)).rejects.toMatchObject({ code: "LB0801" });
    await lock.release();
  });

  it("is one lock for a database that does not exist yet and the links that lead to it", async () => {
    symlinkSync("a.db", join(folder, "link.db"));
    symlinkSync(join(folder, "link.db"), join(folder, "second.db"));
    const lock = await acquireLock(`sqlite:${join(folder, "second.db")}`, 0);
    writeFileSync(join(folder, "a.db"), "");
    for (const name of ["a.db", "link.db", "second.db"]) {
      await expect(acquireLock(`sqlite:${join(folder, name)}`, 0)).rejects.toMatchObject({ code: "LB0801" });
    }
    await lock.release();
  });

  it("is refused where links lead in a circle", async () => {
    symlinkSync("b.db", join(folder, "a.db"));
    symlinkSync("a.db", join(folder, "b.db"));
    await expect(acquireLock(url, 0)).rejects.toMatchObject({
      name: expect.stringMatching(/^(Lock|Connection)Error$/),
    });
  });

  it("lets runs on different databases go side by side", async () => {
    const locks: Pick<Lock, "release">[] = [await acquireLock(url, 0), await acquireLock(`${url}2`, 0)];
    expect(readdirSync(folder).filter((name) => name.endsWith("-lock"))).toEqual([
      "a.db-limbeck-lock",
      "a.db2-limbeck-lock",
    ]);
    await Promise.all(locks.map((lock) => lock.release()));
  });

  it("is not needed in memory", async () => {
    const locks = await Promise.all([acquireLock("sqlite::memory:", 0), acquireLock("sqlite::memory:", 0)]);
    expect(existsSync(":memory:-limbeck-lock")).toBe(false);
    await Promise.all(locks.map((lock) => lock.release()));
  });

  it("does not create the database, and needs its folder", async () => {
    await (await acquireLock(url, 0)).release();
    expect(existsSync(join(folder, "a.db"))).toBe(false);
    await expect(acquireLock(`sqlite:${join(folder, "missing", "a.db")}`, 0)).rejects.toMatchObject({ code: "LB0604" });
  });

  it("says so when something else has the name of the lock", async () => {
    writeFileSync(join(folder, "a.db-limbeck-lock"), "something else ".repeat(100));
    await expect(acquireLock(url, 0)).rejects.toMatchObject({ code: "LB0802" });
  });
});
