import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };`);
});

afterEach(() => project.dispose());

/** Runs SQL on the project's database, and gives the rows of the last statement. */
function query(sql: string): readonly unknown[] {
  const database = new DatabaseSync(join(project.folder, "app.db"));
  try {
    const rows = database.prepare(sql).all();
    return rows.map((row) => ({ ...row }));
  } finally {
    database.close();
  }
}

const names = (): readonly unknown[] =>
  query("SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' ORDER BY name").map((row) =>
    typeof row === "object" && row !== null && "name" in row ? row.name : undefined,
  );

const FIRST = `-- create todos
--
-- With a log of what is deleted.
--
-- revision: a1
-- down_revision: none

-- limbeck: upgrade
CREATE TABLE todos (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
CREATE TABLE log (title TEXT);
CREATE TRIGGER keep AFTER DELETE ON todos BEGIN
  INSERT INTO log VALUES (old.title || '; gone');
  DELETE FROM log WHERE title = '';
END;
INSERT INTO todos (title) VALUES ('what; is -- this');

-- limbeck: downgrade
DROP TABLE log;
DROP TABLE todos;
`;

describe("a .sql revision", () => {
  beforeEach(() => {
    project.write("migrations/versions/001_create_todos.sql", FIRST);
    project.writeRevision("b2", "a1", "add due", {
      up: `await op.addColumn("todos", "due", text());`,
      down: `await op.dropColumn("todos", "due");`,
    });
  });

  it("runs up and down, beside revisions in TypeScript", async () => {
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
    expect(names()).toEqual(["keep", "limbeck_history", "limbeck_version", "log", "todos"]);
    query("DELETE FROM todos");
    expect(query("SELECT * FROM log")).toEqual([{ title: "what; is -- this; gone" }]);
    expect((await project.limbeck("downgrade base --allow-data-loss")).exitCode).toBe(0);
    expect(names()).toEqual(["limbeck_history", "limbeck_version"]);
  });

  it("is shown like any other, without being run", async () => {
    expect((await project.limbeck("history")).stdout).toBe("a1 -> b2 (head), add due\n<base> -> a1, create todos\n");
    const { stdout } = await project.limbeck("show a1");
    expect(stdout).toContain("    create todos\n\n-- create todos\n--\n");
    expect(project.has("app.db")).toBe(false);
  });

  it("is part of scripts, and of previews", async () => {
    const { stdout } = await project.limbeck("upgrade head --sql");
    expect(stdout).toMatch(/-- upgrade to a1: create todos\nBEGIN IMMEDIATE;\n[^]*\nCREATE TABLE todos \(id INTEGER/);
    expect(stdout).toContain("  DELETE FROM log WHERE title = '';\nEND;\n");
    expect((await project.limbeck("upgrade head --dry-run")).stdout).toContain("CREATE TRIGGER keep");
    expect((await project.limbeck("downgrade head:base --sql")).stdout).toContain(
      "DROP TABLE log;\nDROP TABLE todos;\n",
    );
    expect(project.has("app.db")).toBe(false);
  });

  it("is rolled back whole when a statement fails, and the error names its line", async () => {
    project.write(
      "migrations/versions/003.sql",
      "-- revision: c3\n-- down_revision: b2\n\n-- limbeck: upgrade\nCREATE TABLE half (a);\n\nINSERT INTO nowhere\n  VALUES (1);\n",
    );
    const failed = await project.limbeckJson("upgrade head");
    expect(failed).toMatchObject({
      exitCode: 7,
      error: {
        code: "LB0701",
        context: {
          revision: "c3",
          location: join(project.folder, "migrations/versions/003.sql:7"),
          sql: "INSERT INTO nowhere\n  VALUES (1)",
        },
      },
    });
    expect(names()).not.toContain("half");
    expect((await project.limbeck("current")).stdout).toBe("b2\n");
  });

  it("refuses placeholders, which nobody fills, and names the line", async () => {
    project.write(
      "migrations/versions/003.sql",
      "-- revision: c3\n-- down_revision: b2\n-- limbeck: upgrade\nCREATE TABLE half (a);\nINSERT INTO log VALUES (?);\n",
    );
    const failed = await project.limbeckJson("upgrade head");
    expect(failed).toMatchObject({ exitCode: 2, error: { code: "LB0223", context: { location: { line: 5 } } } });
    // Nothing at all was changed: the revisions before it have not run either.
    expect(project.has("app.db")).toBe(false);
  });

  it("stops a run before it begins when it cannot be read", async () => {
    project.write(
      "migrations/versions/003.sql",
      "-- revision: c3\n-- down_revision: b2\n-- limbeck: upgrade\nCOMMIT;\n",
    );
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 2, error: { code: "LB0222" } });
    expect(project.has("app.db")).toBe(false);
  });

  it("without a downgrade section has no way back, which is said before anything runs", async () => {
    project.write(
      "migrations/versions/003.sql",
      "-- revision: c3\n-- down_revision: b2\n-- limbeck: upgrade\nSELECT 1;\n",
    );
    await project.limbeck("upgrade head");
    const refused = await project.limbeckJson("downgrade base");
    const why = `${join(project.folder, "migrations/versions/003.sql")} has no section "downgrade".`;
    expect(refused).toMatchObject({ exitCode: 2, error: { code: "LB1008", why } });
    expect((await project.limbeck("current")).stdout).toBe("c3 (head)\n");
  });

  it("makes what it may have done known to the change after it", async () => {
    project.write(
      "migrations/versions/003.sql",
      "-- revision: c3\n-- down_revision: b2\n-- limbeck: upgrade\nALTER TABLE todos ADD COLUMN raw TEXT DEFAULT 'kept';\n",
    );
    project.writeRevision("d4", "c3", "rebuild", {
      up: `await op.batchAlterTable("todos", (batch) => batch.alterColumn("title", { nullable: true }), { recreate: "always" });`,
    });
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
    expect(query("SELECT title, raw FROM todos")).toEqual([{ title: "what; is -- this", raw: "kept" }]);
  });
});

describe("revision --format sql", () => {
  const writeModels = (name: string, columns: string): void => {
    project.write(
      `${name}.config.ts`,
      `export default { url: "sqlite:app.db", models: () => import("./${name}.ts") };\n`,
    );
    project.write(
      `${name}.ts`,
      `import { integer, table, text } from "limbeck/schema";
export const todos = table("todos", { id: integer().primaryKey(), ${columns} });\n`,
    );
  };

  beforeEach(() => {
    project.write("migrations/versions/.gitkeep", "");
    writeModels("one", "title: text()");
    writeModels("two", "title: text().notNull(), due: text()");
  });

  it("leaves both sections to be written", async () => {
    const { stdout, stderr, exitCode } = await project.limbeck(`revision -m "by hand" --format sql --rev-id a1`);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^migrations\/versions\/.*_by_hand\.sql\n$/);
    expect(stderr).toContain("Next: limbeck show a1\n");
    expect(project.read(stdout.trim())).toMatch(
      /^-- by hand\n--\n-- Created .*\n--\n-- revision: a1\n-- down_revision: none\n\n-- limbeck: upgrade\n-- Nothing yet.*\n\n-- limbeck: downgrade\n-- Nothing yet.*\n$/,
    );
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
    expect((await project.limbeck("downgrade base")).exitCode).toBe(0);
  });

  it("refuses a format that there is not", async () => {
    expect(await project.limbeckJson("revision -m x --format yaml")).toMatchObject({
      exitCode: 2,
      error: { code: "LB0016", context: { choices: ["ts", "sql"] } },
    });
  });

  it("writes statements for both directions with autogenerate, proven, guards included", async () => {
    const first = await project.limbeck("revision -m initial --autogenerate --format sql --rev-id a1 -c one.config.ts");
    expect(first.stderr).toContain("Proven on a scratch database");
    expect(project.read(first.stdout.trim())).toMatch(
      /-- limbeck: upgrade\nCREATE TABLE "todos" [^]*;\n\n-- limbeck: downgrade\nDROP TABLE "todos";\n$/,
    );
    await project.limbeck("upgrade head -c one.config.ts");
    const second = await project.limbeck("revision -m narrow --autogenerate --format sql --rev-id b2 -c two.config.ts");
    expect(second.exitCode).toBe(0);
    query("INSERT INTO todos VALUES (1, 'a'), (2, NULL)");

    // The guard is a statement that fails, with its meaning as its name.
    const stopped = await project.limbeckJson("upgrade head -c two.config.ts");
    expect(stopped).toMatchObject({ exitCode: 7, error: { code: "LB0701" } });
    expect(JSON.stringify(stopped)).toContain("some rows of todos have no title");
    expect(query("SELECT * FROM todos")).toEqual([
      { id: 1, title: "a" },
      { id: 2, title: null },
    ]);

    query("DELETE FROM todos WHERE id = 2");
    expect((await project.limbeck("upgrade head -c two.config.ts")).exitCode).toBe(0);
    expect((await project.limbeck("check -c two.config.ts")).exitCode).toBe(0);
    expect(query("SELECT * FROM todos")).toEqual([{ id: 1, title: "a", due: null }]);
    expect(await project.limbeck("downgrade -1 -c two.config.ts")).toMatchObject({ exitCode: 0 });
    expect((await project.limbeck("check -c one.config.ts")).exitCode).toBe(0);
    expect(query("SELECT * FROM todos")).toEqual([{ id: 1, title: "a" }]);
  });
});
