import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "./test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };\n`);
  project.writeRevision("a001", null, "first", { up: `await op.execute("CREATE TABLE a (b)");`, down: "" });
});

afterEach(() => project.dispose());

function changeByHand(sql: string): void {
  const database = new DatabaseSync(join(project.folder, "app.db"));
  database.exec(sql);
  database.close();
}

const WARNING = "The downgrade of a001 is empty, so what its upgrade did is still there.";

it("says that an empty downgrade leaves everything as it is, and goes down", async () => {
  await project.limbeck("upgrade head");
  const { exitCode, stderr } = await project.limbeck("downgrade -1");
  expect(exitCode).toBe(0);
  expect(stderr).toContain(`⚠ ${WARNING}\n  limbeck edit a001\n`);
  expect(stderr).toContain("the database stands at base");
});

it("says so as data, for files of SQL as well", async () => {
  project.write(
    "migrations/versions/a002.sql",
    "-- x\n--\n-- revision: a002\n-- down_revision: a001\n-- limbeck: upgrade\nCREATE TABLE c (d);\n-- limbeck: downgrade\n-- nothing\n",
  );
  await project.limbeck("upgrade head");
  expect(await project.limbeckJson("downgrade base")).toMatchObject({
    exitCode: 0,
    data: { emptyDowngrades: ["a002", "a001"] },
  });
});

it.each([
  ["a downgrade that does something", `await op.execute("CREATE TABLE a (b)");`, `await op.execute("DROP TABLE a");`],
  ["an upgrade that does nothing either", "/* nothing to do */", "// nothing\n"],
])("says nothing about %s", async (_what, up, down) => {
  project.writeRevision("a001", null, "first", { up, down });
  await project.limbeck("upgrade head");
  expect((await project.limbeck("downgrade -1")).stderr).not.toContain("is empty");
  await project.limbeck("upgrade head");
  expect((await project.limbeckJson("downgrade base"))["data"]).not.toHaveProperty("emptyDowngrades");
});

describe("check, after a downgrade that was empty", () => {
  const STAMP = "limbeck stamp a001   # it stays, without what revisions do to rows";
  const BACK = "limbeck diff database rev:base --sql   # what takes it back";

  const checkError = async (): Promise<Readonly<Record<string, unknown>> & { readonly fix: readonly string[] }> => {
    const { exitCode, error } = await project.limbeckJson("check");
    expect(exitCode).toBe(5);
    return error as never;
  };
  const TABLE = `await op.createTable("tt", { id: integer() });`;

  const goDown = async (models: string, target: string): Promise<void> => {
    project.write("limbeck.config.ts", `export default { url: "sqlite:app.db", models: "schema.sql" };\n`);
    project.write("schema.sql", models);
    project.writeRevision("a001", null, "first", { up: TABLE, down: "" });
    for (const line of ["upgrade head", `downgrade ${target}`]) {
      const { exitCode, stderr } = await project.limbeck(line);
      if (exitCode !== 0) throw new Error(stderr);
    }
  };

  it("offers what there is to do about what stayed, and no upgrade, which would fail on it", async () => {
    await goDown("CREATE TABLE tt (id integer);", "base");
    expect(await checkError()).toMatchObject({
      code: "LB1010",
      fix: [STAMP, BACK],
      context: { done: ["- drop table tt"], drift: ["- drop table tt"], pending: ["a001"] },
    });
    const { stderr } = await project.limbeck("check");
    expect(stderr).toContain("What pending revisions would do is there already, so that they may fail");
    expect(stderr).not.toMatch(/by hand|upgrade head/);
    expect((await project.limbeck("diff database rev:base --sql")).stdout).toContain("DROP TABLE");
    expect((await project.limbeck("stamp a001")).exitCode).toBe(0);
    expect((await project.limbeck("check")).exitCode).toBe(0);
  });

  it("lists a change once, also where the models do not have it", async () => {
    await goDown("CREATE TABLE other (id integer);", "base");
    await checkError();
    const { stderr } = await project.limbeck("check");
    expect(stderr.match(/drop table tt/g)).toHaveLength(1);
    expect(stderr).toContain("+ create table other");
  });

  it("stamps the revision that the database is at, where more are pending", async () => {
    project.writeRevision("b002", "a001", "second", {
      up: `await op.addColumn("tt", "n", text());`,
      down: `await op.dropColumn("tt", "n");`,
    });
    await goDown("CREATE TABLE tt (id integer, n text);", "base");
    expect((await checkError()).fix[0]).toBe(STAMP);
  });

  it.each([
    ["view", "CREATE VIEW vv AS SELECT id FROM tt", "drop view vv"],
    ["trigger", "CREATE TRIGGER vv AFTER INSERT ON tt BEGIN SELECT 1; END", "drop trigger vv from tt"],
  ])("sees a %s, which is left alone otherwise", async (_, sql, dropped) => {
    const stamp = ["limbeck stamp b002   # it stays, without what revisions do to rows"];
    project.writeRevision("b002", "a001", "second", { up: `await op.execute("${sql}");`, down: "" });
    await goDown(`CREATE TABLE tt (id integer); ${sql};`, "a001");
    // It may be there for the revision to replace: raw SQL does not say.
    expect(await project.limbeckJson("check")).toMatchObject({
      exitCode: 0,
      data: { history: { doneAlready: { changes: [{ text: dropped }], reached: "b002" }, pending: ["b002"] } },
    });
    const { stderr } = await project.limbeck("check");
    expect(stderr.replaceAll(/\s+/g, " ")).toContain(`so that they may fail; what takes it back: ${dropped}.`);
    await project.limbeck("downgrade base");
    expect(await checkError()).toMatchObject({ fix: [...stamp, BACK] });
    expect((await project.limbeck("stamp b002")).exitCode).toBe(0);
    expect((await project.limbeck("check")).exitCode).toBe(0);
  });

  it("sees what is in the way by its name, whatever it is otherwise", async () => {
    await goDown("CREATE TABLE tt (id integer);", "base");
    await project.limbeck("stamp a001");
    project.writeRevision("b002", "a001", "second", { up: `await op.createIndex("ix", "tt", ["id"]);`, down: "" });
    changeByHand("CREATE INDEX IX ON tt (id DESC)");
    expect(await checkError()).toMatchObject({
      fix: ["limbeck diff database rev:a001 --sql   # what takes it back"],
      context: { done: ["- drop index IX from tt"] },
    });
    expect((await project.limbeck("upgrade head")).stderr).toContain("already exists");
  });

  it("takes what a pending revision makes anew for nothing that is in its way", async () => {
    const models = "CREATE TABLE tt (id integer); CREATE VIEW vv AS SELECT id FROM tt;";
    project.writeRevision("b002", "a001", "view", {
      up: `await op.execute("CREATE VIEW vv AS SELECT 1 AS id");`,
      down: `await op.execute("DROP VIEW vv");`,
    });
    await goDown(models, "a001");
    await project.limbeck("upgrade head");
    project.writeRevision("c003", "b002", "anew", {
      up: `await op.execute("DROP VIEW vv"); await op.execute("CREATE VIEW vv AS SELECT id FROM tt");`,
      down: "",
    });
    changeByHand("DROP VIEW vv; CREATE VIEW vv AS SELECT 2 AS id");
    const { error } = await project.limbeckJson("check");
    expect(error).toMatchObject({ context: { done: [] }, fix: ["limbeck upgrade head"] });
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
  });

  it("stamps nothing where the database is at none of them", async () => {
    await goDown("CREATE TABLE tt (id integer, n text);", "base");
    project.writeRevision("a001", null, "first", {
      up: `await op.createTable("tt", { id: integer(), n: text() });`,
      down: "",
    });
    expect((await checkError()).fix).toEqual([BACK]);
  });

  it("stamps no revision above that, which may do something to rows", async () => {
    project.writeRevision("b002", "a001", "second", { up: `await op.execute("UPDATE tt SET id = 1");`, down: "" });
    await goDown("CREATE TABLE tt (id integer);", "base");
    expect((await checkError()).fix[0]).toBe(STAMP);
  });

  it.each([
    ["drops the table", `await op.dropTable("tt");`, "CREATE TABLE other (id integer);"],
    ["renames it", `await op.renameTable("tt", "ss");`, "CREATE TABLE ss (id integer);"],
  ])("takes a change by hand for no work of a pending revision that %s", async (_, up, models) => {
    await goDown(models, "base");
    await project.limbeck("stamp a001");
    project.writeRevision("b002", "a001", "second", { up, down: "" });
    changeByHand("ALTER TABLE tt ADD COLUMN hand text");
    expect(await checkError()).toMatchObject({
      fix: ["limbeck upgrade head"],
      context: { done: [], drift: ["- drop column hand from tt"] },
    });
  });

  it("still offers the upgrade where what was changed by hand is not in its way", async () => {
    await goDown("CREATE TABLE tt (id integer);", "base");
    project.writeRevision("a001", null, "first", {
      up: `await op.createTable("uu", { id: integer() });`,
      down: `await op.dropTable("uu");`,
    });
    expect((await checkError()).fix).toEqual(["limbeck upgrade head"]);
  });
});
