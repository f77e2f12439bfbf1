import { spawnSync } from "node:child_process";
import { existsSync, lstatSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };`);
  project.writeRevision("a1", null, "first", {
    up: `await op.createTable("p", { id: integer().primaryKey() });
         await op.createTable("c", { id: integer().primaryKey(), p_id: integer().references("p", "id") });
         await op.bulkInsert("p", [{ id: 1 }, { id: 2 }]); await op.bulkInsert("c", [{ id: 1, p_id: 1 }]);`,
    down: `await op.dropTable("c"); await op.dropTable("p");`,
  });
});

afterEach(() => project.dispose());

const path = (name: string): string => join(project.folder, name);

function readAll(sql: string, name = "app.db"): readonly unknown[] {
  const database = new DatabaseSync(path(name));
  const rows = database.prepare(sql).all();
  database.close();
  return rows.map((row) => Object.values(row)[0]);
}

function run(sql: string, name = "app.db"): void {
  const database = new DatabaseSync(path(name), { enableForeignKeyConstraints: false });
  database.exec(sql);
  database.close();
}

const errorOf = async (
  line: string,
): Promise<{ readonly code: string; readonly title: string; readonly why: string; readonly exitCode: number }> => {
  const result = await project.limbeckJson(line);
  expect(result.ok).toBe(false);
  // The shape of an error is tested with the command line.
  return {
    ...(result["error"] as { readonly code: string; readonly title: string; readonly why: string }),
    exitCode: result.exitCode,
  };
};

describe("reset", () => {
  it("erases nothing when the files cannot be run", async () => {
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
    project.writeRevision("b2", "a1", "broken", { up: "await op.nothing(;" });
    expect((await project.limbeck("reset --yes")).exitCode).toBe(2);
    expect(readAll("SELECT count(*) FROM p")).toEqual([2]);
  });

  it("leaves a file that is not a database as it was", async () => {
    const text = "precious notes\n".repeat(100);
    writeFileSync(path("notes.txt"), text);
    expect((await project.limbeck("reset --yes --url sqlite:notes.txt")).exitCode).toBe(2);
    expect(readFileSync(path("notes.txt"), "utf8")).toBe(text);
  });

  it("empties the database behind a symbolic link and keeps the link", async () => {
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
    renameSync(path("app.db"), path("real.db"));
    symlinkSync("real.db", path("app.db"));
    run("INSERT INTO p VALUES (99)", "real.db");
    expect((await project.limbeck("reset --yes")).exitCode).toBe(0);
    expect(lstatSync(path("app.db")).isSymbolicLink()).toBe(true);
    expect(readAll("SELECT count(*) FROM p", "real.db")).toEqual([2]);
  });
});

describe("the transaction of a revision", () => {
  it.each(["COMMIT", "ROLLBACK", "/* now */ commit;", "BEGIN IMMEDIATE"])(
    "is not for the revision to end: %s",
    async (sql) => {
      project.writeRevision("b2", "a1", "ends", {
        up: `await op.createTable("t", { id: integer() }); await op.execute(${JSON.stringify(sql)}); await op.createTable("u", { id: integer() });`,
      });
      const error = await errorOf("upgrade head");
      expect(error).toMatchObject({ code: "LB0709", exitCode: 7 });
      expect(error.title).toMatch(/b2_ends\.ts:\d+/);
      expect(readAll("SELECT name FROM sqlite_schema WHERE name IN ('t', 'u')")).toEqual([]);
      expect(readAll("SELECT version_num FROM limbeck_version")).toEqual(["a1"]);
    },
  );

  it("may hold savepoints, and words that only look like its end", async () => {
    project.writeRevision("b2", "a1", "savepoints", {
      up: `await op.execute("SAVEPOINT s"); await op.execute("RELEASE s"); await op.execute("UPDATE p SET id = id -- commit");
           await op.execute("CREATE TRIGGER tr AFTER INSERT ON p BEGIN SELECT 1; END");`,
    });
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
  });

  it("holds the version table of a first revision that fails", async () => {
    project.writeRevision("a1", null, "first", {
      up: `await op.createTable("t", { id: integer() }); throw new Error("no");`,
    });
    expect((await project.limbeck("upgrade head")).exitCode).toBe(7);
    expect(readAll("SELECT name FROM sqlite_schema")).toEqual([]);
  });

  it("is not a bug of the tool when another program holds the database", async () => {
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
    project.writeRevision("b2", "a1", "next", { up: `await op.createTable("t", { id: integer() });` });
    const holder = new DatabaseSync(path("app.db"));
    holder.exec("BEGIN IMMEDIATE");
    const error = await errorOf("upgrade head");
    holder.close();
    expect(error).toMatchObject({ code: "LB0708", exitCode: 7 });
    expect(error.why).toContain("locked");
  }, 20_000);
});

describe("an operation that is refused", () => {
  it("names the revision and the line, and ends with 7", async () => {
    project.writeRevision("b2", "a1", "refused", { up: `await op.dropTable("nope");` });
    const error = await errorOf("upgrade head");
    expect(error).toMatchObject({ code: "LB0501", exitCode: 7 });
    expect(error.title).toMatch(/upgrade of b2 stopped .*b2_refused\.ts:\d+:\d+.*nope/);
    expect(error.why).toContain("rolled back");
  });

  it("in a batch whose callback is async is said at once instead of waiting for ever", async () => {
    project.writeRevision("b2", "a1", "async", {
      up: `await op.batchAlterTable("p", async (batch) => { batch.addColumn("x", text()); await op.execute("SELECT 1"); });`,
    });
    expect(await errorOf("upgrade head")).toMatchObject({ code: "LB0530", exitCode: 7 });
  });
});

describe("references", () => {
  beforeEach(async () => {
    await project.limbeck("upgrade head");
  });

  it("a repaired one does not hide one that is broken anew", async () => {
    run("INSERT INTO c VALUES (2, 77)");
    project.writeRevision("b2", "a1", "swap", {
      up: `await op.execute("DELETE FROM c WHERE id = 2"); await op.execute("DELETE FROM p WHERE id = 1");`,
    });
    expect(await errorOf("upgrade head")).toMatchObject({ code: "LB0704" });
    expect(readAll("SELECT id FROM c ORDER BY id")).toEqual([1, 2]);
  });

  it("are checked although another key cannot be", async () => {
    run("CREATE TABLE q (code TEXT); CREATE TABLE r (code TEXT REFERENCES q(code)); INSERT INTO r VALUES ('x')");
    project.writeRevision("b2", "a1", "orphan", { up: `await op.execute("DELETE FROM p WHERE id = 1");` });
    expect(await errorOf("upgrade head")).toMatchObject({ code: "LB0704" });
    expect(readAll("SELECT count(*) FROM p")).toEqual([2]);
  });
});

const hasClient = spawnSync("sqlite3", ["--version"]).status === 0;

describe.skipIf(!hasClient)("a script", () => {
  const runScript = async (line: string, name: string): Promise<number | null> => {
    const { stdout } = await project.limbeck(line);
    return spawnSync("sqlite3", ["-bail", path(name)], { input: stdout }).status;
  };

  it("does nothing on a database that stands elsewhere", async () => {
    project.writeRevision("b2", "a1", "delete", {
      up: `await op.execute("DELETE FROM c"); await op.execute("DELETE FROM p");`,
    });
    expect(await runScript("upgrade :a1 --sql", "other.db")).toBe(0);
    run("UPDATE limbeck_version SET version_num = 'zzz'", "other.db");
    expect(await runScript("upgrade a1:b2 --sql", "other.db")).not.toBe(0);
    expect(readAll("SELECT count(*) FROM p", "other.db")).toEqual([2]);
  });

  it("refuses to leave rows that point nowhere, but not because some did before", async () => {
    project.writeRevision("a1", null, "first", {
      up: `await op.createTable("p", { id: integer().primaryKey() });
           await op.createTable("c", { id: integer().primaryKey(), p_id: integer().references("p", "id") });`,
    });
    project.writeRevision("b2", "a1", "orphan", { up: `await op.execute("DELETE FROM p WHERE id = 1");` });
    project.writeRevision("c3", "a1", "harmless", { up: `await op.execute("DELETE FROM p WHERE id = 2");` });
    expect(await runScript("upgrade :a1 --sql", "other.db")).toBe(0);
    run("INSERT INTO p VALUES (1), (2); INSERT INTO c VALUES (1, 1), (2, 77)", "other.db");
    expect(await runScript("upgrade a1:b2 --sql", "other.db")).not.toBe(0);
    expect(readAll("SELECT count(*) FROM p", "other.db")).toEqual([2]);
    expect(await runScript("upgrade a1:c3 --sql", "other.db")).toBe(0);
    expect(readAll("SELECT count(*) FROM p", "other.db")).toEqual([1]);
    expect(existsSync(path("app.db"))).toBe(false);
  });
});
