import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createMariadbDatabase, requireMariadb } from "../support/mariadb-server.ts";
import { createPostgresDatabase, requirePostgres } from "../support/postgres-server.ts";
import { createTestProject, type TestProject } from "./test-project.ts";

interface ServerDatabase {
  readonly url: string;
  readonly run: (...statements: readonly string[]) => Promise<void>;
  readonly drop: () => Promise<void>;
}

const SERVERS = [
  { name: "PostgreSQL", require: requirePostgres, create: () => createPostgresDatabase() },
  { name: "MariaDB", require: requireMariadb, create: () => createMariadbDatabase() },
] as const;

describe.each(SERVERS)("decimals on $name", (engine) => {
  const check = engine.require();
  let project: TestProject;
  let database: ServerDatabase;

  beforeEach(async (context) => {
    check(context);
    project = createTestProject();
    database = await engine.create();
    project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
    project.writeRevision("a1", null, "table", {
      up: `await op.createTable("t", { id: integer().primaryKey(), v: integer() });`,
      down: `await op.dropTable("t");`,
    });
    project.writeRevision("a2", "a1", "decimals", {
      up: `const { decimal } = await import("limbeck/schema"); await op.alterColumn("t", "v", { type: decimal(8, 2) });`,
      down: `await op.alterColumn("t", "v", { type: integer() });`,
    });
    const { exitCode, stderr } = await project.limbeck("upgrade head");
    if (exitCode !== 0) throw new Error(stderr);
  });

  afterEach(async () => {
    project.dispose();
    await database.drop();
  });

  it("become whole numbers without a question where nothing is rounded", async () => {
    await database.run("INSERT INTO t VALUES (1, 100), (2, -250), (3, NULL)");
    const { exitCode, stderr } = await project.limbeck("downgrade -1");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.not.stringContaining("Destroys") });
  });

  it("are counted where they are", async () => {
    await database.run("INSERT INTO t VALUES (1, 100.55), (2, 250), (3, -0.01)");
    expect(await project.limbeckJson("downgrade -1")).toMatchObject({ exitCode: 2, error: { code: "LB1070" } });
    const { stderr } = await project.limbeck("downgrade -1 --allow-data-loss");
    expect(stderr).toContain("Destroys 2 values of t.v.");
  });
});
