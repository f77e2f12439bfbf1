import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type RevisionBody, type TestProject } from "../cli/test-project.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

const check = requirePostgres();

let database: PostgresDatabase;
let project: TestProject;

beforeEach(async (context) => {
  check(context);
  database = await createPostgresDatabase();
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
  project.writeRevision("a1", null, "create todos", {
    up: `await op.createTable("todos", { id: integer().primaryKey().autoIncrement(), title: text(), rank: integer() });`,
    down: `await op.dropTable("todos");`,
  });
});

afterEach(async () => {
  project.dispose();
  await database.drop();
});

const add = (column: string): RevisionBody => ({
  up: `await op.addColumn("todos", "${column}", text());`,
  down: `await op.dropColumn("todos", "${column}");`,
});

const run = (sql: string): RevisionBody => ({ up: `await op.execute(${JSON.stringify(sql)});`, down: "" });

describe("a history on PostgreSQL", () => {
  it("is tried from any revision on", async () => {
    project.writeRevision("b1", "a1", "b", add("b"));
    project.writeRevision("c1", "b1", "c", add("c"));
    expect(await project.limbeckJson("test c1")).toMatchObject({
      exitCode: 0,
      data: { revisions: [{ revision: "c1", problems: [] }] },
    });
  });

  it("has branches that are proven to go together before they are merged", async () => {
    project.writeRevision("b1", "a1", "b", add("b"));
    project.writeRevision("c1", "a1", "c", run("UPDATE todos SET rank = 1"));
    expect(await project.limbeckJson("merge --rev-id m1")).toMatchObject({ exitCode: 0, data: { proof: "proven" } });
  });

  it("has branches that do not go together, of which one can be put on top of the other", async () => {
    project.writeRevision("b1", "a1", "b", run("UPDATE todos SET rank = 1"));
    project.writeRevision("c1", "a1", "c", run("UPDATE todos SET rank = 2"));
    expect(await project.limbeckJson("merge")).toMatchObject({
      exitCode: 6,
      error: { code: "LB1205", context: { revisions: ["b1", "c1"] } },
    });
    expect(await project.limbeckJson("rebase c1 --onto b1")).toMatchObject({
      exitCode: 0,
      data: { proof: "proven", differences: [{ revisions: ["b1", "c1"], rows: [{ table: "todos", column: "rank" }] }] },
    });
  });

  it("has ranges that become one revision", async () => {
    project.writeRevision("r1", "a1", "r", add("due"));
    project.writeRevision("r2", "r1", "r", {
      up: `await op.execute("UPDATE todos SET due = title"); await op.renameColumn("todos", "due", "due_at");`,
      down: `await op.renameColumn("todos", "due_at", "due");`,
    });
    project.writeRevision("r3", "r2", "r", add("tag"));
    await project.limbeck("upgrade r2");
    expect(await project.limbeckJson("squash r1..r3 --rev-id s1")).toMatchObject({
      exitCode: 0,
      data: { replaces: ["r1", "r2", "r3"], operations: { before: 4 } },
    });
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0, data: { to: ["r3"] } });
    expect(await project.limbeckJson("downgrade a1")).toMatchObject({ exitCode: 0, data: { to: ["a1"] } });
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0, data: { to: ["s1"] } });
  });
});
