import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type JsonRun, type RevisionBody, type TestProject } from "../cli/test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };`);
  project.writeRevision("a1", null, "create todos", {
    up: `await op.createTable("todos", { id: integer().primaryKey(), title: text().notNull(), state: text() });`,
    down: `await op.dropTable("todos");`,
  });
});

afterEach(() => project.dispose());

/** Writes the revisions of a branch that starts at `a1`, called `b1`, `b2` and so on. */
function branch(letter: string, ...bodies: readonly (string | RevisionBody)[]): void {
  for (const [index, body] of bodies.entries()) {
    const parent = index === 0 ? "a1" : `${letter}${index}`;
    project.writeRevision(
      `${letter}${index + 1}`,
      parent,
      `step ${letter}`,
      typeof body === "string" ? { up: body } : body,
    );
  }
}

/** A column that nobody else knows of. */
const add = (column: string): string => `await op.addColumn("todos", "${column}", text());`;

const files = (): readonly string[] => readdirSync(join(project.folder, "migrations/versions")).toSorted();

/** Merges, and makes sure that a merge that failed has written nothing. */
async function merge(args = ""): Promise<JsonRun> {
  const before = files();
  const run = await project.limbeckJson(`merge ${args}`);
  expect(files()).toHaveLength(before.length + (run.ok ? 1 : 0));
  return run;
}

const conflictOf = (b: string, c: string): Promise<JsonRun> => {
  branch("b", b);
  branch("c", c);
  return merge();
};

describe("branches that do not go together", () => {
  it("rename the same column", async () => {
    const run = await conflictOf(
      `await op.renameColumn("todos", "title", "name");`,
      `await op.renameColumn("todos", "title", "heading");`,
    );
    expect(run).toMatchObject({
      exitCode: 6,
      error: { code: "LB1204", reason: "orderFails", context: { revisions: ["b1", "c1"], runnable: [] } },
    });
    expect(JSON.stringify(run["error"])).toContain(String.raw`Table \"todos\" has no column \"title\"`);
  });

  it("drop a column that the other one indexes", async () => {
    const run = await conflictOf(
      `await op.dropColumn("todos", "state");`,
      `await op.createIndex("ix_state", "todos", ["state"]);`,
    );
    expect(run).toMatchObject({ exitCode: 6, error: { code: "LB1204", context: { revisions: ["b1", "c1"] } } });
    expect(JSON.stringify(run["error"])).toContain("is used by index ix_state");
  });

  it("create a table of one name", async () => {
    const create = `await op.createTable("tags", { id: integer().primaryKey() });`;
    expect(await conflictOf(create, create)).toMatchObject({ exitCode: 6, error: { code: "LB1204" } });
  });

  it("add the same column", async () => {
    expect(await conflictOf(add("due"), add("due"))).toMatchObject({ exitCode: 6, error: { code: "LB1204" } });
  });

  it("insert rows with the same key", async () => {
    const insert = (title: string): string =>
      `await op.bulkInsert("todos", [{ id: 1000, title: ${JSON.stringify(title)} }]);`;
    const run = await conflictOf(insert("b"), insert("c"));
    expect(run).toMatchObject({ exitCode: 6, error: { code: "LB1204" } });
    expect(JSON.stringify(run["error"])).toContain("UNIQUE constraint failed: todos.id");
  });

  it("write the same row, and both get away with it", async () => {
    const put = (title: string): string =>
      `await op.execute("INSERT OR REPLACE INTO todos (id, title) VALUES (1000, '${title}')");`;
    expect(await conflictOf(put("b"), put("c"))).toMatchObject({
      exitCode: 6,
      error: {
        code: "LB1205",
        context: {
          revisions: ["b1", "c1"],
          schema: [],
          rows: [{ table: "todos", column: "title", kind: "changed", rows: 1, of: 6 }],
        },
      },
    });
  });

  it("update rows that the other one deletes", async () => {
    const run = await conflictOf(
      `await op.execute("UPDATE todos SET state = 'open' WHERE state IS NULL");`,
      `await op.execute("DELETE FROM todos WHERE state IS NULL");`,
    );
    expect(run).toMatchObject({
      exitCode: 6,
      error: { code: "LB1205", context: { revisions: ["b1", "c1"], rows: [{ table: "todos", column: null }] } },
    });
  });

  it("leave another schema, each in its way", async () => {
    const setDefault = (value: string): string =>
      `await op.alterColumn("todos", "state", { default: ${JSON.stringify(value)} });`;
    expect(await conflictOf(setDefault("open"), setDefault("new"))).toMatchObject({
      exitCode: 6,
      error: {
        code: "LB1205",
        context: { rows: [], schema: [expect.stringMatching(/todos\.state.*open/)] },
        fix: ["limbeck rebase c1 --onto b1", "limbeck show b1", "limbeck show c1"],
      },
    });
  });

  it("are traced to the revisions that are to blame, and to the order that can be run", async () => {
    branch("b", add("b1"), add("b2"), `await op.renameColumn("todos", "title", "name");`, add("b4"));
    branch("c", add("c1"), `await op.execute("CREATE INDEX ix_title ON todos (title)");`, add("c3"), add("c4"));
    expect(await merge()).toMatchObject({
      exitCode: 6,
      error: {
        title: "c2 fails when b3 has run before it.",
        context: { revisions: ["b3", "c2"], runnable: ["c4", "b4"] },
        fix: ["limbeck rebase b4 --onto c4", "limbeck show b3", "limbeck show c2"],
      },
    });
  });

  it("are found among three", async () => {
    branch("b", add("due"));
    branch("c", add("note"));
    branch("d", add("due"));
    expect(await merge()).toMatchObject({ exitCode: 6, error: { context: { revisions: ["b1", "d1"] } } });
  });

  it("are found without rows where one of them stops at any", async () => {
    const stop = `if ((await op.query("SELECT 1 FROM todos")).length > 0) throw new Error("todos must be empty");`;
    const put = (title: string): string =>
      `await op.execute("INSERT OR REPLACE INTO todos (id, title) VALUES (1, '${title}')");`;
    branch("b", stop, add("b2"));
    branch("c", put("c"));
    expect(await merge()).toMatchObject({ exitCode: 6, error: { context: { revisions: ["b1", "c1"] } } });
  });

  it("can be merged all the same, which the file says", async () => {
    branch("b", add("due"));
    branch("c", add("due"));
    const run = await merge("--no-proof");
    expect(run).toMatchObject({ exitCode: 0, data: { proof: "unproven" } });
    const name = files().find((file) => file.endsWith("merge_b1_and_c1.ts")) ?? "";
    expect(project.read(`migrations/versions/${name}`)).toContain("\n * unproven: written with --no-proof\n");
  });
});

describe("branches that go together", () => {
  it("are merged, and the database follows both ways", async () => {
    branch("b", { up: add("due"), down: `await op.dropColumn("todos", "due");` });
    branch("c", { up: add("priority"), down: `await op.dropColumn("todos", "priority");` });
    expect(await merge("--rev-id m1")).toMatchObject({
      exitCode: 0,
      data: {
        revision: "m1",
        downRevision: ["b1", "c1"],
        proof: "proven",
        notes: ["the columns of todos stand in the order in which the revisions run"],
      },
    });
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0, data: { to: ["m1"] } });
    expect(await project.limbeckJson("downgrade base")).toMatchObject({ exitCode: 0, data: { to: [] } });
  });

  it("have tables of their own, and rows in them", async () => {
    const create = (name: string): string =>
      `await op.createTable("${name}", { id: integer().primaryKey() }); await op.bulkInsert("${name}", [{ id: 1 }]);`;
    branch("b", create("tags"), `await op.execute("DELETE FROM tags");`);
    branch("c", create("labels"));
    expect(await merge()).toMatchObject({ exitCode: 0, data: { proof: "proven", notes: [] } });
  });

  it("may be three, all of them, or only those that are named", async () => {
    for (const letter of ["b", "c", "d"]) branch(letter, add(letter));
    expect(await merge("c1 d1 --rev-id m1")).toMatchObject({ exitCode: 0, data: { downRevision: ["c1", "d1"] } });
    expect(await merge("heads --rev-id m2")).toMatchObject({ exitCode: 0, data: { downRevision: ["m1", "b1"] } });
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0, data: { to: ["m2"] } });
  });

  it("may be named by where the database stands", async () => {
    for (const letter of ["b", "c", "d"]) branch(letter, add(letter));
    await project.limbeck("upgrade c1");
    expect(await merge("current d1")).toMatchObject({ exitCode: 0, data: { downRevision: ["c1", "d1"] } });
  });

  it("may have no way back, and be written in SQL", async () => {
    branch("b", add("due"));
    project.write(
      "migrations/versions/c1.sql",
      "-- revision: c1\n-- down_revision: a1\n-- limbeck: upgrade\nALTER TABLE todos ADD COLUMN note TEXT;\n",
    );
    const run = await merge("--format sql --rev-id m1 --branch-label main");
    expect(run).toMatchObject({ exitCode: 0, data: { proof: "proven", branchLabels: ["main"] } });
    expect(await project.limbeckJson("upgrade main@head")).toMatchObject({ exitCode: 0, data: { to: ["m1"] } });
  });

  it("may have nothing in common", async () => {
    branch("b", add("due"));
    project.writeRevision("x1", null, "another base", {
      up: `await op.createTable("other", { id: integer().primaryKey() });`,
    });
    expect(await merge("b1 x1")).toMatchObject({ exitCode: 0, data: { proof: "proven" } });
  });

  it("are not proven where one depends on all of the other, because there is one order only", async () => {
    branch("b", add("due"));
    project.write(
      "migrations/versions/c1.ts",
      `export const revision = "c1"; export const downRevision = "a1"; export const dependsOn = ["b1"];
export async function upgrade(op) { await op.createIndex("ix_due", "todos", ["due"]); }`,
    );
    expect(await merge()).toMatchObject({ exitCode: 0, data: { proof: "not needed", downRevision: ["b1", "c1"] } });
  });

  it("are proven with rows that a guard lets pass, and the command says so", async () => {
    branch("b", `await op.alterColumn("todos", "state", { nullable: false });`);
    branch("c", add("due"));
    const run = await merge();
    expect(run).toMatchObject({ exitCode: 0, data: { proof: "proven" } });
    expect(JSON.stringify(run["data"])).toContain(
      "b1 stops at some rows, so this was tried with rows in which every value",
    );
  });

  it("may bring more rows along than are kept in memory", async () => {
    const many = `WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 13000)`;
    branch("b", `await op.execute("INSERT INTO todos (id, title) ${many} SELECT i, 't' || i FROM n");`);
    branch("c", add("due"));
    expect(await merge("--rev-id m1")).toMatchObject({ exitCode: 0, data: { proof: "proven" } });
    branch("d", `await op.execute("UPDATE todos SET title = 'x' WHERE id = 12000");`);
    expect(await merge("m1 d1")).toMatchObject({
      exitCode: 6,
      error: {
        context: { revisions: ["b1", "d1"], rows: [{ table: "todos", column: "title", kind: "changed", rows: 1 }] },
      },
    });
  });

  it("may write what differs at every run, which is no matter of order", async () => {
    branch("b", `await op.execute("INSERT INTO todos (title) VALUES (hex(randomblob(8)))");`);
    branch("c", add("due"));
    expect(await merge()).toMatchObject({
      exitCode: 0,
      data: { leftOut: ["values of todos.title are other ones at every run, so they were not compared"] },
    });
  });

  const addRandomKeys = (value: string): string =>
    `await op.createTable("k", { id: text().primaryKey(), n: integer(), label: text() });
     await op.execute("INSERT INTO k VALUES (lower(hex(randomblob(16))), ${value}, 'x'), (lower(hex(randomblob(16))), 0, 'y')");`;

  it("are not proven where it counts rows of the other branch, though other values tell its rows apart at every run", async () => {
    branch("b", addRandomKeys("(SELECT count(*) FROM todos)"));
    branch("c", `await op.execute("INSERT INTO todos (title) VALUES ('new')");`);
    expect(await merge()).toMatchObject({
      exitCode: 6,
      error: { code: "LB1205", context: { rows: [{ table: "k", column: "n", kind: "changed", rows: 1, of: 2 }] } },
    });
  });

  it("are proven where only these values differ, with a word about them", async () => {
    branch("b", addRandomKeys("7"));
    branch("c", `await op.execute("INSERT INTO todos (title) VALUES ('new')");`);
    const { exitCode, stderr } = await project.limbeck("merge");
    expect(exitCode).toBe(0);
    expect(stderr.replaceAll(/\s+/g, " ")).toContain(
      "⚠ Proven on scratch databases with generated rows, but for what could not be compared",
    );
    expect(stderr.replaceAll(/\s+/g, " ")).toContain(
      "values of k.id are other ones at every run, so they were not compared; the other columns of k were, without knowing which row is which",
    );
    expect(stderr).not.toContain("✔");
  });
});

describe("a merge that cannot even be tried", () => {
  it.each([
    ["heads", "LB1201"],
    ["a1", "LB1201"],
    ["nothing", "LB0301"],
  ])("has one end only: %s", async (args, code) => {
    expect(await merge(args)).toMatchObject({ exitCode: 2, error: { code } });
  });

  it.each([
    ["b1", "LB1201"],
    ["b1 b1", "LB1201"],
    ["b1 b2", "LB1203"],
    ["b1 c1", "LB1031"],
    ["--branch-label a,b", "LB1034"],
    ["--branch-label head", "LB1034"],
    ["--rev-id a1", "LB0215"],
    ["--rev-id a-b", "LB0214"],
    ["--branch-label a1", "LB0336"],
    ["--format rb", "LB0016"],
  ])("is asked for in the wrong way: %s", async (args, code) => {
    branch("b", add("b1"), add("b2"));
    branch("c", add("c1"));
    expect(await merge(args)).toMatchObject({ exitCode: 2, error: { code } });
  });

  it("splices a revision in that others build on, when asked to", async () => {
    branch("b", add("b1"), add("b2"));
    branch("c", add("c1"));
    expect(await merge("b1 c1 --splice")).toMatchObject({ exitCode: 0, data: { downRevision: ["b1", "c1"] } });
  });

  it("stands on a revision that fails", async () => {
    branch("b", `await op.execute("SELECT * FROM nothing");`);
    branch("c", add("c1"));
    expect(await merge()).toMatchObject({ exitCode: 6, error: { code: "LB1207", context: { revision: "b1" } } });
    project.writeRevision("a1", null, "create todos", { up: `throw new Error("not today");` });
    expect(await merge()).toMatchObject({ exitCode: 6, error: { code: "LB1206", context: { revision: "a1" } } });
    expect(await merge("--no-proof")).toMatchObject({ exitCode: 0, data: { proof: "unproven" } });
  });

  it("gets something to do from the template, and that fails", async () => {
    branch("b", add("b1"));
    branch("c", add("c1"));
    project.write(
      "migrations/template.ts",
      "export const render = ({ comment, imports, declarations }) => `${comment}\\n${imports}\\n${declarations}\\n" +
        'export async function upgrade(op: Operations) { await op.dropTable("nothing"); }\\n`;\n',
    );
    expect(await merge()).toMatchObject({ exitCode: 6, error: { code: "LB1208" } });
  });
});
