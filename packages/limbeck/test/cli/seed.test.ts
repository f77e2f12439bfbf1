import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createMariadbDatabase, requireMariadb } from "../support/mariadb-server.ts";
import { createPostgresDatabase, requirePostgres } from "../support/postgres-server.ts";
import { createSqliteDatabase, type SqliteDatabase } from "../support/sqlite-database.ts";
import { runProgram } from "../support/run-program.ts";
import { createTestProject, type TestProject } from "./test-project.ts";

const ENGINES = [
  { name: "SQLite", require: () => undefined, create: createSqliteDatabase, first: "?" },
  { name: "PostgreSQL", require: requirePostgres(), create: createPostgresDatabase, first: "$1" },
  { name: "MariaDB", require: requireMariadb(), create: createMariadbDatabase, first: "?" },
];

const counts = (inserted: number, updated: number, changed = 0) => ({ inserted, updated, changed });

describe.each(ENGINES)("limbeck seed on $name", ({ require, create, first }) => {
  let project: TestProject;
  let database: Pick<SqliteDatabase, "url" | "rows" | "run" | "drop">;

  beforeEach(require);

  beforeEach(async () => {
    project = createTestProject();
    database = await create();
    configure("");
    project.write(
      "migrations/versions/a1_first.ts",
      `import { boolean, integer, json, timestamp, varchar } from "limbeck/schema";
      export const revision = "a1";
      export const downRevision = null;
      export async function upgrade(op) {
        await op.createTable("lists", {
          id: integer().primaryKey(),
          name: varchar(50).notNull(),
          is_open: boolean().notNull().default(true),
          note: varchar(50),
          made_at: timestamp({ timezone: true }),
          settings: json(),
        });
      }`,
    );
    project.write(
      "seeds/010_lists.ts",
      `export async function seed(op) {
        await op.ensureRows("lists", [
          { id: 1, name: "Inbox", is_open: true, note: null, made_at: new Date("2026-01-02T03:04:05Z") },
          { id: 2, name: "Later", is_open: false },
        ], { key: ["id"] });
      }`,
    );
    await project.limbeck("upgrade head");
  });

  afterEach(async () => {
    project.dispose();
    await database.drop();
  });

  const configure = (keys: string): void =>
    project.write("limbeck.config.ts", `export default { url: ${JSON.stringify(database.url)}, ${keys} };\n`);

  const names = async (): Promise<readonly unknown[]> =>
    (await database.rows("SELECT name FROM lists ORDER BY id")).map(({ name }) => name);

  const seedOf = (result: Readonly<Record<string, unknown>>): unknown => {
    const { data } = result;
    return typeof data === "object" && data !== null && "seeds" in data && Array.isArray(data.seeds)
      ? data.seeds.map(({ milliseconds: _time, ...rest }: Record<string, unknown>) => rest)
      : result;
  };

  it.each([
    ["op.ensureRows", "a text", `op.ensureRows("lists", [{ id: 3, name: "x" + name }], { key: ["id"] })`],
    ["op.ensureRows", "a value", `op.ensureRows("lists", [{ id: 3, name }], { key: ["id"] })`],
    ["op.execute", "a text", `op.execute("INSERT INTO lists (id, name) VALUES (3, '" + name + "')")`],
    ["op.query", "a text", `op.query("SELECT '" + name + "'")`],
  ])("writes no promise: %s with one as %s", async (method, as, call) => {
    project.write(
      "seeds/020_more.ts",
      `export const seed = (op) => {\nconst name = Promise.resolve("x");\nreturn ${call};\n};`,
    );
    const { exitCode, error } = await project.limbeckJson("seed");
    expect({ exitCode, error }).toMatchObject({
      exitCode: 7,
      error: {
        code: "LB1505",
        title: expect.stringMatching(/020_more\.ts:3:\d+\): A promise was (put into|given to) /),
      },
    });
    expect(JSON.stringify(error)).toContain(as === "a text" ? "into a text that was given to" : "as a value");
    expect(JSON.stringify(error)).toContain(method);
    expect(await names()).toEqual([]);
  });

  it("sets text that differs in case only, and sets it once", async () => {
    project.write(
      "seeds/020_case.ts",
      `export const seed = (op) => op.ensureRows("lists", [{ id: 1, name: "INBOX" }], { key: ["id"] });`,
    );
    await project.limbeck("seed --only lists");
    expect(seedOf(await project.limbeckJson("seed --only case"))).toEqual([{ seed: "020_case", ...counts(0, 1) }]);
    expect(await names()).toEqual(["INBOX", "Later"]);
    expect(seedOf(await project.limbeckJson("seed --only case"))).toEqual([{ seed: "020_case", ...counts(0, 0) }]);
  });

  it("adds what is missing, sets what differs, leaves the rest alone, and does nothing when run again", async () => {
    expect(seedOf(await project.limbeckJson("seed"))).toEqual([{ seed: "010_lists", ...counts(2, 0) }]);
    expect(seedOf(await project.limbeckJson("seed"))).toEqual([{ seed: "010_lists", ...counts(0, 0) }]);
    await database.run(
      "UPDATE lists SET note = 'of the user', name = 'Changed' WHERE id = 2",
      "UPDATE lists SET note = 'not to be' WHERE id = 1",
      "INSERT INTO lists (id, name) VALUES (3, 'Mine')",
    );
    expect(seedOf(await project.limbeckJson("seed"))).toEqual([{ seed: "010_lists", ...counts(0, 2) }]);
    expect(await database.rows("SELECT name, note FROM lists ORDER BY id")).toEqual([
      { name: "Inbox", note: null },
      { name: "Later", note: "of the user" },
      { name: "Mine", note: null },
    ]);
  });

  it("takes documents, which engines cannot compare", async () => {
    project.write(
      "seeds/020_settings.ts",
      `export const seed = (op) => { op.ensureRows("lists", [{ id: 9, name: "Nine", settings: { a: [1] } }], { key: ["id"] }); };`,
    );
    await project.limbeckJson("seed --only settings");
    expect(seedOf(await project.limbeckJson("seed --only settings"))).toMatchObject([{ seed: "020_settings" }]);
    const [row] = await database.rows("SELECT settings FROM lists WHERE id = 9");
    const { settings } = row ?? {};
    expect(typeof settings === "string" ? JSON.parse(settings) : settings).toEqual({ a: [1] });
  });

  it("runs statements of .sql files and of code, in the order of the names, with bound values", async () => {
    project.write(
      "seeds/020_more.sql",
      "-- two of them\nINSERT INTO lists (id, name) VALUES (5, 'a;b');\nUPDATE lists SET note = 'x';\n",
    );
    project.write(
      "seeds/030_code.ts",
      `export async function seed(op) {
        const rows = await op.query("SELECT id FROM lists WHERE note = ${first}", ["x"]);
        await op.execute("UPDATE lists SET name = ${first}", { parameters: [String(rows.length)] });
      }`,
    );
    expect(seedOf(await project.limbeckJson("seed"))).toEqual([
      { seed: "010_lists", ...counts(2, 0) },
      { seed: "020_more", ...counts(0, 0, 4) },
      { seed: "030_code", ...counts(0, 0, 3) },
    ]);
    expect(await names()).toEqual(["3", "3", "3"]);
  });

  it("takes everything back when one fails, and says where", async () => {
    project.write("seeds/020_bad.sql", "UPDATE lists SET note = 'x';\n\nINSERT INTO nowhere VALUES (1);\n");
    const result = await project.limbeckJson("seed");
    expect(result).toMatchObject({
      exitCode: 7,
      error: { code: "LB1505", context: { seed: "020_bad", sql: "INSERT INTO nowhere VALUES (1)" } },
    });
    expect(result["error"]).toMatchObject({
      title: expect.stringContaining("020_bad.sql:3"),
      why: expect.stringMatching(/nowhere/),
    });
    expect(await names()).toEqual([]);
  });

  it.each(["CREATE TABLE x (id INTEGER)", "COMMIT"])("refuses %s, and takes everything back", async (sql) => {
    project.write("seeds/020_bad.ts", `export const seed = (op) => op.execute(${JSON.stringify(sql)});`);
    const result = await project.limbeckJson("seed");
    expect(result).toMatchObject({ exitCode: 2, error: { code: "LB1506", context: { sql } } });
    expect(result["error"]).toMatchObject({ title: expect.stringContaining("020_bad.ts:1:") });
    expect(await names()).toEqual([]);
  });

  it("wants the database at head, and names what is missing", async () => {
    project.writeRevision("b2", "a1", "second", { up: `await op.addColumn("lists", "more", text());` });
    expect(await project.limbeckJson("seed")).toMatchObject({
      exitCode: 4,
      error: { code: "LB1503", fix: ["limbeck upgrade head"], context: { pending: ["b2"] } },
    });
    expect(await names()).toEqual([]);
  });

  it("wants the name of a protected database", async () => {
    configure("protected: true");
    const name = /([^/]+)$/.exec(database.url)?.[1] ?? "";
    expect(await project.limbeckJson("seed")).toMatchObject({ exitCode: 2, error: { code: "LB1071" } });
    expect(await names()).toEqual([]);
    expect(await project.limbeckJson(`seed --confirm ${name}`)).toMatchObject({ exitCode: 0 });
    expect(await names()).toEqual(["Inbox", "Later"]);
  });
});

describe("limbeck seed", () => {
  let project: TestProject;

  beforeEach(() => {
    project = createTestProject();
    project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };\n`);
    project.writeRevision("a1", null, "first", {
      up: `await op.createTable("t", { id: integer().primaryKey(), n: integer() });`,
    });
  });

  afterEach(() => project.dispose());

  it("tells what each seed did", async () => {
    await project.limbeck("upgrade head");
    project.write(
      "seeds/010_t.ts",
      `export const seed = (op) => op.ensureRows("t", [{ id: 1, n: 1 }], { key: ["id"] });`,
    );
    const { exitCode, stdout, stderr } = await project.limbeck("seed");
    expect([exitCode, stdout]).toEqual([0, ""]);
    expect(
      stderr
        .replaceAll(/(<1|\d+) ms/g, "N ms")
        .split("\n")
        .slice(1),
    ).toEqual(["010_t · 1 row added N ms", "✔ 1 seed run.", ""]);
    expect((await project.limbeck("seed")).stderr).toContain("010_t · nothing to do");
  });

  it("says what to write where there are none", async () => {
    expect(await project.limbeckJson("seed")).toMatchObject({ exitCode: 2, error: { code: "LB1501" } });
    project.write("limbeck.config.ts", `export default { url: "sqlite:app.db", seeds: "fixtures" };\n`);
    expect(await project.limbeckJson("seed")).toMatchObject({
      error: { title: expect.stringContaining("fixtures") },
    });
  });

  it.each([
    ["users.ts", "export const sead = () => {};", "LB1504", "no function called seed"],
    ["users.ts", "export const seed = (", "LB1504", "users.ts:1"],
    ["users.sql", "INSERT INTO t VALUES ('", "LB1504", "users"],
    ["users.ts", `export const seed = () => { throw new Error("mine"); };`, "LB1505", "users.ts:1:"],
    [
      "users.ts",
      `export const seed = (op) => op.ensureRows("t", [{ n: 1 }], { key: ["id"] });`,
      "LB1508",
      "does not say its id",
    ],
    [
      "users.ts",
      `export const seed = (op) => op.ensureRows("t", [{ id: 1, n: 1 }, { id: 2, n: 1 }, { id: 1, n: 2 }], { key: ["id"] });`,
      "LB1509",
      "id = 1",
    ],
  ])("explains a mistake: %s with %s", async (name, text, code, words) => {
    await project.limbeck("upgrade head");
    project.write(`seeds/${name}`, text);
    const { ok, error } = await project.limbeckJson("seed");
    expect({ ok, error }).toMatchObject({ ok: false, error: { code } });
    expect(JSON.stringify(error)).toContain(words);
  });

  it("names the seed that is most like one that is not there", async () => {
    project.write("seeds/users.ts", "export const seed = () => {};");
    expect(await project.limbeckJson("seed --only usres")).toMatchObject({
      exitCode: 2,
      error: { code: "LB1502", fix: ["limbeck seed --only users"] },
    });
  });

  it("does what the guide shows", async () => {
    const guide = readFileSync(join(import.meta.dirname, "../../../../docs/seeds.md"), "utf8");
    const blocks = guide.matchAll(/^```(?:ts|sql)\n(?:\/\/|--) (seeds\/\S+)\n([^]*?)^```/gm);
    for (const [, path = "", text = ""] of blocks) project.write(path, text);
    expect(project.list("seeds")).toEqual(["010_lists.ts", "020_note.sql"]);
    project.writeRevision("b2", "a1", "lists", {
      up: `await op.execute("CREATE TABLE lists (id INTEGER PRIMARY KEY, name TEXT, is_open BOOLEAN, note TEXT)");`,
    });
    await project.limbeck("upgrade head");
    const seeds = [{ inserted: 2 }, { changed: 2 }];
    expect(await project.limbeckJson("seed")).toMatchObject({ exitCode: 0, data: { seeds } });
    const again = [{ inserted: 0, updated: 0 }, { changed: 0 }];
    expect(await project.limbeckJson("seed")).toMatchObject({ data: { seeds: again } });
    expect(await project.limbeckJson("seed --only lists")).toMatchObject({ data: { seeds: [{ seed: "010_lists" }] } });
  });

  it("takes everything back on Ctrl-C", async () => {
    await project.limbeck("upgrade head");
    project.write(
      "seeds/slow.ts",
      `export async function seed(op) {
        await op.execute("INSERT INTO t (id) VALUES (1)");
        console.error("begun");
        await new Promise((resolve) => setTimeout(resolve, 60_000));
      }`,
    );
    let isAsked = false;
    const { status, stdout } = await runProgram(project.folder, ["seed", "--json"], {
      onStderr: (child, text) => {
        if (isAsked || !text.includes("begun")) return;
        isAsked = true;
        child.kill("SIGINT");
      },
    });
    expect([status, JSON.parse(stdout)]).toMatchObject([130, { error: { code: "LB1507" } }]);
    project.write(
      "seeds/slow.ts",
      `export async function seed(op) { if ((await op.query("SELECT id FROM t")).length > 0) throw new Error("kept"); }`,
    );
    expect(await project.limbeckJson("seed")).toMatchObject({ exitCode: 0 });
  });

  it("waits for another program, and says so when that does not let go", async () => {
    const { DatabaseSync } = await import("node:sqlite");
    project.write("limbeck.config.ts", `export default { url: "sqlite:app.db", tableLockTimeout: 0.3 };\n`);
    project.write("seeds/users.ts", `export const seed = (op) => op.execute("DELETE FROM t");`);
    await project.limbeck("upgrade head");
    const other = new DatabaseSync(`${project.folder}/app.db`);
    other.exec("BEGIN IMMEDIATE");
    const busy = { code: "LB1505", why: expect.stringContaining("database is locked") };
    expect(await project.limbeckJson("seed")).toMatchObject({ exitCode: 7, error: busy });
    project.write("limbeck.config.ts", `export default { url: "sqlite:app.db", tableLockTimeout: 5 };\n`);
    setTimeout(() => other.close(), 300);
    const end = await project.limbeckJson("seed");
    expect([end["exitCode"], end["error"]]).toEqual([0, undefined]);
  });

  it("says what the database finds at the end of the transaction", async () => {
    project.writeRevision("b2", "a1", "child", {
      up: `await op.execute("CREATE TABLE child (id INTEGER REFERENCES t (id) DEFERRABLE INITIALLY DEFERRED)");`,
    });
    project.write("seeds/users.sql", "INSERT INTO child VALUES (99);");
    await project.limbeck("upgrade head");
    const failed = { code: "LB1505", why: expect.stringContaining("FOREIGN KEY constraint failed") };
    expect(await project.limbeckJson("seed")).toMatchObject({ exitCode: 7, error: failed });
  });

  it("waits for a run that is at work, as long as it is told", async () => {
    project.write("seeds/users.ts", "export const seed = () => {};");
    await project.limbeck("upgrade head");
    const { sqlite } = await import("../../src/dialects/sqlite/index.ts");
    const lock = await sqlite.acquireLock(`sqlite:${project.folder}/app.db`, 0);
    try {
      expect(await project.limbeckJson("seed --lock-timeout 0")).toMatchObject({ exitCode: 8 });
    } finally {
      await lock.release();
    }
  });
});
