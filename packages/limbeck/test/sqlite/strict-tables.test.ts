import { afterEach, beforeEach, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db", models: "schema.sql" };\n`);
  project.write("migrations/versions/.gitkeep", "");
});

afterEach(() => project.dispose());

const FREE = "CREATE TABLE todos (id INTEGER PRIMARY KEY, seen DATETIME);";
const STRICT =
  "CREATE TABLE todos (id INTEGER PRIMARY KEY, price INTEGER NOT NULL, seen INTEGER AS (price * 2) STORED) STRICT;";

const BOUND = "CREATE TABLE todos (id INTEGER PRIMARY KEY, seen INTEGER) STRICT;";
const LOOSE =
  "CREATE TABLE todos (id INTEGER PRIMARY KEY, price DATETIME NOT NULL, seen INTEGER AS (price * 2) STORED);";

const KEYED = "CREATE TABLE todos (id INTEGER NOT NULL PRIMARY KEY, seen DATETIME) WITHOUT ROWID;";
const NUMBERED = STRICT.replace("PRIMARY KEY", "PRIMARY KEY AUTOINCREMENT");

it.each([
  ["becomes strict", FREE, STRICT],
  ["is no longer strict", BOUND, LOOSE],
  ["was not strict before", STRICT, FREE],
  ["was strict before", LOOSE, BOUND],
  ["becomes strict, and numbers rows that had no number", KEYED, NUMBERED],
  ["was not strict before, and numbered its rows", NUMBERED, KEYED],
])("a table that %s takes the types of its columns at each step", async (_, from, to) => {
  for (const [message, schema] of Object.entries({ first: from, second: to })) {
    project.write("schema.sql", schema);
    const made = await project.limbeckJson(`revision --autogenerate -m ${message} --no-rename`);
    expect(made).toMatchObject({ exitCode: 0, data: { proof: "proven" } });
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
  }
  expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 0 });
  expect(await project.limbeckJson("downgrade base --allow-data-loss")).toMatchObject({ exitCode: 0 });
});
