import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

const check = requirePostgres();

vi.setConfig({ testTimeout: 240_000 });

let database: PostgresDatabase;
let project: TestProject;

beforeEach(async (context) => {
  check(context);
  database = await createPostgresDatabase();
  project = createTestProject();
  project.write("schema.sql", "CREATE TABLE t (id integer PRIMARY KEY); CREATE VIEW v AS SELECT id FROM t;");
  project.write("migrations/versions/.gitkeep", "");
  project.write("limbeck.config.ts", `export default { url: "${database.url}", models: "schema.sql" };\n`);
});

afterEach(async () => {
  project.dispose();
  await database.drop();
});

it("rights that a revision took over from the database go there and back, and others are taken over as the message says", async () => {
  expect(await project.limbeckJson("revision --autogenerate -m first")).toMatchObject({ exitCode: 0 });
  expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
  await database.run("GRANT SELECT ON v TO pg_monitor");
  expect(await project.limbeckJson("revision -m rights --from-database")).toMatchObject({ exitCode: 0 });
  // The way back leaves the rights of the owner written down, which nobody gave.
  expect(await project.limbeckJson("test")).toMatchObject({ exitCode: 0 });
  await database.run("GRANT INSERT ON v TO pg_monitor");
  const found = await project.limbeckJson("check");
  expect(found).toMatchObject({ exitCode: 5, error: { code: "LB1010" } });
  const adoption = 'limbeck revision -m "..." --from-database';
  expect(found["error"]).toMatchObject({ fix: ["limbeck diff database rev:heads --sql", adoption] });
  expect(await project.limbeckJson("revision -m more --from-database")).toMatchObject({ exitCode: 0 });
  expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 0 });
});

it("rights are the same in whatever order they were given", async () => {
  const schema =
    "CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'; CREATE TYPE mood AS ENUM ('good'); CREATE TABLE t (id integer PRIMARY KEY);";
  const steps = [
    "GRANT SELECT ON t TO pg_monitor, pg_read_all_data;",
    "REVOKE ALL ON FUNCTION f() FROM PUBLIC; REVOKE USAGE ON TYPE mood FROM PUBLIC; GRANT SELECT ON t TO pg_read_all_data;",
  ];
  for (const [step, rights] of ["", ...steps].entries()) {
    project.write("schema.sql", `${schema} ${rights}`);
    expect(await project.limbeckJson(`revision --autogenerate -m step${step}`)).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
  }
  expect(await project.limbeckJson("test")).toMatchObject({ exitCode: 0 });
});
