import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, withoutTimes, type TestProject } from "../cli/test-project.ts";
import { runProgram } from "../support/run-program.ts";
import {
  createMariadbDatabase,
  mariadbClientOptions,
  requireMariadb,
  type MariadbDatabase,
} from "../support/mariadb-server.ts";

const check = requireMariadb();

const MODELS = `import { boolean, integer, json, table, text, timestamp, varchar } from "limbeck/schema";
export const lists = table("lists", { id: integer().primaryKey().autoIncrement(), name: text().notNull().unique() });
export const todos = table("todos", {
  id: integer().primaryKey().autoIncrement(),
  list_id: integer().notNull().references("lists", "id", { onDelete: "cascade" }),
  title: varchar(255).notNull().check("title <> ''").comment("what's to do"),
  done: boolean().notNull().default(false),
  meta: json().notNull().default({ tags: ["it's"] }),
  created_at: timestamp({ timezone: true }).notNull().defaultNow(),
});
`;

let database: MariadbDatabase;
let project: TestProject;

beforeEach(async (context) => {
  check(context);
  database = await createMariadbDatabase();
  project = createTestProject();
  project.write("migrations/versions/.gitkeep", "");
  writeModels("models", MODELS);
});

afterEach(async () => {
  project.dispose();
  await database.drop();
});

/** Node loads a module once, so that every state of the models is a file of its own. */
function writeModels(name: string, text: string): void {
  const models = `() => import("./${name}.ts")`;
  project.write("limbeck.config.ts", `export default { url: "${database.url}", models: ${models} };\n`);
  project.write(`${name}.ts`, text);
}

const dump = (): string =>
  execFileSync(
    "mariadb-dump",
    [...mariadbClientOptions(database.url), "--no-data", "--routines", "--skip-comments", database.name],
    { encoding: "utf8" },
  ).replaceAll(/ AUTO_INCREMENT=\d+/g, "");

const client = (script: string): void => {
  execFileSync("mariadb", [...mariadbClientOptions(database.url), database.name], {
    input: script,
    stdio: ["pipe", "pipe", "pipe"],
  });
};

const TABLES = "SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() ORDER BY 1";

async function expectOk(line: string): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const run = await project.limbeck(line);
  expect({ line, ...run }).toMatchObject({ line, exitCode: 0 });
  return run;
}

describe("the main job on MariaDB", () => {
  it("goes through: autogenerate, upgrade, change, upgrade, downgrade, test, reset", async () => {
    const written = await expectOk("revision --autogenerate -m initial --rev-id a001");
    expect(written.stderr).toContain("Proven on a scratch database");
    await expectOk("upgrade head");
    await database.run(
      `INSERT INTO lists (name) VALUES ('home'); INSERT INTO todos (list_id, title) VALUES (1, 'milk')`,
    );
    expect((await expectOk("status")).stdout).toContain("agree with the database");
    const first = dump();

    writeModels("changed", MODELS.replace("varchar(255)", "text()").replace("done:", "is_done:"));
    await expectOk(`revision --autogenerate -m change --rev-id a002 --rename todos.done:todos.is_done`);
    await expectOk("upgrade head");
    expect((await expectOk("check")).stderr).toContain("agree");
    expect(await database.rows("SELECT title, is_done, meta FROM todos")).toEqual([
      { title: "milk", is_done: false, meta: { tags: ["it's"] } },
    ]);
    await expectOk("downgrade -1");
    expect(dump()).toBe(first);
    expect(await database.rows("SELECT title, done FROM todos")).toEqual([{ title: "milk", done: false }]);

    const trial = await project.limbeck("test");
    expect(trial).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("2 revisions") });
    await expectOk("reset --yes");
    expect(await database.rows("SELECT id FROM todos")).toEqual([]);
    expect(await database.rows("SELECT version_num FROM limbeck_version")).toEqual([{ version_num: "a002" }]);
  });

  it("writes scripts for the mariadb client that do what a run does", async () => {
    await expectOk("revision --autogenerate -m initial --rev-id a001");
    project.writeRevision("a002", "a001", "guard", {
      up: `await op.createTrigger("guard", "todos", ${JSON.stringify(
        "CREATE TRIGGER `guard` BEFORE UPDATE ON `todos` FOR EACH ROW BEGIN SET NEW.done = OLD.done; SET NEW.title = 'it''s; $$'; END",
      )});
      await op.bulkInsert("lists", [{ name: "a\\\\b; 'c' -- d" }]);`,
      down: `await op.dropTrigger("guard");`,
    });
    await expectOk("upgrade head");
    const online = dump();
    const rows = await database.rows("SELECT id, name FROM lists");
    await expectOk("downgrade base --allow-data-loss");
    const { stdout: preview } = await expectOk("upgrade head --dry-run");
    expect(preview).toContain("CREATE TABLE `todos`");
    await database.run("DROP TABLE limbeck_version");
    client((await expectOk("upgrade head --sql")).stdout);
    expect(dump()).toBe(online);
    expect(await database.rows("SELECT id, name FROM lists")).toEqual(rows);
    client((await expectOk("downgrade a002:base --sql")).stdout);
    expect(await database.rows(TABLES)).toEqual([{ name: "limbeck_history" }, { name: "limbeck_version" }]);
    // The database does not stand at a002 any more, so the script must stop before it does anything.
    const { stdout: down } = await expectOk("downgrade a002:base --sql");
    expect(() => client(down)).toThrow("the database does not stand at a002");
  });

  it("stamps, and says where the database stands", async () => {
    await expectOk("revision --autogenerate -m initial --rev-id a001");
    const { stderr } = await expectOk("stamp head");
    expect(withoutTimes(stderr)).toContain("Stamped base → a001");
    expect((await expectOk("current")).stdout).toBe("a001 (head)\n");
  });

  it("says exactly what stays of a revision that fails, and does not count it as applied", async () => {
    project.writeRevision("a001", null, "first", { up: `await op.createTable("there", { id: integer() });` });
    project.writeRevision("a002", "a001", "broken", {
      up: `await op.execute("INSERT INTO there VALUES (1)");
        await op.createTable("kept", { id: integer() });
        await op.execute("INSERT INTO kept VALUES (2)");
        await op.execute("SELECT nothing FROM kept");`,
    });
    const run = await project.limbeck("upgrade head");
    expect(run.exitCode).toBe(7);
    const stderr = run.stderr.replaceAll(/\s+/g, " ");
    expect(stderr).toContain("Unknown column 'nothing'");
    expect(stderr).toContain("error 1054, SQLSTATE 42S22");
    expect(stderr).toContain("INSERT INTO there VALUES (1);");
    expect(stderr).toContain("CREATE TABLE `kept` ( `id` int );");
    expect(stderr).not.toContain("INSERT INTO kept");
    expect(stderr).not.toContain("Everything this revision had done was rolled back");
    expect(stderr).toContain("the database is recorded at a001");
    expect(await database.rows("SELECT * FROM there")).toEqual([{ id: 1 }]);
    expect(await database.rows("SELECT * FROM kept")).toEqual([]);
    expect(await database.rows("SELECT version_num FROM limbeck_version")).toEqual([{ version_num: "a001" }]);
  });

  it("says what stays when it is stopped in the middle", async () => {
    project.writeRevision("a001", null, "slow", {
      up: `await op.createTable("kept", { id: integer() }); await op.execute("INSERT INTO kept VALUES (1)");
        console.error("begun"); await new Promise((resolve) => setTimeout(resolve, 60_000));`,
    });
    let isSent = false;
    const { status, stderr } = await runProgram(project.folder, ["upgrade", "head"], {
      onStderr(child, told) {
        if (!isSent && told.includes("begun")) isSent = child.kill("SIGINT");
      },
    });
    expect([status, stderr]).toEqual([130, expect.stringContaining("LB0714 Stopped on request in the middle")]);
    expect(stderr).toContain("CREATE TABLE `kept` (");
    expect(stderr).not.toContain("INSERT INTO kept");
    expect(await database.rows("SELECT * FROM kept")).toEqual([]);
    expect(await database.rows("SELECT * FROM limbeck_version")).toEqual([]);
    expect((await expectOk("current")).stdout).not.toContain("a001");
  });

  it("does what a run that was killed in the middle has not done", async () => {
    project.writeRevision("a001", null, "slow", {
      up: `await op.createTable("kept", { id: integer() }); await op.execute("DO SLEEP(2)"); await op.createTable("second", { id: integer() });`,
    });
    await runProgram(project.folder, ["upgrade", "head"], {
      onStderr(child, told) {
        if (told.includes("a001")) setTimeout(() => child.kill("SIGKILL"), 1000);
      },
    });
    await expectOk("upgrade head");
    expect(await database.rows("SELECT * FROM second")).toEqual([]);
    expect(await database.rows("SELECT version_num FROM limbeck_version")).toEqual([{ version_num: "a001" }]);
  });

  it("takes everything back where a revision has changed rows only", async () => {
    await database.run("CREATE TABLE there (id int)");
    project.writeRevision("a001", null, "none", { up: "" });
    project.writeRevision("a002", "a001", "broken", {
      up: `await op.execute("INSERT INTO there VALUES (1)"); await op.execute("SELECT nothing");`,
    });
    const run = await project.limbeck("upgrade head");
    expect(run).toMatchObject({ exitCode: 7, stderr: expect.stringContaining("was rolled back") });
    expect(run.stderr).not.toContain("stay applied:");
    expect(await database.rows("SELECT * FROM there")).toEqual([]);
  });

  it("tries revisions on rows that they stop at, and on copies of the real ones", async () => {
    project.writeRevision("a001", null, "first", {
      up: `await op.createTable("t", { id: integer().primaryKey().autoIncrement(), name: text(), twice: integer().generatedAs("id * 2") });
        await op.createView("names", "SELECT name FROM t");
        await op.createTrigger("guard", "t", "CREATE TRIGGER guard BEFORE INSERT ON t FOR EACH ROW SET NEW.name = upper(NEW.name)");`,
      down: `await op.dropTrigger("guard"); await op.dropView("names"); await op.dropTable("t");`,
    });
    await expectOk("upgrade head");
    await database.run("INSERT INTO t (name) VALUES ('a'), ('b')");
    project.writeRevision("a002", "a001", "not null", {
      up: `await op.alterColumn("t", "name", { nullable: false });`,
      down: `await op.alterColumn("t", "name", { nullable: true });`,
    });
    const generated = await project.limbeck("test");
    expect(generated).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("2 revisions") });
    const real = await project.limbeck("test --data");
    expect(real).toMatchObject({ exitCode: 0 });
    await database.run("INSERT INTO t (name) VALUES (NULL)");
    expect(await project.limbeck("test --data")).toMatchObject({
      exitCode: expect.not.toSatisfy((code: number) => code === 0),
      stdout: expect.anything(),
    });
    expect(await database.rows("SELECT name FROM t")).toEqual([{ name: "A" }, { name: "B" }, { name: null }]);
  });

  it("leaves no scratch database behind", async () => {
    await expectOk("revision --autogenerate -m initial --rev-id a001");
    const left = await database.rows(
      "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE 'limbeck\\\\_scratch\\\\_%' AND IS_FREE_LOCK(SCHEMA_NAME) = 1",
    );
    expect(left).toEqual([]);
  });
});
