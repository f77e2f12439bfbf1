import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

const check = requirePostgres();

let database: PostgresDatabase;
let project: TestProject;

beforeEach(async (context) => {
  check(context);
  database = await createPostgresDatabase();
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
  project.writeRevision("a1", null, "create todos", {
    up: `await op.createTable("todos", { id: integer().primaryKey(), title: text() });`,
    down: `await op.dropTable("todos");`,
  });
});

afterEach(async () => {
  project.dispose();
  await database.drop();
});

const CONCURRENTLY = {
  up: `await op.autocommit(async () => {
      await op.execute("CREATE INDEX CONCURRENTLY ix_todos_title ON todos (title)");
    });`,
  down: `await op.autocommit((op) => op.execute("DROP INDEX CONCURRENTLY ix_todos_title"));`,
};

const listIndexes = (): Promise<readonly unknown[]> =>
  database.rows(
    "SELECT indexrelid::regclass::text AS name, indisvalid FROM pg_index WHERE indrelid = 'todos'::regclass AND NOT indisprimary",
  );

describe("op.autocommit on PostgreSQL", () => {
  it("runs what no transaction may hold, up, down and in the trial", async () => {
    project.writeRevision("b1", "a1", "index", CONCURRENTLY);
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(await listIndexes()).toEqual([{ name: "ix_todos_title", indisvalid: true }]);
    expect(await project.limbeckJson("downgrade -1")).toMatchObject({ exitCode: 0 });
    expect(await listIndexes()).toEqual([]);
    expect(await project.limbeckJson("test")).toMatchObject({ exitCode: 0 });
  });

  it("does not count as applied because somebody says so, where the database refused it", async () => {
    project.writeRevision("b1", "a1", "index", {
      up: `await op.autocommit(() => op.execute("CREATE UNIQUE INDEX CONCURRENTLY ux_todos_title ON todos (title)"));`,
      down: `await op.dropIndex("ux_todos_title", "todos");`,
    });
    await project.limbeckJson("upgrade a1");
    await database.run("INSERT INTO todos VALUES (1, 'twin'), (2, 'twin')");
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 7, error: { code: "LB0701" } });
    expect(await project.limbeckJson("resolve b1 --applied")).toMatchObject({
      exitCode: 2,
      error: { code: "LB1312", fix: ["limbeck upgrade b1"] },
    });
    await database.run("DELETE FROM todos WHERE id = 2");
    expect(await project.limbeckJson("upgrade b1")).toMatchObject({ exitCode: 0 });
    expect(await listIndexes()).toEqual([{ name: "ux_todos_title", indisvalid: true }]);
  });

  it("stands in a script as it runs", async () => {
    project.writeRevision("b1", "a1", "index", CONCURRENTLY);
    const { stdout } = await project.limbeck("upgrade head --sql");
    execFileSync("psql", ["-q", "-v", "ON_ERROR_STOP=1", database.url], { input: stdout });
    expect(await listIndexes()).toEqual([{ name: "ix_todos_title", indisvalid: true }]);
    expect(await database.rows("SELECT * FROM limbeck_version")).toEqual([{ version_num: "b1" }]);
  });

  it("says what stays when something fails after it, and goes on where nothing is in the way", async () => {
    project.writeRevision("b1", "a1", "index", {
      up: `await op.execute("INSERT INTO todos VALUES (1, 'before')");
        op.autocommit(async (inner) => {
          inner.execute("CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_todos_title ON todos (title)");
        });
        await op.execute("INSERT INTO todos VALUES (2, 'after')");
        await op.execute("SELECT nothing");`,
    });
    const run = await project.limbeck("upgrade head");
    expect(run.exitCode).toBe(7);
    const stderr = run.stderr.replaceAll(/\s+/g, " ");
    expect(stderr).toContain("INSERT INTO todos VALUES (1, 'before');");
    expect(stderr).toContain("CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_todos_title ON todos (title);");
    expect(stderr).not.toContain("'after'");
    expect(stderr).not.toContain("Everything this revision had done was rolled back");
    expect(await database.rows("SELECT id FROM todos")).toEqual([{ id: 1 }]);
    expect(await database.rows("SELECT * FROM limbeck_version")).toEqual([{ version_num: "a1" }]);
  });

  it("leaves the transaction once where it stands in itself", async () => {
    project.writeRevision("b1", "a1", "index", {
      up: `await op.autocommit(async () => {
          await op.autocommit(() => op.execute("CREATE INDEX CONCURRENTLY ix_todos_title ON todos (title)"));
          await op.execute("VACUUM todos");
        });
        await op.execute("INSERT INTO todos VALUES (2, 'after')");
        await op.execute("SELECT nothing");`,
    });
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 7 });
    expect(await listIndexes()).toHaveLength(1);
    expect(await database.rows("SELECT id FROM todos")).toEqual([]);
  });

  it("fails the revision with what is thrown in it, awaited or not, and takes back what comes after", async () => {
    project.writeRevision("b1", "a1", "index", {
      up: `op.autocommit(async () => {
          await new Promise((resolve) => setTimeout(resolve, 50));
          throw new Error("mine");
        });
        op.execute("INSERT INTO todos VALUES (2, 'after')");`,
    });
    const run = await project.limbeck("upgrade head");
    expect([run.exitCode, run.stderr]).toEqual([7, expect.stringContaining("mine")]);
    expect(await database.rows("SELECT id FROM todos")).toEqual([]);
  });

  it("says of what failed outside of the transaction that something of it may be there", async () => {
    await project.limbeck("upgrade head");
    await database.run("INSERT INTO todos VALUES (1, 'same'), (2, 'same')");
    project.writeRevision("b1", "a1", "index", {
      up: `await op.autocommit((op) => op.execute("CREATE UNIQUE INDEX CONCURRENTLY twins ON todos (title)"));`,
    });
    const run = await project.limbeck("upgrade head");
    const stderr = run.stderr.replaceAll(/\s+/g, " ");
    expect(run.exitCode).toBe(7);
    expect(stderr).toContain("failed, and may have left something behind: CREATE UNIQUE INDEX CONCURRENTLY twins");
    expect(stderr).not.toContain("Everything this revision had done was rolled back");
    expect(await listIndexes()).toEqual([{ name: "twins", indisvalid: false }]);
  });

  it("is not there for hooks: they are told what the database says", async () => {
    const hook = `({ op, revision }) => revision === "a1" && op.execute("CREATE INDEX CONCURRENTLY twins ON todos (title)")`;
    project.write(
      "limbeck.config.ts",
      `export default { url: "${database.url}", hooks: { afterRevision: ${hook} } };\n`,
    );
    const { exitCode, error } = await project.limbeckJson("upgrade head");
    expect([exitCode, error]).toMatchObject([
      7,
      { code: "LB0720", context: { message: expect.stringContaining("25001") } },
    ]);
  });
});
