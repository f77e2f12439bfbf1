import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

const check = requirePostgres();

let database: PostgresDatabase;
let project: TestProject;

/** Two branches on a table with rows: `a0001 > (b0001, c0001)`. */
beforeEach(async (context) => {
  check(context);
  database = await createPostgresDatabase();
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
  write("a0001", "none", "CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL)", "DROP TABLE users");
  write("b0001", "a0001", "ALTER TABLE users ADD COLUMN mail text", "ALTER TABLE users DROP COLUMN mail");
  write("c0001", "a0001", "CREATE TABLE log (id integer)", "DROP TABLE log");
});

afterEach(async () => {
  project.dispose();
  await database.drop();
});

function write(id: string, parent: string, up: string, down: string): void {
  const header = `-- step ${id}\n--\n-- revision: ${id}\n-- down_revision: ${parent}\n`;
  project.write(
    `migrations/versions/${id}.sql`,
    `${header}-- limbeck: upgrade\n${up};\n-- limbeck: downgrade\n${down};\n`,
  );
}

describe("branches on PostgreSQL", () => {
  it("are not when a revision fails there", async () => {
    write("c0001", "a0001", "ALTER TABLE users ADD COLUMN mail text", "ALTER TABLE users DROP COLUMN mail");
    expect(await project.limbeckJson("rebase c0001 --onto b0001")).toMatchObject({
      exitCode: 6,
      error: { code: "LB1226", context: { revision: "c0001" } },
    });
  });

  it("are tried with rows that one of them stops at", async () => {
    write("b0001", "a0001", "ALTER TABLE users ADD CHECK (length(name) > 1000)", "SELECT 1");
    const { exitCode, data } = await project.limbeckJson("test");
    expect({ exitCode, data: JSON.stringify(data) }).toMatchObject({ data: expect.not.stringContaining("LB0630") });
  });

  it("say so where only one scratch database is to be had, and can do without the proof", async () => {
    const scratch = await createPostgresDatabase();
    try {
      project.write("limbeck.config.ts", `export default { url: "${database.url}", scratch: "${scratch.url}" };\n`);
      // No verdict about a revision: nothing was found out.
      const refused = { exitCode: 2, error: { code: "LB0628" } };
      expect(await project.limbeckJson("rebase c0001 --onto b0001")).toMatchObject(refused);
      expect(await project.limbeckJson("merge heads")).toMatchObject(refused);
      project.remove("migrations/versions/c0001.sql");
      expect(await project.limbeckJson("squash base..b0001")).toMatchObject(refused);
      expect(await project.limbeckJson("squash base..b0001 --no-proof")).toMatchObject({
        ok: true,
        data: { proof: "unproven", operations: { before: 2, after: 2 } },
      });
      expect(await project.limbeckJson("upgrade head")).toMatchObject({ ok: true });
    } finally {
      await scratch.drop();
    }
  });
});
