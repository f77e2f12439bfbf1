import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { startBreakingProxy, type BreakingProxy } from "../support/breaking-proxy.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

const check = requirePostgres();

describe.each(["pg", "postgres"])("a connection that is lost with the answer to a COMMIT, through %s", (driver) => {
  let database: PostgresDatabase;
  let project: TestProject;
  let proxy: BreakingProxy;

  beforeEach(async (context) => {
    check(context);
    database = await createPostgresDatabase();
    project = createTestProject();
    const url = new URL(database.url);
    proxy = await startBreakingProxy(Number(url.port || "5432"), "COMMIT");
    url.port = String(proxy.port);
    project.write("limbeck.config.ts", `export default { url: "${url.href}", driver: "${driver}" };\n`);
    project.writeRevision("a001", null, "first", {
      up: `await op.createTable("todos", { id: integer().primaryKey() });`,
      down: `await op.dropTable("todos");`,
    });
  });
  afterEach(async () => {
    proxy.close();
    project.dispose();
    await database.drop();
  });

  it("does not count as rolled back", async () => {
    const run = await project.limbeckJson("upgrade head");
    expect(run).toMatchObject({ exitCode: 7, error: { code: "LB0715", fix: ["limbeck current"] } });
    expect(JSON.stringify(run["error"])).not.toMatch(/rolled back|[Nn]othing of this/);
    expect(await database.rows("SELECT version_num FROM limbeck_version")).toEqual([{ version_num: "a001" }]);
  });
});
