import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";
import { runProgram } from "../support/run-program.ts";

const check = requirePostgres();

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

describe("a run on PostgreSQL that is stopped", () => {
  it.each([
    ["code", `await op.execute("CREATE TABLE slow (a integer)"); await op.execute("SELECT pg_sleep(300)");`],
    ["SQL", undefined],
  ])("cancels the statement that is running, of %s", async (_what, up) => {
    if (up !== undefined) project.writeRevision("a001", null, "slow", { up });
    else
      project.write(
        "migrations/versions/a001.sql",
        "-- slow\n--\n-- revision: a001\n-- down_revision: none\n\n-- limbeck: upgrade\nCREATE TABLE slow (a integer);\nSELECT pg_sleep(300);\n",
      );
    let isSent = false;
    const { status, stderr } = await runProgram(project.folder, ["upgrade", "head"], {
      onStderr(child, told) {
        if (isSent || !told.includes("a001 slow")) return;
        isSent = true;
        setTimeout(() => child.kill("SIGINT"), 1500);
      },
    });
    expect(status).toBe(130);
    expect(stderr).toContain("LB0713 Stopped on request during upgrade of a001.");
    const running = await database.rows(
      "SELECT query FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_sleep(300)%' AND pid <> pg_backend_pid()",
    );
    expect(running).toEqual([]);
    expect(await database.rows("SELECT to_regclass('slow')::text AS name")).toEqual([{ name: null }]);
    // The lock is released.
    project.remove("migrations");
    project.writeRevision("a001", null, "fast", { up: `await op.createTable("fast", { id: integer() });` });
    expect(await project.limbeck("upgrade head")).toMatchObject({ exitCode: 0 });
  });
});
