import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "./test-project.ts";

let project: TestProject;

const run = (name: string, sql: string): void => {
  const database = new DatabaseSync(join(project.folder, name));
  database.exec(sql);
  database.close();
};

const listChanges = async (line: string): Promise<readonly string[]> => {
  const { exitCode, data, error } = await project.limbeckJson(line);
  expect({ line, exitCode, error }).toEqual({ line, exitCode: 0, error: undefined });
  // The shape is checked by what is compared with it.
  return (data as { changes: { sign: string; text: string }[] }).changes.map(({ sign, text }) => `${sign} ${text}`);
};

let count = 0;

/** A process imports a file only once, so every state of the models is a file of its own. */
function useModels(columns: string): void {
  count += 1;
  project.write(
    `models-${count}.ts`,
    `import { integer, table, text } from "limbeck/schema";
export const todos = table("todos", { id: integer().primaryKey(), title: text().unique(), ${columns} });\n`,
  );
  project.write(
    "limbeck.config.ts",
    `export default { url: "sqlite:app.db", models: () => import("./models-${count}.ts") };\n`,
  );
}

beforeEach(async () => {
  project = createTestProject();
  project.write("migrations/versions/.gitkeep", "");
  useModels("");
  await project.limbeck("revision -m first --autogenerate --rev-id aa01");
  useModels("due: text()");
});
afterEach(() => project.dispose());

describe("the sides of a comparison", () => {
  it("are revisions for the database, where none is asked", async () => {
    expect(await project.limbeckJson("check --offline")).toMatchObject({
      exitCode: 5,
      error: {
        title: "The models and the revisions differ in 1 place.",
        fix: ['limbeck revision -m "..." --autogenerate --offline'],
      },
    });
    const second = await project.limbeckJson("revision -m second --autogenerate --offline --rev-id bb02");
    expect(second).toMatchObject({ exitCode: 0, data: { downRevision: ["aa01"], proof: "proven" } });
    expect(await project.limbeckJson("check --offline")).toMatchObject({ exitCode: 0 });
    // No database was asked, or made.
    expect(project.list()).not.toContain("app.db");
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 0 });
  });

  it("may be revisions, models, databases and SQL, in any pair", async () => {
    run("other.db", "CREATE TABLE todos (id INTEGER PRIMARY KEY, title TEXT UNIQUE, note TEXT)");
    project.write("schema/todos.sql", "CREATE TABLE todos (id INTEGER PRIMARY KEY, title TEXT UNIQUE, price REAL);\n");
    await project.limbeck("upgrade head");
    expect(await listChanges("diff")).toEqual(["+ add column due to todos"]);
    expect(await listChanges("diff head")).toEqual(["+ add column due to todos"]);
    expect(await listChanges("diff base head")).toEqual(["+ create table todos (2 columns)"]);
    expect(await listChanges("diff database rev:aa01")).toEqual([]);
    expect(await listChanges("diff models database")).toEqual(["- drop column due from todos"]);
    // What has no name there has the convention's in the revision: no difference between databases.
    expect(await listChanges("diff sqlite:other.db aa01")).toEqual(["- drop column note from todos"]);
    expect(await listChanges("diff aa01 sqlite:other.db")).toEqual(["+ add column note to todos"]);
    expect(await listChanges("diff sqlite:other.db schema/ --no-rename")).toEqual([
      "- drop column note from todos",
      "+ add column price to todos",
    ]);
    expect(await project.limbeckJson("diff sqlite:other.db schema/")).toMatchObject({ exitCode: 0 });
  });

  it("become a revision with --from and --to", async () => {
    run("other.db", "CREATE TABLE todos (id INTEGER PRIMARY KEY, title TEXT UNIQUE, note TEXT)");
    await project.limbeck("upgrade head");
    const written = await project.limbeckJson("revision -m note --autogenerate --to sqlite:other.db --rev-id cc03");
    expect(written).toMatchObject({ exitCode: 0, data: { proof: "proven" } });
    await project.limbeck("upgrade head");
    expect(await listChanges("diff database sqlite:other.db")).toEqual([]);
    const none = await project.limbeckJson("revision -m again --autogenerate --from rev:cc03 --to sqlite:other.db");
    expect(none).toMatchObject({
      error: {
        code: "LB1003",
        title: "sqlite:other.db and revision cc03 agree: there is nothing to generate.",
        fix: [
          "limbeck revision -m again --autogenerate --from rev:cc03 --to sqlite:other.db --empty-ok",
          "limbeck status",
        ],
      },
    });
  });

  it.each([
    ["diff nope", "LB0301"],
    ["diff head sqlite:none.db", "LB0603"],
    ["diff schema/none.sql", "LB0406"],
    ["diff database postgres://u:geheim@127.0.0.1/x", "LB0414"],
    ["diff mongo:x", "LB0600"],
    ["diff head-1 postgres://u:geheim@127.0.0.1/x", "LB0414"],
    ["revision --autogenerate --from nope --to postgres://u:geheim@127.0.0.1/x", "LB0008"],
    ["revision -m x --autogenerate --head nope --to postgres://u:geheim@127.0.0.1/x", "LB0301"],
    ["revision -m x --offline", "LB0015"],
    ["revision -m x --autogenerate --offline --from head", "LB0009"],
    ["check --offline --single-head", "LB0009"],
  ])("are refused in %s", async (line, code) => {
    const { error, exitCode } = await project.limbeckJson(line);
    expect({ exitCode, code: (error as { code: string }).code }).toEqual({ exitCode: expect.any(Number), code });
    expect(exitCode).not.toBe(0);
    expect(JSON.stringify(error)).not.toContain("geheim");
  });
});
