import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

const check = requirePostgres();

/** A list beside a column of varchar is printed with other words after it was read from what the server printed; here in every place that has an expression. */
const DDL = `
  CREATE DOMAIN size AS varchar(3) CHECK (VALUE IN ('s', 'm', 'l'));
  CREATE TABLE users (
    id integer PRIMARY KEY,
    role varchar(20) NOT NULL CHECK (role IN ('admin', 'user')),
    size size,
    state varchar(20) CONSTRAINT known CHECK (state NOT IN ('a', 'b')),
    is_known boolean GENERATED ALWAYS AS (role IN ('admin', 'user')) STORED
  );
  CREATE INDEX admins ON users (id) WHERE role IN ('admin', 'root');
  CREATE INDEX kinds ON users ((role IN ('x', 'y')));
  CREATE VIEW people AS SELECT id FROM users WHERE role IN ('user', 'guest');
  CREATE MATERIALIZED VIEW bosses AS SELECT id FROM users WHERE role IN ('admin', 'root');
  ALTER TABLE users ENABLE ROW LEVEL SECURITY;
  CREATE POLICY visible ON users USING (role IN ('user', 'guest'));
  CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
  CREATE TRIGGER told BEFORE UPDATE ON users FOR EACH ROW WHEN (old.role IN ('admin', 'user')) EXECUTE FUNCTION nothing();
`;

describe("what PostgreSQL spells in two ways", () => {
  let database: PostgresDatabase;
  let project: TestProject;

  beforeEach(async (context) => {
    check(context);
    database = await createPostgresDatabase();
    project = createTestProject();
    project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
    project.write("migrations/versions/.gitkeep", "");
  });
  afterEach(async () => {
    project.dispose();
    await database.drop();
  });

  const useModels = (file: string): void =>
    project.write(
      "limbeck.config.ts",
      `export default { url: "${database.url}", models: () => import("./app/${file}") };\n`,
    );

  it("is no difference to pull, to check or to a database that is built from the models", async () => {
    execFileSync("psql", ["-q", "-v", "ON_ERROR_STOP=1", database.url], { input: DDL });
    expect(await project.limbeckJson("pull")).toMatchObject({ exitCode: 0 });
    useModels("models.ts");
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 0 });
    const other = await createPostgresDatabase();
    try {
      expect(await project.limbeckJson(`upgrade head --url ${other.url}`)).toMatchObject({ exitCode: 0 });
      expect(await project.limbeckJson(`check --url ${other.url}`)).toMatchObject({ exitCode: 0 });
      expect(await project.limbeckJson(`diff ${database.url} ${other.url}`)).toMatchObject({ data: { changes: [] } });

      const models = project.read("app/models.ts");
      expect(models).toContain("'root'");
      project.write("app/changed.ts", models.replaceAll("'root'", "'chief'").replaceAll("'user'", "'member'"));
      useModels("changed.ts");
      expect(await project.limbeckJson("revision -m changed --autogenerate")).toMatchObject({ exitCode: 0 });
      for (const url of [database.url, other.url]) {
        expect(await project.limbeckJson(`upgrade head --url ${url}`)).toMatchObject({ exitCode: 0 });
        expect(await project.limbeckJson(`check --url ${url}`)).toMatchObject({ exitCode: 0 });
        expect(await project.limbeckJson(`downgrade -1 --url ${url}`)).toMatchObject({ exitCode: 0 });
      }
    } finally {
      await other.drop();
    }
  });

  it("does not keep a first revision, or one that changes the list, from being proven", async () => {
    const useList = (file: string, list: string): void => {
      project.write(
        `app/${file}`,
        `import { integer, table, varchar } from "limbeck/schema";
        export const users = table("users", { id: integer().primaryKey(), role: varchar(20).notNull().check("role IN (${list})") });`,
      );
      useModels(file);
    };
    useList("first.ts", "'admin', 'user'");
    expect(await project.limbeckJson("revision -m one --autogenerate")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 0 });
    useList("second.ts", "'admin', 'user', 'guest'");
    expect(await project.limbeckJson("revision -m two --autogenerate")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson("test")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson("downgrade base")).toMatchObject({ exitCode: 0 });
  });
});
