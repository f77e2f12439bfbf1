import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";

let project: TestProject;
const pathOf = (name: string): string => join(project.folder, name);

function read(name: string, sql: string): readonly unknown[] {
  const database = new DatabaseSync(pathOf(name));
  const rows = database.prepare(sql).all();
  database.close();
  return rows.map((row) => ({ ...row }));
}

beforeEach(() => {
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };\n`);
  const archive = new DatabaseSync(pathOf("archive.db"));
  archive.exec("PRAGMA journal_mode = WAL; CREATE TABLE old (a); INSERT INTO old VALUES (1), (2)");
  archive.close();
  project.writeRevision("a1", null, "archive", {
    up: `await op.execute("CREATE TABLE t (a)");
      await op.execute("INSERT INTO t VALUES (3)");
      await op.execute("/* whole */ VACUUM INTO '${pathOf("backup.db")}'");
      await op.execute("ATTACH DATABASE '${pathOf("archive.db")}' AS \\"arch ive\\"");
      await op.execute("ATTACH ? AS fresh", { parameters: ["${pathOf("fresh.db")}"] });
      await op.execute("CREATE TABLE fresh.z AS SELECT a FROM t");
      await op.execute("DELETE FROM \\"arch ive\\".old WHERE a = 1");
      await op.execute("INSERT INTO \\"arch ive\\".old SELECT a FROM t");
      await op.execute("DETACH \\"arch ive\\"");`,
    down: `await op.dropTable("t");`,
  });
});

afterEach(() => project.dispose());

describe("files that a revision of SQLite attaches or writes", () => {
  it.each(["upgrade head --sql", "upgrade head --dry-run", "test", "downgrade a1:base --sql"])(
    "are left alone by %s",
    async (line) => {
      const { exitCode, stderr } = await project.limbeck(line);
      expect(stderr).not.toContain("✖");
      expect(exitCode).toBe(0);
      expect(read("archive.db", "SELECT a FROM old")).toEqual([{ a: 1 }, { a: 2 }]);
      expect(["app.db", "fresh.db", "backup.db"].filter((name) => existsSync(pathOf(name)))).toEqual([]);
    },
  );

  it("are written by a run, and a script names them", async () => {
    expect((await project.limbeck("upgrade head --sql")).stdout).toContain(`ATTACH DATABASE '${pathOf("archive.db")}'`);
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
    expect(read("archive.db", "SELECT a FROM old")).toEqual([{ a: 2 }, { a: 3 }]);
    expect(read("fresh.db", "SELECT a FROM z")).toEqual([{ a: 3 }]);
    expect(read("backup.db", "SELECT a FROM t")).toEqual([{ a: 3 }]);
  });
});

describe("the write-ahead log that a revision of SQLite switches on", () => {
  it("is no matter to a trial on a copy", async () => {
    project.writeRevision("a1", null, "first", {
      up: `await op.execute("CREATE TABLE t (a)"); await op.execute("INSERT INTO t VALUES (1)");`,
      down: `await op.dropTable("t");`,
    });
    project.remove("migrations/versions/a1_archive.ts");
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
    project.writeRevision("b2", "a1", "faster", {
      up: `await op.execute("PRAGMA main.journal_mode = WAL");
        await op.execute("CREATE TABLE u AS SELECT a FROM t");
        await op.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        await op.execute("VACUUM");`,
      down: `await op.dropTable("u"); await op.execute("PRAGMA journal_mode(DELETE)");`,
    });
    expect(await project.limbeckJson("test --data")).toMatchObject({ ok: true, exitCode: 0 });
    expect(read("app.db", "PRAGMA journal_mode")).toEqual([{ journal_mode: "delete" }]);
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
    expect(read("app.db", "PRAGMA journal_mode")).toEqual([{ journal_mode: "wal" }]);
    expect(read("app.db", "SELECT a FROM u")).toEqual([{ a: 1 }]);
  });
});
