import { afterEach, beforeEach, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createMariadbDatabase, requireMariadb } from "../support/mariadb-server.ts";

const check = requireMariadb();

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };\n`);
  project.writeRevision("a1", null, "create todos", {
    up: `await op.createTable("todos", { id: integer().primaryKey(), title: text() });
      await op.bulkInsert("todos", [{ id: 1, title: "a" }]);`,
    down: `await op.dropTable("todos");`,
  });
});

afterEach(() => project.dispose());

const block = (sql: string): string => `await op.autocommit((op) => op.execute(${JSON.stringify(sql)}));`;

const FAILING = `await op.bulkInsert("todos", [{ id: 2, title: "b" }]); await op.execute("SELECT nothing");`;

it("lets a revision on SQLite do what no transaction may hold, and takes back what comes after it", async () => {
  project.writeRevision("b1", "a1", "vacuum", { up: block("VACUUM"), down: block("VACUUM") });
  project.writeRevision("c1", "b1", "broken", { up: `${block("PRAGMA user_version = 7")} ${FAILING}`, down: "" });
  const run = await project.limbeck("upgrade head");
  expect([run.exitCode, run.stderr]).toEqual([7, expect.stringContaining("PRAGMA user_version = 7")]);
  expect(run.stderr).not.toContain("VACUUM");
  expect((await project.limbeck("current")).stdout).toContain("b1");
  expect(await project.limbeckJson("downgrade base --allow-data-loss")).toMatchObject({ exitCode: 2 });
  expect(await project.limbeckJson("stamp b1")).toMatchObject({ exitCode: 0 });
  expect(await project.limbeckJson("downgrade base --allow-data-loss")).toMatchObject({ exitCode: 0 });
});

it("does so on MariaDB", async (context) => {
  check(context);
  const database = await createMariadbDatabase();
  try {
    project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
    project.writeRevision("b1", "a1", "broken", {
      up: `${block("UPDATE todos SET title = 'kept'")} ${FAILING}`,
      down: "",
    });
    const run = await project.limbeck("upgrade head");
    expect([run.exitCode, run.stderr]).toEqual([7, expect.stringContaining("UPDATE todos SET title = 'kept'")]);
    expect(await database.rows("SELECT id, title FROM todos")).toEqual([{ id: 1, title: "kept" }]);
    expect(await database.rows("SELECT version_num FROM limbeck_version")).toEqual([{ version_num: "a1" }]);
  } finally {
    await database.drop();
  }
});
