import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addColumn, createSquashProject, CREATE_TODOS, type SquashProject } from "./squash-project.ts";

let project: SquashProject;

beforeEach(() => {
  project = createSquashProject();
});

afterEach(() => project.dispose());

describe("data and raw SQL in a range", () => {
  it("are repeated in their places", async () => {
    project.writeRange(
      CREATE_TODOS,
      {
        up: `await op.bulkInsert("todos", [{ id: 1, title: "it's" }, { id: 2, title: "b" }]); await op.execute("UPDATE users SET name = ? WHERE name IS NULL", { parameters: ["nobody"] });`,
        down: `await op.execute("DELETE FROM todos WHERE id IN (1, 2)");`,
      },
      addColumn("todos", "due"),
    );
    project.write(
      "migrations/versions/r4.sql",
      "-- revision: r4\n-- down_revision: r3\n-- limbeck: upgrade\nUPDATE todos SET due = 'now';\nCREATE VIEW due AS SELECT * FROM todos;\n-- limbeck: downgrade\nDROP VIEW due;\nUPDATE todos SET due = NULL;\n",
    );
    project.remove("migrations/versions/z1_after.ts");
    await project.limbeck("upgrade r4 --url sqlite:old.db");
    expect(await project.squash("r1..r4 --rev-id s1")).toMatchObject({
      exitCode: 0,
      data: { operations: { before: 6, after: 6 } },
    });
    await project.limbeck("upgrade s1 --url sqlite:new.db");
    for (const sql of ["SELECT * FROM todos ORDER BY id", "SELECT * FROM due ORDER BY id"])
      expect(project.query(sql, "new.db")).toEqual(project.query(sql, "old.db"));
    expect(project.query("SELECT title, due FROM todos ORDER BY id", "new.db")).toEqual([
      ["it's", "now"],
      ["b", "now"],
    ]);
    await project.move("downgrade a1 --url sqlite:new.db", ["a1"]);
  });

  it("stay before and after what they need", async () => {
    project.writeRange(
      CREATE_TODOS,
      { up: `await op.bulkInsert("todos", [{ id: 1, title: "a" }]);`, down: "" },
      {
        up: `await op.addColumn("todos", "state", text().notNull().default("open"));`,
        down: `await op.dropColumn("todos", "state");`,
      },
      { up: `await op.bulkInsert("todos", [{ id: 2, title: "b", state: "done" }]);`, down: "" },
    );
    expect(await project.squash("r1..r4 --rev-id s1")).toMatchObject({ exitCode: 0 });
    await project.limbeck("upgrade head");
    expect(project.query("SELECT id, state FROM todos ORDER BY id")).toEqual([
      [1, "open"],
      [2, "done"],
    ]);
  });

  it("may come from the clock of the database", async () => {
    project.writeRange(CREATE_TODOS, {
      up: `await op.execute("INSERT INTO todos (title) VALUES (hex(randomblob(8)))");`,
      down: `await op.execute("DELETE FROM todos");`,
    });
    expect(await project.squash("r1..r2")).toMatchObject({ exitCode: 0 });
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
    project.writeRange(
      CREATE_TODOS,
      addColumn("todos", "due"),
      body,
      addColumn("todos", "more"),
      addColumn("todos", "most"),
    );
    project.write(
      "node_modules/limbeck/package.json",
      JSON.stringify({ name: "limbeck", type: "module", exports: { "./kysely": "./kysely.js" } }),
    );
    project.write(
      "node_modules/limbeck/kysely.js",
      `export const kyselyFor = (op) => ({ selectFrom: () => ({ selectAll: () => ({ execute: () => op.query("SELECT 1") }) }) });`,
    );
    expect(await project.squash("r1..r5")).toMatchObject({
      exitCode: 2,
      error: {
        code: "LB1247",
        context: { revision: "r3", direction },
        fix: ["limbeck squash r1..r2", "limbeck squash r4..r5", "limbeck show r3"],
      },
    });
    expect(await project.squash("r1..r2 --rev-id s1")).toMatchObject({ exitCode: 0 });
    expect(await project.squash("r4..r5 --rev-id s2")).toMatchObject({ exitCode: 0 });
    await project.move("upgrade head", ["z1"]);
  });

  it("that differs at every run is refused", async () => {
    project.writeRange(CREATE_TODOS, {
      up: `await op.bulkInsert("todos", [{ title: String(Math.random()) }]);`,
      down: "",
    });
    expect(await project.squash("r1..r2")).toMatchObject({
      exitCode: 2,
      error: { code: "LB1248", context: { revision: "r2" } },
    });
  });
});

describe("a range that is not like any other", () => {
  it("has no way back when one of its revisions has none", async () => {
    project.writeRange(CREATE_TODOS, { up: `await op.addColumn("todos", "due", text());` });
    const run = await project.squash("r1..r2 --rev-id s1");
    expect(run).toMatchObject({ exitCode: 0, data: { irreversible: "r2, which it replaces, has none." } });
    expect(project.readSquashed()).toMatch(/\/\/ There is no downgrade: r2, which it replaces, has none\.\n$/);
    await project.limbeck("upgrade head");
    expect(await project.limbeckJson("downgrade base")).toMatchObject({ exitCode: 2, error: { code: "LB1008" } });
  });

  it("does not lead back to where it began", async () => {
    project.writeRange(CREATE_TODOS, { up: `await op.addColumn("users", "due", text());`, down: "" });
    expect(await project.squash("r1..r2")).toMatchObject({
      exitCode: 6,
      error: { code: "LB1249", context: { differences: ["drop column due from users"] } },
    });
  });

  it("fails by itself", async () => {
    project.writeRange(CREATE_TODOS, { up: `await op.dropColumn("todos", "nothing");`, down: "" });
    expect(await project.squash("r1..r2")).toMatchObject({
      exitCode: 6,
      error: { code: "LB1207", context: { revision: "r2" } },
    });
  });

  it("stops at some rows, and is squashed all the same", async () => {
    project.writeRange(CREATE_TODOS, {
      up: `await op.alterColumn("users", "name", { nullable: false });`,
      down: `await op.alterColumn("users", "name", { nullable: true });`,
    });
    const run = await project.squash("r1..r2 --rev-id s1");
    expect(run).toMatchObject({ exitCode: 0 });
    expect(JSON.stringify(run["data"])).toContain(
      "r2 stops at some rows, so this was tried with rows in which every value",
    );
  });

  it("keeps all its operations where fewer do not come to the same", async () => {
    // To SQLite the names are the same, so the key follows the rename; read one by one, they have nothing to do with each other.
    project.writeRange(
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
    expect(await project.squash("r1..r3 --rev-id s1")).toMatchObject({
      exitCode: 0,
      data: {
        operations: { before: 3, after: 3 },
        notes: ["every operation is kept, because fewer did not come to the same"],
      },
    });
    await project.move("upgrade head", ["z1"]);
  });

  it("does something that fewer operations would not", async () => {
    // Values that are given to the rows on the way, and a default that is there only so long.
    project.writeRange(CREATE_TODOS, {
      up: `await op.addColumn("users", "state", text().notNull().default("old")); await op.alterColumn("users", "state", { default: null });`,
      down: `await op.dropColumn("users", "state");`,
    });
    expect(await project.squash("r1..r2 --rev-id s1")).toMatchObject({ exitCode: 0 });
    await project.limbeck("upgrade a1");
    const database = new DatabaseSync(join(project.folder, "app.db"));
    database.exec("INSERT INTO users (name) VALUES ('a')");
    database.close();
    await project.move("upgrade s1", ["s1"]);
    expect(project.query("SELECT state FROM users")).toEqual([["old"]]);
  });

  it("holds a fork and its merge", async () => {
    project.writeRevision("r1", "a1", "start", CREATE_TODOS);
    project.writeRevision("r2", "r1", "left", addColumn("todos", "left"));
    project.writeRevision("r3", "r1", "right", addColumn("todos", "right"));
    project.write(
      "migrations/versions/r4.ts",
      `export const revision = "r4"; export const downRevision = ["r2", "r3"];\nexport async function upgrade() {}\nexport async function downgrade() {}\n`,
    );
    expect(await project.squash("r1..r4 --rev-id s1")).toMatchObject({
      exitCode: 0,
      data: { operations: { after: 1 } },
    });
    await project.move("upgrade r2 --url sqlite:left.db", ["r2"]);
    await project.move("upgrade head --url sqlite:left.db", ["r4"]);
    await project.move("downgrade base --url sqlite:left.db", []);
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
    expect(await project.squash("r1..r2 --rev-id s1")).toMatchObject({
      exitCode: 0,
      data: { branchLabels: ["billing"], dependsOn: ["t1"] },
    });
    expect(await project.limbeckJson("upgrade billing@head")).toMatchObject({
      exitCode: 0,
      data: { steps: [{ revision: "t1" }, { revision: "a1" }, { revision: "s1" }], to: ["s1"] },
    });
    await project.move("downgrade base", []);
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
    project.writeRange(CREATE_TODOS, addColumn("todos", "due"));
    expect(await project.squash(args)).toMatchObject({ exitCode: 2, error: { code } });
  });

  it("is left in its middle", async () => {
    project.writeRange(CREATE_TODOS, addColumn("todos", "due"));
    project.writeRevision("x1", "r1", "branch", addColumn("todos", "x"));
    expect(await project.squash("a1..z1")).toMatchObject({
      error: { fix: ["limbeck squash a1..r1", "limbeck squash r2..z1", "limbeck history -r r1:heads"] },
    });
    expect(await project.squash("r1..r2")).toMatchObject({
      exitCode: 2,
      error: { code: "LB1245", context: { member: "r1", outside: "x1" }, fix: ["limbeck history -r r1:heads"] },
    });
  });
});
