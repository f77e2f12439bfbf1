import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

const check = requirePostgres();

let database: PostgresDatabase;
let project: TestProject;

beforeEach(async (context) => {
  check(context);
  database = await createPostgresDatabase();
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "${database.url}", models: "schema.sql" };\n`);
  project.write("migrations/versions/.gitkeep", "");
});

afterEach(async () => {
  project.dispose();
  await database.drop();
});

const schema = (attributes: string): string =>
  `CREATE TYPE address AS (${attributes}); CREATE TABLE people (id integer PRIMARY KEY, home address);`;

const VALUES = "SELECT (home).street, (home).city FROM people";

it.each([
  ["in another order", "city text, street text"],
  ["with one in between", "street text, number text, city text"],
  ["of which one goes", "street text"],
  ["of which one has another name", "street text, town text"],
])("values of a composite type are not mixed up when its attributes come %s: the rows stop it", async (_what, to) => {
  const from = schema("street text, city text");
  execFileSync("psql", ["-q", "-v", "ON_ERROR_STOP=1", database.url], {
    input: `${from} INSERT INTO people VALUES (1, ('Main St', 'Rome'));`,
  });
  project.write("schema.sql", schema(to));
  expect(await project.limbeckJson("revision --autogenerate -m change --no-rename")).toMatchObject({ exitCode: 0 });
  const run = await project.limbeck("upgrade head");
  expect([run.exitCode, run.stderr.replaceAll(/\s+/g, " ")]).toEqual([
    7,
    expect.stringContaining("attributes go or get other places"),
  ]);
  expect(await database.rows(VALUES)).toEqual([{ street: "Main St", city: "Rome" }]);
  await database.run("UPDATE people SET home = NULL");
  expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
  expect(await project.limbeckJson("diff")).toMatchObject({ data: { changes: [] } });
});

it("one that is added last leaves values as they are", async () => {
  execFileSync("psql", ["-q", "-v", "ON_ERROR_STOP=1", database.url], {
    input: `${schema("street text, city text")} INSERT INTO people VALUES (1, ('Main St', 'Rome'));`,
  });
  project.write("schema.sql", schema("street text, city text, zip text"));
  expect(await project.limbeckJson("revision --autogenerate -m change")).toMatchObject({ exitCode: 0 });
  expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
  expect(await database.rows(VALUES)).toEqual([{ street: "Main St", city: "Rome" }]);
});
