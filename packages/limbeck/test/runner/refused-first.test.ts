import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createMariadbDatabase, requireMariadb, type MariadbDatabase } from "../support/mariadb-server.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

const ENGINES = [
  {
    name: "MariaDB",
    require: requireMariadb,
    create: (): Promise<MariadbDatabase | PostgresDatabase> => createMariadbDatabase(),
    refused: "ALTER TABLE missing ADD COLUMN c integer",
    untold: "ALTER TABLE parts TRUNCATE PARTITION p9",
    setUp: "CREATE TABLE parts (id integer) PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (10))",
  },
  {
    name: "PostgreSQL",
    require: requirePostgres,
    create: (): Promise<MariadbDatabase | PostgresDatabase> => createPostgresDatabase(),
    refused: "CREATE INDEX CONCURRENTLY i ON missing (id)",
    untold: "VACUUM missing",
    setUp: "CREATE TABLE parts (id integer)",
  },
];

describe.each(ENGINES)("a revision whose first statement was refused on $name", (engine) => {
  const check = engine.require();
  let database: MariadbDatabase | PostgresDatabase;
  let project: TestProject;

  const writeFirst = (statement: string): void =>
    project.writeRevision("a1", null, "refused", {
      up: `await op.execute(${JSON.stringify(statement)}); await op.createTable("t", { id: integer() });`,
      down: `await op.dropTable("t");`,
    });

  beforeEach(async (context) => {
    check(context);
    database = await engine.create();
    await database.run(engine.setUp);
    project = createTestProject();
    project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
    project.writeRevision("b2", null, "other", {
      up: `await op.createTable("v", { id: integer() });`,
      down: `await op.dropTable("v");`,
    });
  });
  afterEach(async () => {
    project.dispose();
    await database.drop();
  });

  it("keeps nobody from going elsewhere", async () => {
    writeFirst(engine.refused);
    expect(await project.limbeck("upgrade a1")).toMatchObject({ exitCode: 7 });
    const dry = await project.limbeck("upgrade b2 --dry-run");
    expect(dry.exitCode).toBe(0);
    expect(dry.stdout).toMatch(/CREATE TABLE .v./);
    expect(await project.limbeckJson("downgrade base")).toMatchObject({ ok: true });
    expect(await project.limbeckJson("upgrade b2")).toMatchObject({ ok: true });
    const { data } = await project.limbeckJson("status");
    expect(data).toMatchObject({ rows: ["b2"] });
    expect(data).not.toHaveProperty("halfway");
    expect(
      await database.rows(
        "SELECT revision, event FROM limbeck_history WHERE event IN ('failed', 'rolled back', 'finished') ORDER BY id",
      ),
    ).toEqual(
      [
        ["a1", "failed"],
        ["a1", "rolled back"],
        ["b2", "finished"],
      ].map(([revision, event]) => ({ revision, event })),
    );
  });

  it("is not told as one that stopped in the middle", async () => {
    writeFirst(engine.refused);
    await project.limbeck("upgrade a1");
    const { data } = await project.limbeckJson("status");
    expect(data).not.toHaveProperty("halfway");
    expect(data).toMatchObject({ rows: [], next: "limbeck upgrade heads" });
  });

  it("is told as nothing that was begun where what came instead failed as well", async () => {
    writeFirst(engine.refused);
    await project.limbeck("upgrade a1");
    project.writeRevision("b2", null, "other", { up: `throw new Error("not yet");` });
    expect(await project.limbeck("upgrade b2")).toMatchObject({ exitCode: 7 });
    expect((await project.limbeckJson("status"))["data"]).not.toHaveProperty("halfway");
  });

  it("can be corrected, and goes on from its beginning", async () => {
    writeFirst(engine.refused);
    await project.limbeck("upgrade a1");
    writeFirst("SELECT 1");
    expect(await project.limbeckJson("upgrade a1")).toMatchObject({ ok: true });
    expect((await project.limbeckJson("status"))["data"]).toMatchObject({ rows: ["a1"] });
  });

  it("stays in the way where nobody can tell that nothing was changed", async () => {
    writeFirst(engine.untold);
    expect(await project.limbeck("upgrade a1")).toMatchObject({ exitCode: 7 });
    for (const line of ["upgrade b2", "upgrade b2 --dry-run", "check"])
      expect({ line, ...(await project.limbeckJson(line)) }).toMatchObject({ line, error: { code: "LB1301" } });
    expect((await project.limbeckJson("status"))["data"]).toMatchObject({ halfway: { revision: "a1" } });
  });
});
