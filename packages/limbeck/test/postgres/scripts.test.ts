import { execFileSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

const check = requirePostgres();

const WORKSHOP = join(import.meta.dirname, "../../../../workshop/00_personal_todo");

let online: PostgresDatabase;
let scripted: PostgresDatabase;
let project: TestProject;

beforeEach(async (context) => {
  check(context);
  [online, scripted] = [await createPostgresDatabase(), await createPostgresDatabase()];
  project = createTestProject();
});

afterEach(async () => {
  project.dispose();
  await online.drop();
  await scripted.drop();
});

/** All that `pg_dump` says, rows and the version table among it; the journal's rows tell of run and moment. */
const dump = ({ url }: PostgresDatabase): readonly string[] =>
  execFileSync("pg_dump", ["--inserts", "--exclude-table=limbeck_history*", url], { encoding: "utf8" })
    .replaceAll(/^\\(?:un)?restrict .*$/gm, "")
    .split("\n");

async function run(line: string): Promise<string> {
  const { exitCode, stdout, stderr } = await project.limbeck(line);
  expect({ line, exitCode, problem: exitCode === 0 ? "" : stderr }).toEqual({ line, exitCode: 0, problem: "" });
  return stdout;
}

/** Moves one database online and the other one by a script. @returns the lines in which they differ then */
async function moveBoth(direct: string, script: string): Promise<readonly string[]> {
  await run(`${direct} --url ${online.url}${direct.startsWith("downgrade") ? " --allow-data-loss" : ""}`);
  const input = await run(`${script} --sql --url ${scripted.url}`);
  execFileSync("psql", ["-q", "-v", "ON_ERROR_STOP=1", scripted.url], { input, stdio: ["pipe", "pipe", "pipe"] });
  const [wanted, found] = [dump(online), dump(scripted)];
  return wanted.length === found.length ? wanted.filter((line, index) => line !== found[index]) : found;
}

const FIRST = `
CREATE TYPE status AS ENUM ('open', 'done');
CREATE TABLE todos (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, title text NOT NULL, status status NOT NULL DEFAULT 'open');
CREATE FUNCTION shout(word text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN upper(word) || '; $1 -- '; END $$;
CREATE VIEW loud AS SELECT shout(title) AS title, status FROM todos;
ALTER TABLE todos ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON todos FOR SELECT USING (title <> 'it''s a secret');
`;

/** A value that is only added, which is done in place. */
const SECOND = FIRST.replace("'done')", "'done', 'later')").replace("upper(word)", "lower(word)");

/** One that is used at once, for which the type is made anew, between others. */
const THIRD = SECOND.replace("'open', ", "'open', 'next', ")
  .replace("DEFAULT 'open'", "DEFAULT 'next'")
  .replace("'it''s a secret'", "'another' AND status <> 'next'")
  .replace("title text NOT NULL", "title varchar(80) NOT NULL");

describe("scripts for psql", { timeout: 300_000 }, () => {
  it("leave what a run leaves of the workshop's history, up and down", async () => {
    for (const name of ["limbeck.config.ts", "app", "migrations"]) {
      cpSync(join(WORKSHOP, name), join(project.folder, name), { recursive: true });
    }
    expect(await moveBoth("upgrade head", "upgrade head")).toEqual([]);
    expect(await moveBoth("downgrade -1", "downgrade head:-1")).toEqual([]);
    expect(await moveBoth("upgrade head", "upgrade 2026_02_21_004:head")).toEqual([]);
    expect(await moveBoth("downgrade base", "downgrade head:base")).toEqual([]);
  });

  it("leave what a run leaves of enums, functions and policies, with rows, up and down", async () => {
    project.write("migrations/versions/.gitkeep", "");
    project.write("limbeck.config.ts", `export default { url: "${online.url}", models: "schema.sql" };\n`);
    for (const [position, schema] of [FIRST, SECOND, THIRD].entries()) {
      project.write("schema.sql", schema);
      await run(`revision --autogenerate -m step --rev-id a00${position + 1}`);
      const from = position === 0 ? "" : `a00${position}:`;
      expect(await moveBoth("upgrade head", `upgrade ${from}a00${position + 1}`)).toEqual([]);
      for (const database of [online, scripted]) {
        await database.run(`INSERT INTO todos (title) VALUES ('number ${position}')`);
      }
    }
    await run("check");
    for (const database of [online, scripted]) await database.run("UPDATE todos SET status = 'done'");
    expect(await moveBoth("downgrade a002", "downgrade a003:a002")).toEqual([]);
    expect(await moveBoth("downgrade base", "downgrade a002:base")).toEqual([]);
  });

  it("have names lead where the URL says", async () => {
    await scripted.run("CREATE SCHEMA app");
    project.write("limbeck.config.ts", `export default { url: "${scripted.url}?schema=app", models: "schema.sql" };\n`);
    project.write("migrations/versions/.gitkeep", "");
    project.write("schema.sql", "CREATE TABLE todos (id integer);");
    await run("revision --autogenerate -m first");
    const input = await run("upgrade head --sql");
    execFileSync("psql", ["-q", "-v", "ON_ERROR_STOP=1", scripted.url], { input, stdio: ["pipe", "pipe", "pipe"] });
    const sql =
      "SELECT schemaname AS schema, tablename AS name FROM pg_tables WHERE schemaname IN ('app', 'public') ORDER BY 2";
    expect(await scripted.rows(sql)).toEqual([
      { schema: "app", name: "limbeck_history" },
      { schema: "app", name: "limbeck_version" },
      { schema: "app", name: "todos" },
    ]);
  });
});
