import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TestResult } from "../../src/commands/test-revisions.ts";
import type { TestedRevision } from "../../src/commands/trial/trial-result.ts";
import { createTestProject, type RevisionBody, type TestProject } from "../cli/test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };`);
  project.writeRevision("a1", null, "create todos", {
    up: `await op.createTable("todos", { id: integer().primaryKey(), title: text() });`,
    down: `await op.dropTable("todos");`,
  });
});

afterEach(() => project.dispose());

interface TestRun extends TestResult {
  readonly exitCode: number;
}

/** What `limbeck test --json` found. */
async function test(args = ""): Promise<TestRun> {
  const run = await project.limbeckJson(`test ${args}`);
  const { exitCode, ok, data } = run;
  if (ok !== (exitCode === 0) || data === undefined) throw new Error(`The test itself failed: ${JSON.stringify(run)}`);
  // The shape is checked by what the tests look at.
  return { ...(data as TestResult), exitCode };
}

/** What was found out about the last of some revisions, the others being fine. */
async function testLast(...bodies: readonly RevisionBody[]): Promise<TestedRevision & { readonly exitCode: number }> {
  for (const [index, body] of bodies.entries()) {
    project.writeRevision(`r${index + 2}`, index === 0 ? "a1" : `r${index + 1}`, `number ${index + 2}`, body);
  }
  const { revisions, exitCode } = await test();
  const last = revisions.at(-1);
  if (!last) throw new Error("Nothing was tested.");
  return { ...last, exitCode };
}

const ADD_DUE: RevisionBody = {
  up: `await op.addColumn("todos", "due", text());`,
  down: `await op.dropColumn("todos", "due");`,
};

const verdicts = ({ revisions }: TestResult): Readonly<Record<string, string>> =>
  Object.fromEntries(revisions.map(({ revision, verdict }) => [revision, verdict]));

describe("limbeck test", () => {
  it("finds a revision reversible when all rows survive both ways", async () => {
    const found = await testLast({
      up: `await op.createIndex("ix_title", "todos", ["title"]); await op.renameColumn("todos", "title", "name");`,
      down: `await op.renameColumn("todos", "name", "title"); await op.dropIndex("ix_title", "todos");`,
    });
    expect(found).toMatchObject({
      exitCode: 0,
      verdict: "reversible",
      losses: [],
      problems: [],
      refusals: [],
      notes: [],
    });
  });

  it("counts the values that a downgrade destroys", async () => {
    const found = await testLast(ADD_DUE);
    expect(found).toMatchObject({
      exitCode: 0,
      verdict: "losesData",
      // Five rows were there before, with nothing in the new column, and five are made after; one of them says as little as possible.
      losses: [{ table: "todos", column: "due", kind: "changed", direction: "downgrade", of: 10, data: "generated" }],
    });
    expect(found.losses[0]?.rows).toBeGreaterThan(0);
    expect(found.losses[0]?.rows).toBeLessThan(5);
  });

  it("counts the values that an upgrade destroys", async () => {
    const found = await testLast({
      up: `await op.dropColumn("todos", "title");`,
      down: `await op.addColumn("todos", "title", text());`,
    });
    expect(found.losses).toMatchObject([{ column: "title", direction: "upgrade", of: 5 }]);
    expect(found.verdict).toBe("losesData");
  });

  it("counts the rows that go with a table, and those that a data step deletes", async () => {
    const { revisions } = await test();
    expect(revisions[0]?.losses).toEqual([
      { table: "todos", column: null, kind: "lost", rows: 5, of: 5, direction: "downgrade", data: "generated" },
    ]);
    const found = await testLast({ up: `await op.execute("DELETE FROM todos WHERE id > 2");`, down: "" });
    expect(found.losses[0]).toMatchObject({ table: "todos", column: null, kind: "lost", direction: "upgrade" });
  });

  it("counts what goes with a virtual table, which the schema model cannot hold", async () => {
    const create = `await op.execute("CREATE VIRTUAL TABLE f USING fts5 (a)");`;
    const found = await testLast(
      { up: create, down: `await op.execute("DROP TABLE f");` },
      { up: `await op.execute("DROP TABLE f"); ${create}`, down: "" },
    );
    expect(found).toMatchObject({
      verdict: "losesData",
      // The rows from below go at the first upgrade; those that are made above it at the one after the downgrade.
      losses: [
        { table: "f", column: null, kind: "lost", direction: "upgrade", rows: 2, of: 2 },
        { table: "f", column: null, kind: "lost", direction: "downgrade", rows: 2, of: 2 },
      ],
    });
  });

  it("says of which rows it knows nothing", async () => {
    const found = await testLast({
      up: `await op.execute("CREATE VIRTUAL TABLE f USING fts5 (a, content='gone')");`,
      down: `await op.execute("DROP TABLE f");`,
    });
    expect(found.notes).toEqual(["the rows of f were not compared: no such table: main.gone (SQLite error 1)"]);
  });

  it("tells that rows get another rowid, and that a counter is set back", async () => {
    project.writeRevision("b2", "a1", "two tables", {
      up: `await op.execute("CREATE TABLE codes (code TEXT PRIMARY KEY)"); await op.execute("CREATE TABLE counting (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT)");`,
      down: `await op.dropTable("counting"); await op.dropTable("codes");`,
    });
    project.writeRevision("c3", "b2", "turns rows around", {
      up: `await op.execute("CREATE TABLE other (code TEXT PRIMARY KEY)");
           await op.execute("INSERT INTO other SELECT code FROM codes ORDER BY rowid DESC");
           await op.execute("DROP TABLE codes"); await op.execute("ALTER TABLE other RENAME TO codes");`,
      down: `await op.execute("UPDATE sqlite_sequence SET seq = 0");`,
    });
    const { revisions } = await test("c3");
    expect(revisions[0]?.verdict).toBe("losesData");
    expect(revisions[0]?.losses).toContainEqual(
      expect.objectContaining({ table: "codes", column: null, kind: "renumbered", direction: "upgrade" }),
    );
    expect(revisions[0]?.losses).toContainEqual(
      expect.objectContaining({ table: "counting", column: null, kind: "counter" }),
    );
  });

  it("finds lost what only a foreign value shows: texts that look like numbers, numbers in columns of text", async () => {
    const found = await testLast(
      {
        up: `await op.execute("CREATE TABLE zips (id INTEGER PRIMARY KEY, zip TEXT)");`,
        down: `await op.dropTable("zips");`,
      },
      {
        up: `await op.execute("CREATE TABLE other (id INTEGER PRIMARY KEY, zip NUMERIC)"); await op.execute("INSERT INTO other SELECT * FROM zips");
             await op.execute("DROP TABLE zips"); await op.execute("ALTER TABLE other RENAME TO zips");`,
        down: `await op.execute("CREATE TABLE other (id INTEGER PRIMARY KEY, zip TEXT)"); await op.execute("INSERT INTO other SELECT * FROM zips");
               await op.execute("DROP TABLE zips"); await op.execute("ALTER TABLE other RENAME TO zips");`,
      },
    );
    expect(found.verdict).toBe("losesData");
    expect(found.losses).toContainEqual(
      expect.objectContaining({ table: "zips", column: "zip", kind: "changed", direction: "upgrade" }),
    );
  });

  it("finds broken what fails on an empty database, and reaches nothing above it", async () => {
    project.writeRevision("b2", "a1", "breaks", { up: `await op.dropColumn("todos", "nothing");`, down: "" });
    project.writeRevision("c3", "b2", "above", ADD_DUE);
    project.writeRevision("x2", "a1", "beside", ADD_DUE);
    const result = await test();
    expect(result.exitCode).toBe(7);
    expect(verdicts(result)).toEqual({ a1: "losesData", b2: "broken", c3: "notReached", x2: "losesData" });
    const broken = result.revisions.find(({ revision }) => revision === "b2");
    expect(broken?.problems).toMatchObject([{ stage: "upgrade", data: "generated", error: { code: "LB0502" } }]);
    expect(result.secondUpgrade.verdict).toBe("notReached");
  });

  it("finds broken a downgrade that fails, and goes on above it", async () => {
    project.writeRevision("b2", "a1", "cannot go back", { up: ADD_DUE.up, down: `throw new Error("not today");` });
    project.writeRevision("c3", "b2", "above", {
      up: `await op.createIndex("ix", "todos", ["due"]);`,
      down: `await op.dropIndex("ix", "todos");`,
    });
    const result = await test();
    expect(verdicts(result)).toEqual({ a1: "losesData", b2: "broken", c3: "reversible" });
    expect(result.revisions[1]?.problems).toMatchObject([{ stage: "downgrade", error: { code: "LB0703" } }]);
    expect(result).toMatchObject({ exitCode: 7, isBroken: true, secondUpgrade: { verdict: "nothingToDo" } });
  });

  it("finds broken a downgrade that gives back another schema, and says what differs", async () => {
    const found = await testLast({
      up: `await op.createIndex("ix", "todos", ["title"]); await op.addColumn("todos", "due", text());`,
      down: `await op.dropColumn("todos", "due");`,
    });
    expect(found).toMatchObject({
      verdict: "broken",
      problems: [{ stage: "downgrade", differences: ["drop index ix from todos"] }],
    });
    expect(found.problems[0]).not.toHaveProperty("error");
  });

  it("finds broken what cannot go up again", async () => {
    const found = await testLast({
      up: `await op.execute("CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY)"); await op.execute("INSERT INTO todos (id, title) VALUES (999, 'first')");`,
      down: `await op.execute("DROP TABLE settings");`,
    });
    expect(found).toMatchObject({
      verdict: "broken",
      problems: [{ stage: "second upgrade", error: { code: "LB0701" } }],
    });
  });

  it("finds broken what works on empty tables only", async () => {
    const found = await testLast({
      up: `await op.batchAlterTable("todos", (batch) => {
             batch.addColumn("slug", text().notNull().default(""));
             batch.createUniqueConstraint("uq_slug", ["slug"]);
           });`,
      down: `await op.batchAlterTable("todos", (batch) => { batch.dropConstraint("uq_slug"); batch.dropColumn("slug"); });`,
    });
    expect(found).toMatchObject({ verdict: "broken", exitCode: 7, problems: [{ stage: "second upgrade" }] });
  });

  it("takes it for no fault that a revision stops at rows it would damage", async () => {
    const found = await testLast({
      up: `await op.alterColumn("todos", "title", { nullable: false });`,
      down: `await op.alterColumn("todos", "title", { nullable: true });`,
    });
    expect(found).toMatchObject({
      exitCode: 0,
      verdict: "reversible",
      refusals: [{ direction: "upgrade", error: { code: "LB0702" } }],
    });
  });

  it("measures what a downgrade loses also when it stops at some rows", async () => {
    const found = await testLast({
      up: `await op.batchAlterTable("todos", (batch) => { batch.addColumn("due", text()); batch.alterColumn("id", { type: integer() }); });
           await op.execute("UPDATE todos SET title = 'x' WHERE title IS NULL");`,
      down: `await op.batchAlterTable("todos", (batch) => { batch.dropColumn("due"); });
             const [row] = await op.query("SELECT count(*) AS n FROM todos WHERE title IS NULL");
             if (row?.n !== 0) throw new Error("untitled");`,
    });
    expect(found.refusals).toMatchObject([{ direction: "downgrade" }]);
    expect(found.losses.filter(({ column }) => column === "due")).toMatchObject([{ direction: "downgrade", rows: 5 }]);
  });

  it("finds irreversible what has no downgrade, which is no fault", async () => {
    const found = await testLast({ up: `await op.execute("UPDATE todos SET title = 'x'");` }, ADD_DUE);
    expect(found).toMatchObject({ exitCode: 0, verdict: "losesData" });
    expect(verdicts(await test())).toMatchObject({ r2: "irreversible" });
  });

  it("notes rows that are left behind, and columns that change places", async () => {
    const found = await testLast({
      up: `await op.execute("INSERT INTO todos (title) VALUES ('seed')"); await op.addColumn("todos", "due", text());`,
      down: `await op.dropColumn("todos", "due"); await op.dropColumn("todos", "title"); await op.addColumn("todos", "title", text()); await op.renameColumn("todos", "title", "t"); await op.renameColumn("todos", "t", "title");`,
    });
    expect(found.notes).toContain("going up and down leaves 1 more row in todos");
    expect(found.notes).toContain("going down and up again leaves 1 more row in todos");
    project.writeRevision("s1", "r2", "swap", {
      up: `await op.addColumn("todos", "z", text());`,
      down: `await op.dropColumn("todos", "z"); await op.dropColumn("todos", "due"); await op.addColumn("todos", "due", text(), { after: "id" });`,
    });
    const { revisions } = await test("s1");
    expect(revisions[0]?.notes).toContain("the columns of todos come back in another order");
  });

  it("says for which tables it had no rows", async () => {
    const found = await testLast({
      up: `await op.execute("CREATE TABLE never (a INTEGER NOT NULL CHECK (a > 5 AND a < 3))");`,
      down: `await op.dropTable("never");`,
    });
    expect(found.notes).toEqual([expect.stringMatching(/^no row could be made for never: CHECK constraint failed/)]);
  });

  it("finds broken a file that cannot be loaded", async () => {
    project.write("migrations/versions/b2.ts", `export const revision = "b2";\nexport const downRevision = "a1";\n`);
    const result = await test();
    expect(verdicts(result)).toEqual({ a1: "losesData", b2: "broken" });
    expect(result.revisions[1]?.problems).toMatchObject([{ error: { code: "LB0212" } }]);
  });

  it("finds broken what an empty database cannot be upgraded with in one go", async () => {
    project.writeRevision("b2", "a1", "wants rows", {
      up: `const [row] = await op.query("SELECT count(*) AS n FROM todos"); if (row?.n === 0) throw new Error("no rows");`,
      down: "",
    });
    const result = await test();
    expect(verdicts(result)).toEqual({ a1: "losesData", b2: "reversible" });
    expect(result).toMatchObject({
      exitCode: 7,
      isBroken: true,
      secondUpgrade: { verdict: "fails", error: { code: "LB0703" } },
    });
  });

  it("finds it wrong when all revisions in one run lead elsewhere than one by one", async () => {
    // The fourth time it runs: up, up again and once more, and then in one go.
    project.writeRevision("b2", "a1", "depends on what ran before", {
      up: `globalThis.runs = (globalThis.runs ?? 0) + 1; if (globalThis.runs % 4 === 0) await op.createIndex("ix", "todos", ["title"]);`,
      down: "",
    });
    const result = await test();
    expect(verdicts(result)).toMatchObject({ b2: "reversible" });
    expect(result).toMatchObject({ exitCode: 7, isBroken: true });
    expect(result.secondUpgrade).toEqual({ verdict: "leadsElsewhere", differences: ["drop index ix from todos"] });
  });

  it("finds it wrong when a second upgrade runs something again", async () => {
    const forget = (other: string): RevisionBody => ({
      up: `await op.execute("DELETE FROM limbeck_version WHERE version_num = '${other}'");`,
      down: "",
    });
    project.writeRevision("b2", "a1", "left", forget("x2"));
    project.writeRevision("x2", "a1", "right", forget("b2"));
    const result = await test();
    expect(result.secondUpgrade).toMatchObject({ verdict: "changes" });
    expect(result.secondUpgrade.differences).toEqual([expect.stringMatching(/^the second upgrade runs (b2|x2)$/)]);
    expect(result.exitCode).toBe(7);
  });

  it("walks branches, dependencies and merges, and revisions in SQL", async () => {
    project.writeRevision("b2", "a1", "left", ADD_DUE);
    project.write(
      "migrations/versions/x2.sql",
      "-- right\n-- revision: x2\n-- down_revision: a1\n-- limbeck: upgrade\nCREATE TABLE lists (id INTEGER PRIMARY KEY);\n-- limbeck: downgrade\nDROP TABLE lists;\n",
    );
    project.write(
      "migrations/versions/m3.sql",
      "-- together\n-- revision: m3\n-- down_revision: b2, x2\n-- limbeck: upgrade\n-- limbeck: downgrade\n",
    );
    project.write(
      "migrations/versions/o1.sql",
      "-- on its own\n-- revision: o1\n-- down_revision: none\n-- depends_on: b2\n-- limbeck: upgrade\nCREATE INDEX ix ON todos (due);\n-- limbeck: downgrade\nDROP INDEX ix;\n",
    );
    const result = await test();
    expect(result.exitCode).toBe(0);
    expect(verdicts(result)).toEqual({
      a1: "losesData",
      b2: "losesData",
      x2: "losesData",
      m3: "reversible",
      o1: "reversible",
    });
    expect(result.counts).toEqual({
      reversible: 2,
      losesData: 3,
      untried: 0,
      irreversible: 0,
      broken: 0,
      notReached: 0,
    });
  });

  it("tries only what it is asked to, running what that builds on", async () => {
    project.writeRevision("b2", "a1", "two", ADD_DUE);
    project.writeRevision("c3", "b2", "three", {
      up: `await op.createIndex("ix", "todos", ["due"]);`,
      down: `await op.dropIndex("ix", "todos");`,
    });
    expect(verdicts(await test("head"))).toEqual({ c3: "reversible" });
    expect(verdicts(await test("b2:"))).toEqual({ b2: "losesData", c3: "reversible" });
    await project.limbeck("upgrade b2");
    expect(verdicts(await test("current"))).toEqual({ b2: "losesData" });
    expect(await project.limbeckJson("test nowhere")).toMatchObject({ exitCode: 2, error: { code: "LB0301" } });
  });

  it("fails where there is nothing to try, so that a pipeline in the wrong folder is red", async () => {
    expect(await project.limbeckJson("test base")).toMatchObject({ exitCode: 2, ok: false, error: { code: "LB1014" } });
    project.remove("migrations/versions/a1_create_todos.ts");
    const run = await project.limbeck("test");
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain("There is no revision to try.");
  });

  it("says what an adopted database lacks, and that it is not well", async () => {
    project.writeRevision("b1", null, "adds to what was there", {
      up: `await op.addColumn("doc", "due", text());`,
      down: `await op.dropColumn("doc", "due");`,
    });
    expect(await project.limbeckJson("test b1")).toMatchObject({ exitCode: 7, ok: false });
    const { revisions } = await test("b1");
    expect(revisions[0]?.problems).toMatchObject([{ error: { code: "LB0501" } }]);
    expect(revisions[0]?.notes).toEqual([expect.stringContaining("no revision creates what is there before this one")]);
  });

  it("leaves the configured database alone, and does not even create it", async () => {
    await test();
    expect(project.has("app.db")).toBe(false);
  });

  it("makes the same rows each time, and others for another seed", async () => {
    project.writeRevision("b2", "a1", "two", ADD_DUE);
    const strip = ({ revisions, ...rest }: TestRun): unknown => ({
      ...rest,
      revisions: revisions.map((revision) => ({ ...revision, milliseconds: 0 })),
    });
    expect(strip(await test())).toEqual(strip(await test("--seed 1")));
    const seeds = await Promise.all([2, 3, 4, 5].map((seed) => test(`--seed ${seed}`)));
    expect(new Set(seeds.map(({ revisions }) => revisions[1]?.losses[0]?.rows)).size).toBeGreaterThan(1);
    expect(await project.limbeckJson("test --seed x")).toMatchObject({ exitCode: 2, error: { code: "LB0017" } });
  });
});
