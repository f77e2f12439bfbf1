import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

const check = requirePostgres();

describe("raw SQL that drops a schema of PostgreSQL", () => {
  let database: PostgresDatabase;
  let project: TestProject;

  beforeEach(async (context) => {
    check(context);
    database = await createPostgresDatabase();
    project = createTestProject();
    project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
  });

  afterEach(async () => {
    project.dispose();
    await database.drop();
  });

  it.each([
    ["DROP SCHEMA IF EXISTS other, app CASCADE", 2],
    // Which fails where anything is in it.
    ["DROP TABLE app.empty, app.notes; DROP SCHEMA app", 2],
    ["DROP TABLE app.empty; ALTER TABLE app.notes SET SCHEMA public; DROP SCHEMA app", 0],
  ])("asks before the rows in it go: %s", async (down, exitCode) => {
    const up = "CREATE SCHEMA app; CREATE TABLE app.empty (id int); CREATE TABLE app.notes (id int)";
    project.writeRevision("a1", null, "first", {
      up: `await op.execute("${up}");`,
      down: `await op.execute("${down}");`,
    });
    await project.limbeck("upgrade head");
    await database.run("INSERT INTO app.notes VALUES (1), (2)");
    const result = await project.limbeck("downgrade -1");
    const told = result.stderr.includes("all 2 rows of app.notes");
    expect([result.exitCode, told]).toEqual([exitCode, exitCode !== 0]);
  });
});
