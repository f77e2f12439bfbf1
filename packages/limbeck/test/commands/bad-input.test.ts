import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };`);
  project.writeRevision("a1", null, "first", {
    up: `await op.createTable("t", { id: integer().primaryKey(), a: text() });`,
    down: `await op.dropTable("t");`,
  });
});

afterEach(() => project.dispose());

const errorOf = async (
  line: string,
): Promise<{
  readonly code: string;
  readonly title: string;
  readonly why: string;
  readonly fix: readonly string[];
}> => {
  const run = await project.limbeckJson(line);
  expect(run.ok).toBe(false);
  expect(run.exitCode).not.toBe(0);
  return run["error"] as never;
};

const tables = (): readonly unknown[] => {
  const database = new DatabaseSync(join(project.folder, "app.db"));
  const rows = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'limbeck%' ORDER BY name")
    .all();
  database.close();
  return rows.map((row) => row["name"]);
};

describe("bad input", () => {
  it("a revision that throws half-way leaves nothing of itself and all of those before it", async () => {
    project.writeRevision("b2", "a1", "breaks", {
      up: `await op.createTable("u", { id: integer() }); await op.addColumn("t", "b", text()); await op.bulkInsert("t", [{ id: 1 }]); throw new Error("half-way");`,
      down: "",
    });
    const error = await errorOf("upgrade head");
    expect(error.code).toBe("LB0703");
    expect(error.title).toMatch(/b2.*half-way/);
    expect(error.title).toMatch(/b2_breaks\.ts:\d+:\d+/);
    expect(tables()).toEqual(["t"]);
    const { data } = (await project.limbeckJson("current")) as never as {
      data: { revisions: readonly { revision: string }[] };
    };
    expect(data.revisions.map(({ revision }) => revision)).toEqual(["a1"]);
  });

  it("a syntax error in the last revision stops the run before the first one", async () => {
    project.writeRevision("b2", "a1", "broken", { up: "await op.createTable(;", down: "" });
    const error = await errorOf("upgrade head");
    expect(error.title).toMatch(/b2_broken\.ts:8:\d+/);
    expect(existsSync(join(project.folder, "app.db"))).toBe(false);
  });

  it.each([
    ["LB0517", `await op.createTable("u");`],
    ["LB0502", `await op.dropColumn("t", "aa");`],
    ["LB0701", `await op.execute("UPDATE t SETT a = 1");`],
  ])("offers to open the file at the line that is wrong: %s", async (code, up) => {
    project.writeRevision("b2", "a1", "mistyped", { up });
    const error = await errorOf("upgrade head");
    expect(error.code).toBe(code);
    expect(error.fix[0]).toMatch(/^limbeck edit \S+b2_mistyped\.ts:8:\d+$/);
  });

  it("names both files of a duplicate id", async () => {
    project.writeRevision("a1", null, "second", { up: "" });
    const error = await errorOf("upgrade head");
    expect(error.title + error.why).toMatch(/a1_first\.ts/);
    expect(error.title + error.why).toMatch(/a1_second\.ts/);
  });

  it("names a parent that is missing", async () => {
    project.writeRevision("c3", "b2", "orphan", { up: "", down: "" });
    const error = await errorOf("history");
    expect(error.title).toContain("b2");
    expect(error.title + error.why).toContain("c3");
  });

  it("names what an unknown or ambiguous target could have been", async () => {
    project.writeRevision("abcd1", "a1", "one", { up: "", down: "" });
    project.writeRevision("abcd2", "abcd1", "two", { up: "", down: "" });
    expect((await errorOf("upgrade nothere")).code).toBe("LB0301");
    const ambiguous = await errorOf("upgrade abcd");
    expect(ambiguous.title).toContain("abcd1");
    expect(ambiguous.title).toContain("abcd2");
    expect(existsSync(join(project.folder, "app.db"))).toBe(false);
  });

  it("leaves a file that is not a database as it was", async () => {
    const content = "this is a text, and a rather long one, but certainly no database at all\n".repeat(20);
    writeFileSync(join(project.folder, "app.db"), content);
    const error = await errorOf("upgrade head");
    expect(error.title).toContain("is not a database");
    expect(project.read("app.db")).toBe(content);
  });

  it("tells a database that is ahead of the files from one that is behind", async () => {
    project.writeRevision("b2", "a1", "next", {
      up: `await op.addColumn("t", "b", text());`,
      down: `await op.dropColumn("t", "b");`,
    });
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
    project.remove("migrations/versions/b2_next.ts");
    project.write("models.ts", "export default [];");
    project.write("limbeck.config.ts", `export default { url: "sqlite:app.db", models: () => import("./models.ts") };`);
    const lines = [
      "upgrade head",
      "downgrade base",
      "upgrade head --dry-run",
      "stamp a1",
      "history -i",
      "show current",
    ];
    const others = [
      "revision -m x --autogenerate",
      "revision -m x --head current",
      "test current",
      "history -r current:",
    ];
    for (const line of [...lines, ...others]) {
      const { code, fix } = await errorOf(line);
      // A run reads the journal too, which knows that the revision ran here.
      expect({ line, code }).toEqual({
        line,
        code: /^(?:up|down)grade (?!.*--dry-run)/.test(line) ? "LB1308" : "LB1002",
      });
      // It would mark as applied what is pending.
      expect(JSON.stringify(fix)).not.toContain("stamp");
    }
    expect(tables()).toEqual(["t"]);
  });

  it("a downgrade that breaks a reference is refused before the commit", async () => {
    project.writeRevision("b2", "a1", "children", {
      up: `await op.createTable("c", { id: integer().primaryKey(), t_id: integer().references("t", "id", { onDelete: "cascade" }) });
           await op.bulkInsert("t", [{ id: 1, a: "x" }]); await op.bulkInsert("c", [{ id: 1, t_id: 1 }]);`,
      down: `await op.execute("DELETE FROM t");`,
    });
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
    const error = await errorOf("downgrade -1 --allow-data-loss");
    expect(error.code).toBe("LB0704");
    expect(error.why).toMatch(/\bc\b/);
    const database = new DatabaseSync(join(project.folder, "app.db"));
    expect(database.prepare("SELECT count(*) AS n FROM t").get()).toEqual({ n: 1 });
    database.close();
  });

  it("every fix names a command of limbeck, an edit or a tool that exists", async () => {
    for (const line of ["upgrade nothere", "show nothere", "downgrade base:head", "stamp nothere"]) {
      for (const fix of (await errorOf(line)).fix)
        expect(fix).toMatch(/^(limbeck|git|edit|ls|npm|npx|write|add|remove|set|correct) /);
    }
  });
});

describe("references that were broken before a revision", () => {
  const prepare = (sql: string): void => {
    const database = new DatabaseSync(join(project.folder, "app.db"));
    database.exec(`PRAGMA foreign_keys = OFF; ${sql}`);
    database.close();
  };

  it("are not held against it, and may be repaired in part, but not made more", async () => {
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
    prepare(
      "CREATE TABLE c (id INTEGER PRIMARY KEY, t_id REFERENCES t(id)); INSERT INTO c VALUES (1, 7), (2, 8), (3, 9)",
    );
    project.writeRevision("b2", "a1", "repair", { up: `await op.execute("DELETE FROM c WHERE id = 1");` });
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
    project.writeRevision("c3", "b2", "worse", { up: `await op.query("INSERT INTO c VALUES (4, 10) RETURNING id");` });
    const error = await errorOf("upgrade head");
    expect(error.code).toBe("LB0704");
    expect(error.why).toContain("table c, parent t, rows 1");
  });

  it("do not stop a migration when they cannot be checked at all", async () => {
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
    prepare("CREATE TABLE p (name TEXT); CREATE TABLE c (name TEXT REFERENCES p(name)); INSERT INTO c VALUES ('x')");
    project.writeRevision("b2", "a1", "unrelated", { up: `await op.execute("UPDATE t SET a = 'y'");` });
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
  });
});
