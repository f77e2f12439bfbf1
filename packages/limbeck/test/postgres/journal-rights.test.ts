import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

const check = requirePostgres();

let database: PostgresDatabase;
let project: TestProject;

beforeEach(async (context) => {
  check(context);
  database = await createPostgresDatabase();
  project = createTestProject();
});
afterEach(async () => {
  project.dispose();
  await database.drop();
});

describe("a user who may not read the journal", () => {
  it("can check all the same, and is told what status wants to know", async () => {
    const reader = `limbeck_reader_${Date.now()}`;
    project.write(
      "models.ts",
      `import { integer, table } from "limbeck/schema"; export const todos = table("todos", { id: integer().primaryKey() });\n`,
    );
    project.write(
      "limbeck.config.ts",
      `export default { url: "${database.url}", models: () => import("./models.ts") };\n`,
    );
    project.write("migrations/versions/.gitkeep", "");
    expect((await project.limbeck("revision -m initial --autogenerate")).stderr).toContain("Proven");
    expect(await project.limbeck("upgrade head")).toMatchObject({ exitCode: 0 });
    await database.run(`CREATE ROLE ${reader} LOGIN CREATEDB`, `GRANT SELECT ON todos, limbeck_version TO ${reader}`);
    try {
      const url = new URL(database.url);
      url.username = reader;
      expect(await project.limbeckJson(`check --url ${url.href}`)).toMatchObject({ ok: true });
      expect(await project.limbeckJson(`status --url ${url.href}`)).toMatchObject({
        error: { code: "LB0651", why: expect.stringContaining("permission denied") },
      });
    } finally {
      await database.run(`DROP OWNED BY ${reader}`, `DROP ROLE ${reader}`);
    }
  });
});
