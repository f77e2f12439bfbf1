import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

const check = requirePostgres();

const DDL = readFileSync(join(import.meta.dirname, "everything.sql"), "utf8");

/** With rights, which stand in the dump as statements. */
const dump = (url: string): readonly string[] =>
  execFileSync("pg_dump", ["--schema-only", "--exclude-table=limbeck_*", url], { encoding: "utf8" })
    .replaceAll(/^\\(?:un)?restrict .*$/gm, "")
    .split("\n");

const runPsql = (url: string, input: string): void => {
  execFileSync("psql", ["-q", "-v", "ON_ERROR_STOP=1", url], { input, stdio: ["pipe", "pipe", "pipe"] });
};

describe("everything that PostgreSQL 15 has", { timeout: 300_000 }, () => {
  let database: PostgresDatabase;
  let other: PostgresDatabase;
  let project: TestProject;

  beforeEach(async (context) => {
    check(context);
    [database, other] = [await createPostgresDatabase(), await createPostgresDatabase()];
    project = createTestProject();
    project.write("migrations/versions/.gitkeep", "");
    runPsql(database.url, DDL);
  });
  afterEach(async () => {
    project.dispose();
    await database.drop();
    await other.drop();
  });

  it("is pulled into models, from which pg_dump finds the same in an empty database", async () => {
    const wanted = dump(database.url);
    const models = 'models: () => import("./app/models.ts")';
    project.write("limbeck.config.ts", `export default { url: "${database.url}", ${models} };\n`);
    expect(await project.limbeckJson("pull")).toMatchObject({ exitCode: 0, data: { unmanaged: [] } });
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson(`upgrade head --url ${other.url}`)).toMatchObject({ exitCode: 0 });
    expect(dump(other.url)).toEqual(wanted);

    // Down and up again by scripts, which `psql` runs.
    const down = await project.limbeck("downgrade head:base --sql");
    runPsql(other.url, down.stdout);
    const up = await project.limbeck("upgrade head --sql");
    runPsql(other.url, up.stdout);
    expect(dump(other.url)).toEqual(wanted);
    expect(await project.limbeckJson(`check --url ${other.url}`)).toMatchObject({ exitCode: 0 });
  });

  it("stands in a schema file, which agrees with the database that it was run in", async () => {
    project.write("schema.sql", DDL);
    project.write("limbeck.config.ts", `export default { url: "${database.url}", models: "schema.sql" };\n`);
    expect(await project.limbeckJson("diff")).toMatchObject({ exitCode: 0, data: { changes: [], unmanaged: [] } });
  });
});
