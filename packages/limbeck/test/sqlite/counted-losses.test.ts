import { afterEach, beforeEach, expect, it } from "vitest";
import { createSqliteDatabase } from "../support/sqlite-database.ts";
import { createTestProject, type TestProject } from "../cli/test-project.ts";

let project: TestProject;
let database: Awaited<ReturnType<typeof createSqliteDatabase>>;

beforeEach(async () => {
  project = createTestProject();
  database = await createSqliteDatabase();
  project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
});

afterEach(async () => {
  project.dispose();
  await database.drop();
});

/** A column of text with some values becomes one of another type. */
async function narrow(type: string, values: readonly string[]): Promise<string> {
  project.writeRevision("a1", null, "t", {
    up: `await op.createTable("t", { id: integer().primaryKey(), v: ${type} });`,
    down: `await op.dropTable("t");`,
  });
  project.writeRevision("a2", "a1", "text", {
    up: `await op.alterColumn("t", "v", { type: text() });`,
    down: `await op.alterColumn("t", "v", { type: ${type} });`,
  });
  await project.limbeck("upgrade head");
  for (const value of values) await database.run(`INSERT INTO t (v) VALUES ('${value}')`);
  return (await project.limbeck("downgrade -1")).stderr;
}

it.each([
  ["integer()", ["1", "-20", "0"], 0],
  ["integer()", ["1", "007", "+3", "1.0", " 4"], 4],
  ["real()", ["1.5", "2.0"], 0],
  ["real()", ["1.50", "2", "2.0"], 2],
])("counts the text that a number would write in another way: %s of %j, %s", async (type, values, count) => {
  const stderr = await narrow(type, values);
  if (count === 0) expect(stderr).not.toContain("LB1070");
  else expect(stderr).toContain(`    ${count} values of t.v\n`);
});

it("names the counter that goes, and not the rows that it has numbered", async () => {
  project.writeRevision("a1", null, "t", {
    up: `await op.createTable("t", { id: integer().primaryKey().autoIncrement() });`,
    down: `await op.dropTable("t");`,
  });
  project.writeRevision("a2", "a1", "counter", {
    up: `await op.alterColumn("t", "id", { autoIncrement: false });`,
    down: `await op.alterColumn("t", "id", { autoIncrement: true });`,
  });
  await project.limbeck("upgrade a1");
  await database.run("INSERT INTO t VALUES (7), (8)");
  const { stderr } = await project.limbeck("upgrade head");
  expect(stderr).toContain("Destroys the counter of t.id.");
  expect(await database.rows("SELECT id FROM t")).toEqual([{ id: 7 }, { id: 8 }]);
});
