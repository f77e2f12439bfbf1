import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, withoutTimes, type TestProject } from "../cli/test-project.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

const check = requirePostgres();

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

let database: PostgresDatabase;
let project: TestProject;

beforeEach(async (context) => {
  check(context);
  database = await createPostgresDatabase();
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
  execFileSync("pg_dump", ["--schema-only", "--no-owner", database.url], { encoding: "utf8" }).replaceAll(
    /^\\(?:un)?restrict .*$/gm,
    "",
  );

const psql = (script: string): void => {
  execFileSync("psql", ["--no-psqlrc", "--quiet", database.url], { input: script, stdio: ["pipe", "pipe", "pipe"] });
};

async function expectOk(line: string): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const run = await project.limbeck(line);
  expect({ line, ...run }).toMatchObject({ line, exitCode: 0 });
  return run;
}

describe("the main job on PostgreSQL", () => {
  it("goes through: autogenerate, upgrade, change, upgrade, downgrade, reset", async () => {
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

    await expectOk("reset --yes");
    expect(await database.rows("SELECT count(*)::int AS n FROM todos")).toEqual([{ n: 0 }]);
    expect(await database.rows("SELECT version_num FROM limbeck_version")).toEqual([{ version_num: "a002" }]);
    expect(await project.limbeck("test")).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining("2 revisions"),
    });
  });

  it("writes scripts for psql that do what a run does", async () => {
    await expectOk("revision --autogenerate -m initial --rev-id a001");
    await expectOk("upgrade head");
    const online = dump();
    await expectOk("downgrade base");
    const { stdout: preview } = await expectOk("upgrade head --dry-run");
    expect(preview).toContain('CREATE TABLE "todos"');
    await database.run("DROP TABLE limbeck_version");
    psql((await expectOk("upgrade head --sql")).stdout);
    expect(dump()).toBe(online);
    psql((await expectOk("downgrade a001:base --sql")).stdout);
    expect(await database.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")).toEqual([
      { tablename: "limbeck_history" },
      { tablename: "limbeck_version" },
    ]);
    // The database does not stand at a001 any more, so the script must stop before it does anything.
    const { stdout: down } = await expectOk("downgrade a001:base --sql");
    expect(() => psql(down)).toThrow("the database does not stand at a001");
  });

  it("stamps, and says where the database stands", async () => {
    await expectOk("revision --autogenerate -m initial --rev-id a001");
    const { stderr } = await expectOk("stamp head");
    expect(withoutTimes(stderr)).toContain("Stamped base → a001");
    expect((await expectOk("current")).stdout).toBe("a001 (head)\n");
  });

  it("rolls everything back when a statement fails, and gives the server's words", async () => {
    project.writeRevision("a001", null, "broken", {
      up: `await op.createTable("kept", { id: integer() }); await op.execute("SELECT nothing FROM kept");`,
    });
    const run = await project.limbeck("upgrade head");
    expect(run.exitCode).toBe(7);
    expect(run.stderr).toContain('column "nothing" does not exist');
    expect(run.stderr).toContain("SQLSTATE 42703");
    expect(await database.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).toEqual([]);
  });

  it("leaves no scratch database behind", async () => {
    await expectOk("revision --autogenerate -m initial --rev-id a001");
    const mine = await database.rows(
      String.raw`SELECT datname FROM pg_database, regexp_match(datname, '^limbeck_scratch_(\d+)_') AS parts
        WHERE NOT EXISTS (SELECT 1 FROM pg_stat_activity WHERE pid::text = parts[1]) AND parts IS NOT NULL`,
    );
    expect(mine).toEqual([]);
  });
});
