import { copyFileSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type JsonRun, type RevisionBody, type TestProject } from "../cli/test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };`);
  project.writeRevision("a1", null, "create users", {
    up: `await op.createTable("users", { id: integer().primaryKey(), name: text() });`,
    down: `await op.dropTable("users");`,
  });
});

afterEach(() => project.dispose());

const add = (table: string, column: string): RevisionBody => ({
  up: `await op.addColumn("${table}", "${column}", text());`,
  down: `await op.dropColumn("${table}", "${column}");`,
});

const CREATE_TODOS: RevisionBody = {
  up: `await op.createTable("todos", { id: integer().primaryKey(), title: text().notNull() });`,
  down: `await op.dropTable("todos");`,
};

/** Writes `r1`, `r2` and so on above `a1`, and `z1` on top of them. */
function writeRange(...bodies: readonly RevisionBody[]): void {
  for (const [index, body] of bodies.entries())
    project.writeRevision(`r${index + 1}`, index === 0 ? "a1" : `r${index}`, `step ${index + 1}`, body);
  project.writeRevision("z1", `r${bodies.length}`, "after", add("users", "zip"));
}

const listFiles = (): readonly string[] => readdirSync(join(project.folder, "migrations/versions")).toSorted();

/** Squashes, and makes sure that what failed has written nothing. */
async function squash(args: string): Promise<JsonRun> {
  const before = listFiles();
  const run = await project.limbeckJson(`squash ${args}`);
  expect(listFiles()).toHaveLength(before.length + (run.ok ? 1 : 0));
  return run;
}

/** The text of the squashed revision `s1`. */
function readSquashed(): string {
  const name = listFiles().find((file) => file.startsWith("2026_02_21")) ?? "";
  return project.read(`migrations/versions/${name}`);
}

const deleteOriginals = (): void => {
  for (const name of listFiles().filter((file) => /^r\d/.test(file))) project.remove(`migrations/versions/${name}`);
};

const move = async (line: string, to: readonly string[]): Promise<void> => {
  expect(await project.limbeckJson(line)).toMatchObject({ exitCode: 0, data: { to } });
};

function query(sql: string, file = "app.db"): readonly unknown[] {
  const database = new DatabaseSync(join(project.folder, file));
  const rows = database.prepare(sql).all();
  database.close();
  return rows.map((row) => Object.values(row));
}

const readSchema = (file: string): readonly unknown[] =>
  query("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE '%limbeck_version%' ORDER BY name", file);

describe("a range of schema changes", () => {
  beforeEach(() => {
    writeRange(CREATE_TODOS, add("todos", "due"), {
      up: `await op.renameColumn("todos", "due", "due_at"); await op.createIndex("ix_due", "todos", ["due_at"]); await op.renameColumn("users", "name", "full_name");`,
      down: `await op.renameColumn("users", "full_name", "name"); await op.dropIndex("ix_due", "todos"); await op.renameColumn("todos", "due_at", "due");`,
    });
  });

  it("becomes one revision that does the same in fewer steps", async () => {
    expect(await squash("r1..r3 --rev-id s1")).toMatchObject({
      exitCode: 0,
      data: {
        revision: "s1",
        downRevision: ["a1"],
        replaces: ["r1", "r2", "r3"],
        operations: { before: 5, after: 2 },
        notes: [],
      },
    });
    const text = readSquashed();
    expect(text).toContain(`export const replaces = ["r1", "r2", "r3"];\n`);
    expect(text).toContain(`due_at: text(),`);
    expect(text).not.toContain(`"due"`);
    expect(text).toMatch(
      /downgrade\(op: Operations\) {\n {2}await op\.renameColumn\("users", "full_name", "name"\);\n {2}await op\.dropTable\("todos"\);\n}/,
    );
    expect(await project.limbeckJson("test")).toMatchObject({ exitCode: 0 });
  });

  it("gives new databases the same schema as the old revisions gave the old ones", async () => {
    await project.limbeck("upgrade head --url sqlite:old.db");
    await squash("r1:r3 --rev-id s1");
    await project.limbeck("upgrade head --url sqlite:new.db");
    expect(await project.limbeckJson("upgrade head --url sqlite:new.db")).toMatchObject({ data: { to: ["z1"] } });
    const describe =
      'SELECT t.type, t.name, c.name, c.type, c."notnull", c.pk FROM sqlite_schema t LEFT JOIN pragma_table_xinfo(t.name) c ORDER BY 2, 3';
    expect(query(describe, "new.db")).toEqual(query(describe, "old.db"));
    expect(query("SELECT sql FROM sqlite_schema WHERE name = 'ix_due'", "new.db")).toEqual(
      query("SELECT sql FROM sqlite_schema WHERE name = 'ix_due'", "old.db"),
    );
    expect(await project.limbeckJson("status --url sqlite:new.db")).toMatchObject({ data: { isAtHead: true } });
  });

  it("takes every database with it, wherever it stands", async () => {
    for (const place of ["a1", "r1", "r2", "r3", "z1"]) {
      await project.limbeck(`upgrade ${place}`);
      copyFileSync(join(project.folder, "app.db"), join(project.folder, `${place}.db`));
    }
    await squash("r1..r3 --rev-id s1");
    const schemas: unknown[] = [];
    for (const place of ["a1", "r1", "r2", "r3", "z1"]) {
      const url = `--url sqlite:${place}.db`;
      await move(`upgrade head ${url}`, ["z1"]);
      schemas.push(
        query(
          "SELECT t.name, c.name, c.type FROM sqlite_schema t, pragma_table_xinfo(t.name) c ORDER BY 1, 2",
          `${place}.db`,
        ),
      );
      await move(`downgrade base ${url}`, []);
      expect(readSchema(`${place}.db`)).toEqual([]);
      await move(`upgrade head ${url}`, ["z1"]);
    }
    for (const schema of schemas) expect(schema).toEqual(schemas[0]);
  });

  it("moves the row that is there, under either name", async () => {
    await move("upgrade r3", ["r3"]);
    await squash("r1..r3 --rev-id s1");
    expect(await project.limbeckJson("current")).toMatchObject({
      data: { revisions: [{ revision: "s1" }], unknown: [] },
    });
    expect(await project.limbeckJson("stamp s1")).toMatchObject({ exitCode: 0 });
    expect(query("SELECT * FROM limbeck_version")).toEqual([["r3"]]);
    await move("downgrade -1", ["a1"]);
    await move("upgrade +1", ["s1"]);
    await move("downgrade r2", ["r2"]);
    expect(await project.limbeckJson("current")).toMatchObject({
      data: { revisions: [{ revision: "r2", replacedBy: "s1" }] },
    });
    await move("downgrade -1", ["r1"]);
    await move("upgrade s1", ["r3"]);
    await move("downgrade base", []);
    await move("upgrade r3", ["s1"]);
  });

  it("is shown as one revision", async () => {
    await squash("r1..r3 --rev-id s1");
    expect((await project.limbeck("history")).stdout).toBe(
      "s1 -> z1 (head), after\na1 -> s1 (replaces 3 revisions), squash r1 to r3\n<base> -> a1, create users\n",
    );
    expect((await project.limbeck("show s1")).stdout).toContain("\nReplaces: r1, r2, r3\n");
    expect((await project.limbeck("show r2")).stdout).toMatch(/^Rev: r2\nParent: r1\nReplaced by: s1\n/);
    expect((await project.limbeck("show r3")).stdout).toMatch(/^Rev: r3\n/);
    await project.limbeck("upgrade s1");
    expect((await project.limbeck("status")).stdout).toContain(
      "Stands at  s1  squash r1 to r3  (replaces 3 revisions)\n",
    );
    expect((await project.limbeck("current")).stdout).toBe("s1 (replaces 3 revisions)\n");
    expect((await project.limbeck("history -i")).stdout).toContain("a1 -> s1 (current) (replaces 3 revisions), ");
  });

  it("is listed one by one for a database in the middle", async () => {
    await squash("r1..r3 --rev-id s1");
    await project.limbeck("upgrade r2");
    expect((await project.limbeck("history -i")).stdout.split("\n").slice(0, 3)).toEqual([
      "r3 -> z1 (head), after",
      "r2 -> r3, step 3",
      "r1 -> r2 (current), step 2",
    ]);
    expect((await project.limbeck("history -r r1:r2")).stdout).toBe("r1 -> r2, step 2\na1 -> r1, step 1\n");
  });

  it("may lose its files once every database is past it", async () => {
    await move("upgrade r3", ["r3"]);
    copyFileSync(join(project.folder, "app.db"), join(project.folder, "other.db"));
    await squash("r1..r3 --rev-id s1");
    deleteOriginals();
    await move("upgrade head", ["z1"]);
    await move("downgrade base", []);
    await move("upgrade head", ["z1"]);
    await move("downgrade -1 --url sqlite:other.db", ["a1"]);
    expect((await project.limbeck("show r3")).stdout).toMatch(/^Rev: s1\n/);
    expect((await project.limbeck("history")).stdout).toContain("s1 -> z1 (head)");
  });

  it("leaves a database in the middle where it is when the files are gone, and says how to get them back", async () => {
    await move("upgrade r2", ["r2"]);
    await squash("r1..r3 --rev-id s1");
    deleteOriginals();
    for (const command of ["upgrade head", "downgrade base", "stamp head", "upgrade head --dry-run"]) {
      expect(await project.limbeckJson(command)).toMatchObject({
        exitCode: 2,
        error: {
          code: "LB0353",
          context: { revision: "r2", squash: "s1", missing: ["r1", "r2", "r3"] },
          fix: [
            expect.stringContaining(`-S "r1"`),
            expect.stringContaining(`-S "r2"`),
            expect.stringContaining(`-S "r3"`),
            expect.any(String),
          ],
        },
      });
    }
    expect(await project.limbeckJson("status")).toMatchObject({
      exitCode: 0,
      data: { unknown: ["r2"], next: "limbeck explain LB0353" },
    });
    expect(await project.limbeckJson("downgrade r1 --url sqlite:new.db")).toMatchObject({ error: { code: "LB0353" } });
    expect(query("SELECT * FROM limbeck_version")).toEqual([["r2"]]);
  });

  it("writes scripts from either name", async () => {
    await squash("r1..r3 --rev-id s1");
    for (const name of ["r3", "s1"]) {
      const { stdout, exitCode } = await project.limbeck(`upgrade ${name}:head --sql`);
      expect(exitCode).toBe(0);
      expect(stdout).toContain(`SET "version_num" = 'z1' WHERE "version_num" = '${name}'`);
      const down = await project.limbeck(`downgrade ${name}:a1 --sql`);
      expect(down.stdout).toContain(`SET "version_num" = 'a1' WHERE "version_num" = '${name}'`);
    }
    expect((await project.limbeck("upgrade r1:r2 --sql")).stdout).toContain(
      `SET "version_num" = 'r2' WHERE "version_num" = 'r1'`,
    );
  });

  it("tests the replaced revisions when they are asked for", async () => {
    await squash("r1..r3 --rev-id s1");
    const names = async (args: string): Promise<unknown> => {
      const { data } = await project.limbeckJson(`test ${args}`);
      const { revisions } = data as {
        readonly revisions: readonly { readonly revision: string; readonly verdict: string }[];
      };
      return revisions.map(({ revision, verdict }) => [revision, verdict === "reversible" || verdict === "losesData"]);
    };
    expect(await names("")).toEqual([
      ["a1", true],
      ["s1", true],
      ["z1", true],
    ]);
    expect(await names("r2")).toEqual([["r2", true]]);
    expect(await names("r2:z1")).toEqual([
      ["r2", true],
      ["r3", true],
      ["z1", true],
    ]);
  });

  it("may be merged, and moved, as one", async () => {
    await squash("r1..r3 --rev-id s1");
    project.writeRevision("b1", "a1", "branch", {
      up: `await op.createTable("b", { id: integer().primaryKey() });`,
      down: `await op.dropTable("b");`,
    });
    project.remove("migrations/versions/z1_after.ts");
    expect(await project.limbeckJson("rebase r3 --onto b1 --dry-run")).toMatchObject({
      exitCode: 0,
      data: { moved: ["s1"], files: [{ revision: "s1" }, { revision: "r1" }] },
    });
    expect(await project.limbeckJson("rebase r2 --onto b1")).toMatchObject({ exitCode: 2, error: { code: "LB1253" } });
    expect(await project.limbeckJson("merge r3 b1 --rev-id m1")).toMatchObject({
      exitCode: 0,
      data: { downRevision: ["s1", "b1"] },
    });
    await move("upgrade head", ["m1"]);
  });

  it("does not move what is applied, even in part", async () => {
    await squash("r1..r3 --rev-id s1");
    project.writeRevision("b1", "a1", "branch", add("users", "b"));
    await move("upgrade r1", ["r1"]);
    expect(await project.limbeckJson("rebase z1 --onto b1")).toMatchObject({
      exitCode: 2,
      error: { code: "LB1223", context: { applied: ["s1"] } },
    });
  });

  it("moves together with what it replaces", async () => {
    await squash("r1..r3 --rev-id s1");
    project.writeRevision("b1", "a1", "branch", add("users", "b"));
    expect(await project.limbeckJson("rebase z1 --onto b1")).toMatchObject({ exitCode: 0, data: { heads: ["z1"] } });
    expect(project.read("migrations/versions/r1_step_1.ts")).toContain(`downRevision = "b1";`);
    await move("upgrade r2", ["r2"]);
    await move("upgrade head", ["z1"]);
  });

  it("may be squashed once more", async () => {
    await squash("r1..r3 --rev-id s1");
    project.writeRevision("z2", "z1", "later", add("users", "later"));
    expect(await squash("base..r3")).toMatchObject({ exitCode: 2, error: { code: "LB1246" } });
    expect(await squash("base..z1 --rev-id s2")).toMatchObject({
      exitCode: 0,
      data: { replaces: ["a1", "r1", "r2", "r3", "s1", "z1"] },
    });
    for (const place of ["r1", "r3", "s1", "z1"]) {
      await move(`upgrade ${place} --url sqlite:${place}.db`, [place === "r3" ? "s1" : place === "z1" ? "s2" : place]);
      await move(`upgrade head --url sqlite:${place}.db`, ["z2"]);
      await move(`downgrade base --url sqlite:${place}.db`, []);
    }
    expect((await project.limbeck("history")).stdout).toBe(
      "s2 -> z2 (head), later\n<base> -> s2 (replaces 6 revisions), squash a1 to z1\n",
    );
  });

  it("is taken from the beginning and to the end where an end is left open", async () => {
    expect(await squash("base..r2 --rev-id s1")).toMatchObject({
      data: { replaces: ["a1", "r1", "r2"], downRevision: [] },
    });
    expect(await squash("r3.. --rev-id s2")).toMatchObject({ data: { replaces: ["r3", "z1"], downRevision: ["s1"] } });
  });
});

describe("data and raw SQL in a range", () => {
  it("are repeated in their places", async () => {
    writeRange(
      CREATE_TODOS,
      {
        up: `await op.bulkInsert("todos", [{ id: 1, title: "it's" }, { id: 2, title: "b" }]); await op.execute("UPDATE users SET name = ? WHERE name IS NULL", { parameters: ["nobody"] });`,
        down: `await op.execute("DELETE FROM todos WHERE id IN (1, 2)");`,
      },
      add("todos", "due"),
    );
    project.write(
      "migrations/versions/r4.sql",
      "-- revision: r4\n-- down_revision: r3\n-- limbeck: upgrade\nUPDATE todos SET due = 'now';\nCREATE VIEW due AS SELECT * FROM todos;\n-- limbeck: downgrade\nDROP VIEW due;\nUPDATE todos SET due = NULL;\n",
    );
    project.remove("migrations/versions/z1_after.ts");
    await project.limbeck("upgrade r4 --url sqlite:old.db");
    expect(await squash("r1..r4 --rev-id s1")).toMatchObject({
      exitCode: 0,
      data: { operations: { before: 6, after: 6 } },
    });
    await project.limbeck("upgrade s1 --url sqlite:new.db");
    for (const sql of ["SELECT * FROM todos ORDER BY id", "SELECT * FROM due ORDER BY id"])
      expect(query(sql, "new.db")).toEqual(query(sql, "old.db"));
    expect(query("SELECT title, due FROM todos ORDER BY id", "new.db")).toEqual([
      ["it's", "now"],
      ["b", "now"],
    ]);
    await move("downgrade a1 --url sqlite:new.db", ["a1"]);
  });

  it("stay before and after what they need", async () => {
    writeRange(
      CREATE_TODOS,
      { up: `await op.bulkInsert("todos", [{ id: 1, title: "a" }]);`, down: "" },
      {
        up: `await op.addColumn("todos", "state", text().notNull().default("open"));`,
        down: `await op.dropColumn("todos", "state");`,
      },
      { up: `await op.bulkInsert("todos", [{ id: 2, title: "b", state: "done" }]);`, down: "" },
    );
    expect(await squash("r1..r4 --rev-id s1")).toMatchObject({ exitCode: 0 });
    await project.limbeck("upgrade head");
    expect(query("SELECT id, state FROM todos ORDER BY id")).toEqual([
      [1, "open"],
      [2, "done"],
    ]);
  });

  it("may come from the clock of the database", async () => {
    writeRange(CREATE_TODOS, {
      up: `await op.execute("INSERT INTO todos (title) VALUES (hex(randomblob(8)))");`,
      down: `await op.execute("DELETE FROM todos");`,
    });
    expect(await squash("r1..r2")).toMatchObject({ exitCode: 0 });
  });

  it.each([
    ["upgrade", { up: `await op.query("SELECT 1");`, down: "" }],
    ["downgrade", { up: "", down: `await op.query("SELECT 1");` }],
    [
      "upgrade",
      {
        up: `const { kyselyFor } = await import("limbeck/kysely"); await kyselyFor(op).selectFrom("users").selectAll().execute();`,
        down: "",
      },
    ],
  ] as const)("that is read keeps the %s from being written down", async (direction, body) => {
    writeRange(CREATE_TODOS, add("todos", "due"), body, add("todos", "more"), add("todos", "most"));
    project.write(
      "node_modules/limbeck/package.json",
      JSON.stringify({ name: "limbeck", type: "module", exports: { "./kysely": "./kysely.js" } }),
    );
    project.write(
      "node_modules/limbeck/kysely.js",
      `export const kyselyFor = (op) => ({ selectFrom: () => ({ selectAll: () => ({ execute: () => op.query("SELECT 1") }) }) });`,
    );
    expect(await squash("r1..r5")).toMatchObject({
      exitCode: 2,
      error: {
        code: "LB1247",
        context: { revision: "r3", direction },
        fix: ["limbeck squash r1..r2", "limbeck squash r4..r5", "limbeck show r3"],
      },
    });
    expect(await squash("r1..r2 --rev-id s1")).toMatchObject({ exitCode: 0 });
    expect(await squash("r4..r5 --rev-id s2")).toMatchObject({ exitCode: 0 });
    await move("upgrade head", ["z1"]);
  });

  it("that differs at every run is refused", async () => {
    writeRange(CREATE_TODOS, {
      up: `await op.bulkInsert("todos", [{ title: String(Math.random()) }]);`,
      down: "",
    });
    expect(await squash("r1..r2")).toMatchObject({
      exitCode: 2,
      error: { code: "LB1248", context: { revision: "r2" } },
    });
  });
});

describe("a range that is not like any other", () => {
  it("has no way back when one of its revisions has none", async () => {
    writeRange(CREATE_TODOS, { up: `await op.addColumn("todos", "due", text());` });
    const run = await squash("r1..r2 --rev-id s1");
    expect(run).toMatchObject({ exitCode: 0, data: { irreversible: "r2, which it replaces, has none." } });
    expect(readSquashed()).toMatch(/\/\/ There is no downgrade: r2, which it replaces, has none\.\n$/);
    await project.limbeck("upgrade head");
    expect(await project.limbeckJson("downgrade base")).toMatchObject({ exitCode: 2, error: { code: "LB1008" } });
  });

  it("does not lead back to where it began", async () => {
    writeRange(CREATE_TODOS, { up: `await op.addColumn("users", "due", text());`, down: "" });
    expect(await squash("r1..r2")).toMatchObject({
      exitCode: 6,
      error: { code: "LB1249", context: { differences: ["drop column due from users"] } },
    });
  });

  it("fails by itself", async () => {
    writeRange(CREATE_TODOS, { up: `await op.dropColumn("todos", "nothing");`, down: "" });
    expect(await squash("r1..r2")).toMatchObject({
      exitCode: 6,
      error: { code: "LB1207", context: { revision: "r2" } },
    });
  });

  it("stops at some rows, and is squashed all the same", async () => {
    writeRange(CREATE_TODOS, {
      up: `await op.alterColumn("users", "name", { nullable: false });`,
      down: `await op.alterColumn("users", "name", { nullable: true });`,
    });
    const run = await squash("r1..r2 --rev-id s1");
    expect(run).toMatchObject({ exitCode: 0 });
    expect(JSON.stringify(run["data"])).toContain(
      "r2 stops at some rows, so this was tried with rows in which every value",
    );
  });

  it("keeps all its operations where fewer do not come to the same", async () => {
    // To SQLite the names are the same, so the key follows the rename; read one by one, they have nothing to do with each other.
    writeRange(
      {
        up: `await op.createTable("lists", { id: integer().primaryKey(), code: text().unique() });`,
        down: `await op.dropTable("lists");`,
      },
      {
        up: `await op.createTable("todos", { id: integer().primaryKey(), list: text().references("LISTS", "code") });`,
        down: `await op.dropTable("todos");`,
      },
      {
        up: `await op.renameColumn("lists", "code", "key");`,
        down: `await op.renameColumn("lists", "key", "code");`,
      },
    );
    expect(await squash("r1..r3 --rev-id s1")).toMatchObject({
      exitCode: 0,
      data: {
        operations: { before: 3, after: 3 },
        notes: ["every operation is kept, because fewer did not come to the same"],
      },
    });
    await move("upgrade head", ["z1"]);
  });

  it("does something that fewer operations would not", async () => {
    // Values that are given to the rows on the way, and a default that is there only so long.
    writeRange(CREATE_TODOS, {
      up: `await op.addColumn("users", "state", text().notNull().default("old")); await op.alterColumn("users", "state", { default: null });`,
      down: `await op.dropColumn("users", "state");`,
    });
    expect(await squash("r1..r2 --rev-id s1")).toMatchObject({ exitCode: 0 });
    await project.limbeck("upgrade a1");
    const database = new DatabaseSync(join(project.folder, "app.db"));
    database.exec("INSERT INTO users (name) VALUES ('a')");
    database.close();
    await move("upgrade s1", ["s1"]);
    expect(query("SELECT state FROM users")).toEqual([["old"]]);
  });

  it("holds a fork and its merge", async () => {
    project.writeRevision("r1", "a1", "start", CREATE_TODOS);
    project.writeRevision("r2", "r1", "left", add("todos", "left"));
    project.writeRevision("r3", "r1", "right", add("todos", "right"));
    project.write(
      "migrations/versions/r4.ts",
      `export const revision = "r4"; export const downRevision = ["r2", "r3"];\nexport async function upgrade() {}\nexport async function downgrade() {}\n`,
    );
    expect(await squash("r1..r4 --rev-id s1")).toMatchObject({ exitCode: 0, data: { operations: { after: 1 } } });
    await move("upgrade r2 --url sqlite:left.db", ["r2"]);
    await move("upgrade head --url sqlite:left.db", ["r4"]);
    await move("downgrade base --url sqlite:left.db", []);
  });

  it("keeps labels, and what it depends on", async () => {
    project.writeRevision("t1", null, "other", {
      up: `await op.createTable("t", { id: integer().primaryKey() });`,
      down: `await op.dropTable("t");`,
    });
    project.writeRevision("r1", "a1", "one", CREATE_TODOS);
    project.write(
      "migrations/versions/r2.ts",
      `export const revision = "r2"; export const downRevision = "r1"; export const branchLabels = ["billing"]; export const dependsOn = ["t1"];
export async function upgrade(op) { await op.execute("INSERT INTO t VALUES (1)"); }
export async function downgrade(op) { await op.execute("DELETE FROM t"); }`,
    );
    expect(await squash("r1..r2 --rev-id s1")).toMatchObject({
      exitCode: 0,
      data: { branchLabels: ["billing"], dependsOn: ["t1"] },
    });
    expect(await project.limbeckJson("upgrade billing@head")).toMatchObject({
      exitCode: 0,
      data: { steps: [{ revision: "t1" }, { revision: "a1" }, { revision: "s1" }], to: ["s1"] },
    });
    await move("downgrade base", []);
  });

  it.each([
    ["r1", "LB1252"],
    ["..", "LB1252"],
    ["r1..r2..z1", "LB1252"],
    ["zz..r2", "LB0301"],
    ["r2..r1", "LB1241"],
    ["r1..r1", "LB1242"],
    ["r1..r2 --rev-id a1", "LB0215"],
  ])("is written in the wrong way: %s", async (args, code) => {
    writeRange(CREATE_TODOS, add("todos", "due"));
    expect(await squash(args)).toMatchObject({ exitCode: 2, error: { code } });
  });

  it("is left in its middle", async () => {
    writeRange(CREATE_TODOS, add("todos", "due"));
    project.writeRevision("x1", "r1", "branch", add("todos", "x"));
    expect(await squash("a1..z1")).toMatchObject({
      error: { fix: ["limbeck squash a1..r1", "limbeck squash r2..z1", "limbeck history -r r1:heads"] },
    });
    expect(await squash("r1..r2")).toMatchObject({
      exitCode: 2,
      error: { code: "LB1245", context: { member: "r1", outside: "x1" }, fix: ["limbeck history -r r1:heads"] },
    });
    expect(readFileSync(join(project.folder, "migrations/versions/r1_step_1.ts"), "utf8")).toContain('revision = "r1"');
  });
});
