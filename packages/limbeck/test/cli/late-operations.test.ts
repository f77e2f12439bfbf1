import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runProgram, type Ended } from "../support/run-program.ts";
import { createTodoProject, type TestProject } from "./test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTodoProject();
});

afterEach(() => project.dispose());

const run = (line: string): Promise<Ended> => runProgram(project.folder, line.split(" "));

const READ = `(await import("node:fs/promises")).readFile("limbeck.config.ts")`;
const HASH = `(await import("node:util")).promisify((await import("node:crypto")).scrypt)("a", "b", 64, { N: 65536, maxmem: 1e9 })`;
const ZIP = `(await import("node:util")).promisify((await import("node:zlib")).gzip)(Buffer.alloc(2e7, "ab"))`;
const PAUSE = `new Promise((resolve) => setTimeout(resolve, 200))`;

/** A revision with a helper that awaits something else first, and that nobody awaits. */
function writeForgetful(wait: string): void {
  project.writeRevision("a003", "a002", "seed", {
    up: `const seed = async () => { await ${wait}; await op.bulkInsert("todos", [{ id: 1, title: "x" }]); }; void seed();`,
    down: `await op.execute("DELETE FROM todos");`,
  });
}

describe("an operation that comes when its revision has ended", () => {
  it.each([
    ["a hash", HASH],
    ["several things", `${READ}; await ${ZIP}; await ${PAUSE}`],
  ])("is an error with its line, also after waiting for %s", async (_, wait) => {
    writeForgetful(wait);
    const { status, stderr } = await run("upgrade head");
    expect(status).toBe(7);
    const text = stderr.replaceAll(/\s+/g, " ");
    expect(text).toContain(`LB0705 "op.bulkInsert" was called after upgrade of a003 had ended (`);
    expect(text).toMatch(/a003_seed\.ts:\d+:\d+/);
    expect(text).toContain("rolled back; the revisions before it stay applied.");
    expect((await run("current")).stdout).toBe("a002\n");
  });

  it.each(["upgrade head --dry-run", "test"])("is found by %s as well", async (line) => {
    await run("upgrade a002");
    writeForgetful(READ);
    const { status, stdout, stderr } = await run(line);
    expect(status).toBe(7);
    expect(`${stdout}${stderr}`).toContain("LB0705");
  });

  it("is not waited for when the config holds the process open, longer than the revision does", async () => {
    project.write("limbeck.config.ts", `setInterval(() => {}, 1000);\nexport default { url: "sqlite:todo.db" };\n`);
    expect(await run("upgrade a002")).toMatchObject({ status: 0, stderr: expect.not.stringContaining("Waiting") });
    writeForgetful(READ);
    expect(await run("upgrade head")).toMatchObject({ status: 7, stderr: expect.stringContaining("LB0705") });
  });
});

describe("an operation that comes when its seed has ended", () => {
  it.each([
    ["a hash", HASH],
    ["a file and a pause", `${READ}; await ${PAUSE}`],
  ])("is an error with its line, and nothing stays, after waiting for %s", async (_, wait) => {
    await run("upgrade head");
    project.write(
      "seeds/010_todos.ts",
      `export async function seed(op) {
  const forgotten = async () => { await ${wait}; await op.execute("INSERT INTO todos (id, title) VALUES (1, 'x')"); }; void forgotten();
  await op.execute("INSERT INTO todos (id, title) VALUES (2, 'y')");
}`,
    );
    const { status, stderr } = await run("seed");
    expect(status).toBe(7);
    const text = stderr.replaceAll(/\s+/g, " ");
    expect(text).toContain("LB1510 The seed 010_todos had ended when it called op.execute (");
    expect(text).toMatch(/010_todos\.ts:2:\d+\)/);
    const database = new DatabaseSync(join(project.folder, "todo.db"));
    expect(database.prepare("SELECT id FROM todos").all()).toEqual([]);
    database.close();
  });
});

describe("rows that nobody waits for", () => {
  const write = (up: string): void =>
    project.writeRevision("a003", "a002", "copy", { up, down: `await op.execute("DELETE FROM todos");` });

  it("are an error with its line, and nothing of what was made of them stays", async () => {
    write(
      `const rows = op.query("SELECT 1 AS n"); await op.bulkInsert("todos", [{ id: 1, title: String((rows as unknown as unknown[]).length) }]);`,
    );
    const { status, stderr } = await run("upgrade head");
    expect(status).toBe(7);
    const text = stderr.replaceAll(/\s+/g, " ");
    expect(text).toContain(`LB0726 upgrade of a003 did not wait for the rows of "op.query" (`);
    expect(text).toMatch(/limbeck edit \S+a003_copy\.ts:\d+:\d+ # write await before op\.query/);
    expect(text).toContain("rolled back; the revisions before it stay applied.");
    expect((await run("current")).stdout).toBe("a002\n");
    expect((await run("test")).stdout).toContain("LB0726");
  });

  it.each([
    [
      "await, later",
      `const rows = op.query("SELECT 1 AS n"); await op.execute("DELETE FROM todos"); if ((await rows).length !== 1) throw new Error("none");`,
    ],
    ["Promise.all", `await Promise.all([op.query("SELECT 1 AS n"), op.query("SELECT 2 AS n")]);`],
    [
      "a helper",
      `const read = async () => op.query("SELECT 1 AS n"); if ((await read()).length !== 1) throw new Error("none");`,
    ],
    [
      "then",
      `await op.query("SELECT 1 AS n").then((rows) => op.execute("DELETE FROM todos WHERE id > " + String(rows.length)));`,
    ],
    [
      "for await",
      `for (const row of await op.query("SELECT 1 AS n")) await op.execute("DELETE FROM todos WHERE id = " + String(row.n));`,
    ],
  ])("are not missed where they are read by %s", async (_, up) => {
    write(up);
    expect(await run("upgrade head")).toMatchObject({ status: 0 });
  });

  it.each([
    ["execute", `await op.execute("DELETE FROM todos WHERE id = " + String(id));`],
    ["query", `await op.query("SELECT * FROM todos WHERE id = " + String(id));`],
  ])("are not written into a statement as a promise: op.%s", async (method, call) => {
    write(`const id = op.query("SELECT 1 AS n").then((rows) => rows[0]?.n); ${call}`);
    const { status, stderr } = await run("upgrade head");
    expect(status).toBe(7);
    const text = stderr.replaceAll(/\s+/g, " ");
    expect(text).toContain(`LB0727 upgrade of a003 stopped (`);
    expect(text).toContain(`A promise was put into a text that was given to "op.${method}".`);
    expect(text).toMatch(/limbeck edit \S+a003_copy\.ts:\d+:\d+ # write await before what gives the value/);
    expect((await run("current")).stdout).toBe("a002\n");
  });

  const PROMISE = `const p = String(op.query("SELECT 1 AS n").then((rows) => rows[0]?.n));`;

  it.each([
    ["backfill", `op.backfill("todos", { set: { due: "'" + p + "'" } })`],
    ["backfill", `op.backfill("todos", { set: { due: "1" }, where: "due = '" + p + "'" })`],
    ["alterColumn", `op.alterColumn("todos", "due", { type: text(), using: "'" + p + "'" })`],
    ["alterColumn", `op.alterColumn("todos", "due", { default: p })`],
    ["createView", `op.createView("v", "SELECT '" + p + "' AS a")`],
    [
      "createTrigger",
      `op.createTrigger("tr", "todos", "CREATE TRIGGER tr AFTER DELETE ON todos BEGIN SELECT '" + p + "'; END")`,
    ],
    ["createTable", `op.createTable("t" + p, { id: integer() })`],
    ["createTable", `op.createTable("t", { ["c" + p]: integer() })`],
    ["createTable", `op.createTable("t", { id: text().default("x" + p) })`],
    ["createTable", `op.createTable("t", { id: integer() }, [{ kind: "check", expression: "id > '" + p + "'" }])`],
    ["createIndex", `op.createIndex("i" + p, "todos", ["due"])`],
    ["bulkInsert", `op.bulkInsert("todos", [{ id: 1, title: "a" }, { id: 2, title: p }])`],
    ["execute", `op.execute("UPDATE todos SET title = ?", { parameters: [p] })`],
    ["query", `op.query("SELECT ?", [p])`],
  ])("are refused in any text: op.%s, as %s", async (method, call) => {
    await project.limbeck("upgrade a002");
    const before = await project.limbeck("inspect --sql");
    write(`${PROMISE} await ${call};`);
    const { exitCode, stderr } = await project.limbeck("upgrade head");
    const text = stderr.replaceAll(/\s+/g, " ");
    expect(text).toContain("LB0727 upgrade of a003 stopped (");
    expect(text).toContain(`A promise was put into a text that was given to "op.${method}".`);
    expect(text).toMatch(/limbeck edit \S+a003_copy\.ts:\d+:\d+ # write await before what gives the value/);
    expect(exitCode).toBe(7);
    expect((await project.limbeck("inspect --sql")).stdout).toBe(before.stdout);
  });

  it.each([
    ["op.bulkInsert", `op.bulkInsert("todos", [{ id: 1, title: p as never }])`],
    ["op.bulkInsert", `op.bulkInsert("todos", p as never)`],
    ["op.execute", `op.execute("UPDATE todos SET title = ?", { parameters: [p as never] })`],
    ["batch.dropColumn", `op.batchAlterTable("todos", (batch) => batch.dropColumn(p as never))`],
  ])("are refused as they are: %s, as %s", async (method, call) => {
    write(`const p = Promise.resolve("due"); await ${call};`);
    const { exitCode, stderr } = await project.limbeck("upgrade head");
    const text = stderr.replaceAll(/\s+/g, " ");
    expect(text).toContain(`A promise was given to "${method}" as a value.`);
    expect(text).toMatch(/a003_copy\.ts:\d+:\d+ # write await before what gives the value/);
    expect({ exitCode, isPromise: text.includes("LB0727") }).toEqual({ exitCode: 7, isPromise: true });
  });

  it("may be cleaned up by a call that does not spell it in one piece, as the explanation says", async () => {
    write(
      `await op.execute("INSERT INTO todos (id, title) VALUES (1, '[object ' || 'Promise]'), (2, 'a [object ' || 'Promise]')");
       await op.execute("DELETE FROM todos WHERE title LIKE '[object Prom%'");
       await op.execute("UPDATE todos SET title = replace(title, ? || ?, 'b')", { parameters: ["[object ", "Promise]"] });`,
    );
    expect(await run("upgrade head")).toMatchObject({ status: 0 });
    const { stdout } = await run("explain LB0727");
    const text = stdout.replaceAll(/\s+/g, " ");
    expect(text).toContain("LIKE '[object Prom%'");
    expect(text).toContain(`parameters: ["[object ", "Promise]"]`);
  });

  it("may be cleaned up by a file of SQL, which knows no promises", async () => {
    project.write(
      "migrations/versions/a003_clean.sql",
      "-- clean\n--\n-- revision: a003\n-- down_revision: a002\n-- limbeck: upgrade\nDELETE FROM todos WHERE title = '[object Promise]';\n-- limbeck: downgrade\n-- nothing\n",
    );
    expect(await run("upgrade head")).toMatchObject({ status: 0 });
  });

  it("may stand in what a database has: the default that somebody wrote so is taken away by a revision in SQL", async () => {
    project.write(
      "migrations/versions/a001_initial.sql",
      "-- initial\n--\n-- revision: a001\n-- down_revision: none\n-- limbeck: upgrade\nCREATE TABLE todos (id INTEGER PRIMARY KEY, title TEXT DEFAULT '[object Promise]');\n-- limbeck: downgrade\nDROP TABLE todos;\n",
    );
    project.remove("migrations/versions/a001_initial.ts");
    project.remove("migrations/versions/a002_add_due_date.ts");
    project.write(
      "limbeck.config.ts",
      `import { integer, table, text } from "limbeck/schema";
      export default { url: "sqlite:todo.db", models: [table("todos", { id: integer().primaryKey(), title: text() })] };\n`,
    );
    await project.limbeck("upgrade head");
    expect(await project.limbeck("diff --sql")).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("TABLE"),
    });
    expect(await project.limbeck("revision -m repair --autogenerate --format sql")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeck("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeck("check")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeck("downgrade -1 --allow-data-loss")).toMatchObject({ exitCode: 0 });
  });

  it("are not written into a default either", async () => {
    write(
      `const count = op.query("SELECT 1 AS n").then((rows) => rows.length); await op.addColumn("todos", "z", text().defaultSql("'" + count + "'"));`,
    );
    const { status, stderr } = await run("upgrade head");
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/LB0517 upgrade of a003 stopped\s+\(\S+a003_copy\.ts:8:\d+\)/);
    expect(stderr.replaceAll(/\s+/g, " ")).toContain("a text with a promise in it, before which await is missing");
  });

  it("say what is wrong with their own query first", async () => {
    write(`op.query("SELECT nothing FROM nowhere");`);
    expect(await run("upgrade head")).toMatchObject({ status: 7, stderr: expect.stringContaining("LB0701") });
  });
});

describe("a revision that leaves something open", () => {
  it("is rolled back after a while, because nobody can tell what is still to come", async () => {
    project.writeRevision("a003", "a002", "open", { up: `setInterval(() => {}, 1000);` });
    const { status, stderr } = await run("upgrade head");
    expect(status).toBe(7);
    expect(stderr).toContain("LB0712 upgrade of a003 has ended, but not what it began.");
    expect(stderr.replaceAll(/\s+/g, " ")).toContain("Waiting: upgrade of a003 has ended, but not what it began.");
    expect((await run("current")).stdout).toBe("a002\n");
  });
});
