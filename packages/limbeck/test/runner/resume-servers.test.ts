import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createMariadbDatabase, requireMariadb, type MariadbDatabase } from "../support/mariadb-server.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";
import { runProgram } from "../support/run-program.ts";

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
});

afterEach(() => project.dispose());

const expectOk = async (line: string): Promise<void> => {
  const { exitCode, stderr } = await project.limbeck(line);
  expect([exitCode, stderr]).toEqual([0, expect.any(String)]);
};

describe("a revision that stopped in the middle on PostgreSQL", () => {
  const check = requirePostgres();
  let database: PostgresDatabase;

  beforeEach(async (context) => {
    check(context);
    database = await createPostgresDatabase("CREATE TABLE todos (id integer, title text)");
    project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
  });

  afterEach(() => database.drop());

  const INDEX = "CREATE UNIQUE INDEX CONCURRENTLY twins ON todos (title)";

  it("drops the index that was left invalid, and makes it anew", async () => {
    await database.run("INSERT INTO todos VALUES (1, 'same'), (2, 'same')");
    project.writeRevision("a1", null, "index", {
      up: `await op.execute("UPDATE todos SET id = id + 10"); await op.execute("${INDEX}"); await op.execute("UPDATE todos SET id = id + 10");`,
    });
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 7 });
    const valid = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('twins')";
    expect(await database.rows(valid)).toEqual([{ indisvalid: false }]);
    await database.run("UPDATE todos SET title = 'other' WHERE id = 12");
    await expectOk("upgrade head");
    expect(await database.rows(valid)).toEqual([{ indisvalid: true }]);
    expect(await database.rows("SELECT id FROM todos ORDER BY id")).toEqual([{ id: 21 }, { id: 22 }]);
  });

  it("stays in the middle when what comes next is another index that fails, and keeps those of others", async () => {
    await database.run("INSERT INTO todos VALUES (1, 'same'), (2, 'same')");
    await database.run("CREATE UNIQUE INDEX CONCURRENTLY of_another ON todos (title)").then(
      () => expect.unreachable(),
      () => undefined,
    );
    project.writeRevision("a1", null, "index", { up: `await op.execute("${INDEX}");` });
    for (let i = 0; i < 2; i += 1) expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 7 });
    expect(
      await database.rows("SELECT indexrelid::regclass::text AS name FROM pg_index WHERE NOT indisvalid ORDER BY 1"),
    ).toEqual([{ name: "of_another" }, { name: "twins" }]);
  });

  it("says that nothing was committed where the first statement fails outside a transaction, and passes on no warning of ours", async () => {
    await database.run("CREATE INDEX twins ON todos (title)");
    project.writeRevision("a1", null, "index", { up: `await op.execute("${INDEX}");` });
    const { exitCode, stderr } = await project.limbeck("upgrade head");
    expect(exitCode).toBe(7);
    const text = stderr.replaceAll(/\s+/g, " ");
    expect(text).toContain("already exists");
    expect(text).toContain("Nothing of the revision was committed, but for what this statement may have left:");
    expect(text).not.toMatch(/were committed|WARNING|no transaction in progress/);
  });

  it("says that an earlier run has committed something, where the next one fails at its first statement", async () => {
    project.writeRevision("a1", null, "index", {
      up: `await op.execute("INSERT INTO todos VALUES (1, 'same'), (2, 'same')"); await op.execute("${INDEX}");`,
    });
    const sayFailure = async (): Promise<string> =>
      (await project.limbeck("upgrade head")).stderr.replaceAll(/\s+/g, " ");
    expect(await sayFailure()).toContain("were committed before it failed, and stay applied: INSERT INTO todos");
    await database.run("DROP INDEX IF EXISTS twins");
    const text = await sayFailure();
    expect(text).toContain(
      "What the revision had committed before stays applied, and so may what this statement has left:",
    );
    expect(text).not.toContain("Nothing of the revision was committed");
    expect(await database.rows("SELECT id FROM todos ORDER BY id")).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it("commits a revision whose statement no transaction may hold in three parts", async () => {
    project.writeRevision("a1", null, "vacuum", {
      up: `await op.execute("INSERT INTO todos VALUES (1, 'a')"); await op.execute("VACUUM todos"); await op.execute("SELECT nothing");`,
    });
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 7 });
    const path = "migrations/versions/a1_vacuum.ts";
    project.write(path, project.read(path).replace("SELECT nothing", "UPDATE todos SET id = id + 1"));
    await expectOk("upgrade head");
    expect(await database.rows("SELECT id FROM todos")).toEqual([{ id: 2 }]);
  });
});

describe("a revision that stopped in the middle on MariaDB", () => {
  const check = requireMariadb();
  let database: MariadbDatabase;

  beforeEach(async (context) => {
    check(context);
    database = await createMariadbDatabase("CREATE TABLE todos (id int, title varchar(20))");
    project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
  });

  afterEach(() => database.drop());

  it("goes on at the statement that failed once the file is right, and takes nothing twice", async () => {
    await database.run("INSERT INTO todos VALUES (1, 'a')");
    const up = (third: string): string =>
      `const rows = await op.query("SELECT id FROM todos ORDER BY id"); await op.execute("UPDATE todos SET id = id + 1");
       await op.addColumn("todos", "n", integer()); for (const { id } of rows) await op.execute(\`UPDATE todos SET n = \${String(id)} WHERE id = \${String(Number(id) + 1)}\`);
       await op.createTable("other", { id: integer() }); await op.execute("UPDATE todos SET id = id + 1"); await op.execute("${third}");`;
    project.writeRevision("a1", null, "half", { up: up("ALTER TABLE nowhere ADD x int") });
    const failed = await project.limbeck("upgrade head");
    expect([failed.exitCode, failed.stderr]).toEqual([7, expect.stringContaining("it goes on from there")]);
    expect(await database.rows("SELECT id, n FROM todos")).toEqual([{ id: 3, n: 1 }]);
    project.writeRevision("a1", null, "half", { up: up("UPDATE todos SET id = id + 1") });
    await expectOk("upgrade head");
    expect(await database.rows("SELECT id, n FROM todos")).toEqual([{ id: 4, n: 1 }]);
  });

  it.each([
    ["a table", "CREATE TABLE b (x int)", "DROP TABLE b", `await op.createTable("b", { id: integer() });`],
    ["a table in SQL", "CREATE TABLE b (x int)", "DROP TABLE b", `await op.execute("CREATE TABLE b (id int)");`],
    [
      "a view",
      "CREATE VIEW b AS SELECT 1 AS x",
      "DROP VIEW b",
      `await op.execute("CREATE VIEW b AS SELECT id FROM todos");`,
    ],
    [
      "a view in place of a table",
      "CREATE TABLE b (x int)",
      "DROP TABLE b",
      `await op.execute("CREATE OR REPLACE VIEW b AS SELECT id FROM todos");`,
    ],
    [
      "a column",
      "ALTER TABLE todos ADD b int",
      "ALTER TABLE todos DROP b",
      `await op.addColumn("todos", "b", text());`,
    ],
  ])("runs again what was refused because of something that has gone since: %s", async (_, before, after, call) => {
    const up = `await op.createTable("a", { id: integer() }); ${call} await op.createTable("c", { id: integer() });`;
    project.writeRevision("a1", null, "half", { up });
    await database.run(before);
    for (let run = 0; run < 2; run += 1) expect((await project.limbeck("upgrade head")).exitCode).toBe(7);
    await database.run(after);
    await expectOk("upgrade head");
    const there = await database.rows(
      "SELECT (SELECT count(*) FROM information_schema.tables WHERE table_schema = database() AND table_name IN ('a', 'b', 'c')) + " +
        "(SELECT count(*) FROM information_schema.columns WHERE table_schema = database() AND column_name = 'b') AS n",
    );
    expect(there).toEqual([{ n: 3n }]);
  });

  it("runs nothing twice that took effect before the code of the revision failed, and says that it is in the middle", async () => {
    await database.run("INSERT INTO todos VALUES (1, 'a')");
    const write = (more: string): void =>
      project.writeRevision("a1", null, "half", {
        up: `await op.execute("ALTER TABLE todos DROP COLUMN title, ADD COLUMN title varchar(20)"); ${more}`,
      });
    write(`throw new Error("afterwards");`);
    expect((await project.limbeck("upgrade head")).exitCode).toBe(7);
    expect(await project.limbeckJson("status")).toMatchObject({ data: { halfway: { revision: "a1" } } });
    expect(await database.rows("SELECT event FROM limbeck_history ORDER BY id")).toEqual(
      ["started", "running", "failed"].map((event) => ({ event })),
    );
  });

  it("says of what an earlier run committed that it stays, also when it fails at the same place again", async () => {
    project.writeRevision("a1", null, "half", {
      up: `await op.addColumn("todos", "n", integer()); await op.execute("UPDATE nowhere SET x = 1");`,
    });
    for (const run of ["first", "second", "third"]) {
      const { exitCode, stderr } = await project.limbeck("upgrade head");
      const text = stderr.replaceAll(/\s+/g, " ");
      expect({ run, exitCode, stays: text.includes("stays applied") || text.includes("stay applied: ALTER") }).toEqual({
        run,
        exitCode: 7,
        stays: true,
      });
      expect(text).not.toContain("Everything this revision had done was rolled back");
    }
    project.write(
      "models.ts",
      `import { integer, table } from "limbeck/schema"; export const a = table("a", { id: integer() });\n`,
    );
    project.write(
      "models.config.ts",
      `export default { url: "${database.url}", models: () => import("./models.ts") };\n`,
    );
    const compare = () => project.limbeckJson("-c models.config.ts check");
    expect(await compare()).toMatchObject({ error: { code: "LB1301" } });
    // A first statement that is refused leaves nothing.
    project.writeRevision("a1", null, "half", { up: `await op.execute("ALTER TABLE nowhere ADD x int");` });
    await project.limbeck("stamp base");
    for (const run of ["first", "second"]) {
      const { stderr } = await project.limbeck("upgrade head");
      expect({ run, text: stderr.replaceAll(/\s+/g, " ") }).toEqual({
        run,
        text: expect.stringContaining("Everything this revision had done was rolled back"),
      });
      expect(await compare()).toMatchObject({ error: { code: "LB1206" } });
    }
  });

  it("goes on behind a change of a table that keeps its former rows, which is made under a setting of its own", async () => {
    await database.run("ALTER TABLE todos ADD SYSTEM VERSIONING");
    const up = (rest: string): string => `await op.addColumn("todos", "n", integer()); ${rest}`;
    project.writeRevision("a1", null, "half", { up: up(`throw new Error("not yet");`) });
    expect((await project.limbeck("upgrade head")).exitCode).toBe(7);
    project.writeRevision("a1", null, "half", { up: up(`await op.execute("INSERT INTO todos VALUES (1, 'a', 2)");`) });
    await expectOk("upgrade head");
    expect(await database.rows("SELECT id, n FROM todos")).toEqual([{ id: 1, n: 2 }]);
  });

  it("says that the server ended its session, and what stays", async () => {
    project.writeRevision("a1", null, "killed", {
      up: `await op.execute("CREATE TABLE gone (i int)"); await op.execute("INSERT INTO gone SELECT sleep(8)");`,
    });
    const run = project.limbeck("upgrade head");
    const find =
      "SELECT id FROM information_schema.processlist WHERE info LIKE 'INSERT INTO gone%' AND db = DATABASE()";
    let [session] = await database.rows(find);
    while (!session) [session] = await database.rows(find);
    await database.run(`KILL ${Number(session["id"])}`);
    const { exitCode, stderr } = await run;
    expect({ exitCode, stderr }).toEqual({ exitCode: 7, stderr: expect.stringContaining("CREATE TABLE gone") });
    expect(stderr).toContain("LB0701");
  });

  it("waits for the statement that goes on in the server, and finds that it took effect", async () => {
    await database.run("INSERT INTO todos SELECT seq, 'x' FROM seq_1_to_5");
    project.writeRevision("a1", null, "slow", {
      up: `await op.execute("CREATE TABLE slow AS SELECT id, SLEEP(0.6) AS s FROM todos"); await op.execute("UPDATE todos SET id = id + 100");`,
    });
    await runProgram(project.folder, ["upgrade", "head"], {
      onStderr(child, told) {
        if (told.includes("a1")) setTimeout(() => child.kill("SIGKILL"), 1200);
      },
    });
    await expectOk("upgrade head");
    expect(await database.rows("SELECT count(*) AS n FROM slow")).toEqual([{ n: 5n }]);
    expect(await database.rows("SELECT min(id) AS id FROM todos")).toEqual([{ id: 101 }]);
  });

  it.each([
    ["--applied", 5n],
    ["--rolled-back", 0n],
  ])("asks a person about what leaves no trace, and believes them: %s", async (answer, left) => {
    await database.run("INSERT INTO todos SELECT seq, 'x' FROM seq_1_to_5");
    const path = "migrations/versions/a1_emptied.ts";
    project.writeRevision("a1", null, "emptied", {
      up: `await op.createTable("made", { id: integer() }); await op.execute("TRUNCATE TABLE todos"); await op.execute("SELECT nothing");`,
    });
    // As if the run had been killed while the statement was under way.
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 7 });
    await database.run("DELETE FROM limbeck_history WHERE event = 'done' AND call_number = 2", "COMMIT");
    await database.run(
      "DELETE FROM limbeck_history WHERE event = 'failed'",
      "INSERT INTO todos SELECT seq, 'x' FROM seq_1_to_5",
    );
    project.write(path, project.read(path).replace("SELECT nothing", "SELECT 1"));
    expect(await project.limbeckJson("upgrade head")).toMatchObject({
      exitCode: 7,
      error: { code: "LB1303", fix: ["limbeck resolve a1 --applied", "limbeck resolve a1 --rolled-back"] },
    });
    expect(await project.limbeckJson("resolve a1")).toMatchObject({ exitCode: 2 });
    expect(await project.limbeckJson("resolve b7 --applied")).toMatchObject({ exitCode: 2, error: { code: "LB1304" } });
    const said = await project.limbeck(`resolve a1 ${answer}`);
    expect([said.exitCode, said.stderr]).toEqual([0, expect.stringContaining("limbeck upgrade a1")]);
    await expectOk("upgrade head");
    expect(await database.rows("SELECT count(*) AS n FROM todos")).toEqual([{ n: left }]);
    expect(await project.limbeckJson("resolve a1 --applied")).toMatchObject({ exitCode: 2, error: { code: "LB1304" } });
  });
});
