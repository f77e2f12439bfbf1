import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect } from "./connect.ts";
import { openScratch } from "./open-scratch.ts";
import { eraseDatabase } from "./erase-database.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "limbeck-driver-"));
  chmodSync(folder, 0o755);
});

afterEach(() => rmSync(folder, { recursive: true }));

const urlOf = (name: string): string => `sqlite:${join(folder, name)}`;

/** Creates a table in another process, and gives what that one says. */
function connectElsewhere(
  url: string,
  options: { readonly uid?: number; readonly gid?: number; readonly cwd?: string },
): string {
  const module = new URL("connect.ts", import.meta.url).href;
  const code = `const { connect } = await import(${JSON.stringify(module)});
    try { const connection = await connect(${JSON.stringify(url)});
      await connection.execute("CREATE TABLE t (a)"); console.log("written"); }
    catch (error) { console.log(error.message); }`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", code], {
    ...options,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  return stdout.trim();
}

/** Root may write everywhere, so what read-only files do is seen by a process of another user. */
function connectAsNobody(url: string): string {
  return connectElsewhere(url, process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {});
}

describe("connect", () => {
  it("creates a database that is missing, with foreign keys on", async () => {
    const connection = await connect(urlOf("new.db"));
    expect(connection.description).toBe(join(folder, "new.db"));
    expect(connection.serverVersion).toMatch(/^3\.\d+\.\d+$/);
    expect(await connection.query("PRAGMA foreign_keys")).toStrictEqual([{ foreign_keys: 1 }]);
    await connection.execute("CREATE TABLE t (a)");
    await connection.close();
    expect(readdirSync(folder)).toEqual(["new.db"]);
  });

  it("does not create one to read from, and does not write then", async () => {
    await expect(connect(urlOf("new.db"), { readOnly: true })).rejects.toThrow(/LB0603/);
    expect(readdirSync(folder)).toEqual([]);
    await (await connect(urlOf("new.db"))).close();
    const connection = await connect(urlOf("new.db"), { readOnly: true });
    await expect(connection.execute("CREATE TABLE t (a)")).rejects.toThrow("readonly");
    await connection.close();
  });

  it("leaves a file that is no database as it is, and says so", async () => {
    const text = "just some text, longer than the header of a database would be ".repeat(20);
    writeFileSync(join(folder, "text.db"), text);
    for (const readOnly of [true, false]) {
      await expect(connect(urlOf("text.db"), { readOnly })).rejects.toMatchObject({ code: "LB0607", exitCode: 2 });
    }
    expect(readFileSync(join(folder, "text.db"), "utf8")).toBe(text);
    expect(readdirSync(folder)).toEqual(["text.db"]);
  });

  it("says that the folder is missing, or that the path is a folder", async () => {
    await expect(connect(urlOf("my folder/a.db"))).rejects.toMatchObject({
      code: "LB0604",
      fix: [`mkdir -p "${join(folder, "my folder")}"`],
    });
    await expect(connect(`sqlite:${folder}`)).rejects.toMatchObject({ code: "LB0605" });
  });

  it("says that a file or a folder is read-only before anything is tried", () => {
    expect(connectAsNobody(urlOf("new.db"))).toBe(`LB0606: The folder ${folder} may not be written.`);
    new DatabaseSync(join(folder, "old.db")).close();
    chmodSync(join(folder, "old.db"), 0o444);
    expect(connectAsNobody(urlOf("old.db"))).toBe(`LB0606: The file ${join(folder, "old.db")} may not be written.`);
    chmodSync(folder, 0o777);
    chmodSync(join(folder, "old.db"), 0o666);
    expect(connectAsNobody(urlOf("old.db"))).toBe("written");
  });

  it("waits for another program's lock no longer than told", async () => {
    const other = new DatabaseSync(join(folder, "busy.db"));
    other.exec("CREATE TABLE t (a); BEGIN EXCLUSIVE");
    await expect(connect(urlOf("busy.db"), { busyTimeout: 20 })).rejects.toMatchObject({ code: "LB0609" });
    other.close();
  });

  it("takes a path that begins with file: for a path, where SQLite would see a URI", () => {
    expect(connectElsewhere("sqlite:file:a%3Fmode=memory", { cwd: folder })).toBe("written");
    expect(readdirSync(folder)).toEqual(["file:a?mode=memory"]);
  });
});

describe("openScratch", () => {
  it("gives an empty database of its own each time", async () => {
    const [a, b] = await Promise.all([openScratch(), openScratch()]);
    await a.execute("CREATE TABLE t (a)");
    expect(await b.query("SELECT name FROM sqlite_schema")).toStrictEqual([]);
    await Promise.all([a.close(), b.close()]);
  });
});

describe("eraseDatabase", () => {
  it("removes the database and its journals, and nothing else", async () => {
    for (const name of ["a.db", "a.db-wal", "a.db-shm", "a.db-journal", "a.db2", "a.db-limbeck-lock"])
      writeFileSync(join(folder, name), "");
    await eraseDatabase(urlOf("a.db"));
    expect(readdirSync(folder)).toEqual(["a.db-limbeck-lock", "a.db2"]);
    await eraseDatabase(urlOf("a.db"));
    await eraseDatabase("sqlite::memory:");
    expect(existsSync(":memory:")).toBe(false);
  });
});
