import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

const check = requirePostgres();

let database: PostgresDatabase;
let project: TestProject;

beforeEach(async (context) => {
  check(context);
  database = await createPostgresDatabase();
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
  project.writeRevision("a1", null, "moods", {
    up: `await op.createEnum("mood", ["good", "bad"]);
      await op.execute("CREATE TABLE notes (id integer PRIMARY KEY, mood mood, word text)");
      await op.execute("INSERT INTO notes VALUES (1, 'good', 'fine')");`,
    down: `await op.dropTable("notes"); await op.dropEnum("mood");`,
  });
});

afterEach(async () => {
  project.dispose();
  await database.drop();
});

const EXTEND = `await op.alterEnum("mood", ["good", "fine", "bad"]);`;
const NARROW = `await op.execute("UPDATE notes SET mood = 'good' WHERE mood = 'fine'");
  await op.execute("ALTER TABLE notes ALTER mood DROP DEFAULT");
  await op.alterEnum("mood", ["good", "bad"]);`;

const USES: Readonly<Record<string, string>> = {
  "a default": `await op.execute("ALTER TABLE notes ALTER mood SET DEFAULT 'fine'"); await op.execute("INSERT INTO notes (id) VALUES (2)");`,
  "a check": `await op.execute("ALTER TABLE notes ADD CONSTRAINT ok CHECK (mood <> 'fine' OR id > 1)"); await op.execute("INSERT INTO notes VALUES (2, 'fine')"); await op.execute("ALTER TABLE notes DROP CONSTRAINT ok");`,
  "an INSERT": `await op.execute("INSERT INTO notes VALUES (2, 'fine')");`,
  "a parameter": `await op.execute("INSERT INTO notes VALUES ($1, $2)", { parameters: [2, "fine"] });`,
  bulkInsert: `await op.bulkInsert("notes", [{ id: 2, mood: "fine" }]);`,
  "a text of a row": `await op.execute("INSERT INTO notes SELECT 2, word::mood FROM notes WHERE id = 1");`,
  "a read": `await op.query("INSERT INTO notes VALUES (2, 'fine') RETURNING id");`,
};

const readMoods = (): Promise<readonly unknown[]> =>
  database.rows("SELECT id, mood::text AS mood FROM notes ORDER BY id");

describe("a value that a revision adds to an enum, and uses", () => {
  it.each(Object.entries(USES))("commits before %s, and says so", async (_, use) => {
    project.writeRevision("b1", "a1", "fine", {
      up: `await op.execute("INSERT INTO notes VALUES (9, 'bad')"); ${EXTEND} ${use} await op.execute("DELETE FROM notes WHERE id = 9");`,
      down: NARROW,
    });
    const { exitCode, stderr } = await project.limbeck("upgrade head");
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining("Committed")]);
    expect(stderr.match(/Committed/g)).toHaveLength(1);
    expect(await readMoods()).toEqual([
      { id: 1, mood: "good" },
      { id: 2, mood: "fine" },
    ]);
    expect(await database.rows("SELECT version_num FROM limbeck_version")).toEqual([{ version_num: "b1" }]);
    expect(await project.limbeckJson("downgrade -1 --allow-data-loss")).toMatchObject({ exitCode: 0 });
  });

  it("stays in one transaction where the type is new, or nothing uses the value", async () => {
    project.writeRevision("b1", "a1", "size", {
      up: `${EXTEND} await op.createEnum("size", ["big"]); await op.execute("CREATE TABLE sizes (size size DEFAULT 'big')");
        await op.execute("INSERT INTO sizes DEFAULT VALUES"); await op.execute("SELECT nothing");`,
    });
    const { exitCode, stderr } = await project.limbeck("upgrade head");
    expect([exitCode, stderr]).toEqual([7, expect.not.stringContaining("Committed")]);
    expect(await database.rows("SELECT to_regclass('sizes')::text AS sizes")).toEqual([{ sizes: null }]);
    expect(await database.rows("SELECT 'fine' = ANY (enum_range(NULL::mood)::text[]) AS added")).toEqual([
      { added: false },
    ]);
  });

  it("is told in the stream of events, without the marks that find it out", async () => {
    project.writeRevision("b1", "a1", "fine", { up: `${EXTEND} ${USES["an INSERT"] ?? ""}`, down: NARROW });
    const { exitCode, stdout } = await project.limbeck("upgrade head --json=stream");
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('"event":"committed"')]);
    expect(stdout).not.toContain("SAVEPOINT");
  });

  it("stands in a script as it runs", async () => {
    project.writeRevision("b1", "a1", "fine", { up: `${EXTEND} ${USES["an INSERT"] ?? ""}`, down: NARROW });
    const { stdout } = await project.limbeck("upgrade head --sql");
    expect(stdout).toMatch(
      /ADD VALUE 'fine' AFTER 'good';\s+(?:--[^\n]*\s+)?COMMIT;\s+BEGIN;\s+INSERT INTO notes VALUES \(2, 'fine'\);/,
    );
    execFileSync("psql", ["-q", "-v", "ON_ERROR_STOP=1", database.url], { input: stdout });
    expect(await readMoods()).toHaveLength(2);
    expect(await database.rows("SELECT version_num FROM limbeck_version")).toEqual([{ version_num: "b1" }]);
  });

  it("is tried by limbeck test, and by .sql revisions", async () => {
    project.write(
      "migrations/versions/b1_fine.sql",
      `-- fine\n--\n-- revision: b1\n-- down_revision: a1\n\n-- limbeck: upgrade\nALTER TYPE mood ADD VALUE 'fine';\nINSERT INTO notes (id, mood) VALUES (-2, 'fine');\n\n-- limbeck: downgrade\n
DELETE FROM notes WHERE id = -2; ALTER TABLE notes ALTER mood TYPE text; DROP TYPE mood; CREATE TYPE mood AS ENUM ('good', 'bad'); ALTER TABLE notes ALTER mood TYPE mood USING CASE mood WHEN 'fine' THEN 'good' ELSE mood END::mood;\n`,
    );
    const tested = await project.limbeck("test");
    expect([tested.exitCode, tested.stderr]).toEqual([0, expect.any(String)]);
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(await readMoods()).toHaveLength(2);
  });

  it("is proven when a revision is generated that uses it", async () => {
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
    project.write(
      "schema.sql",
      "CREATE TYPE mood AS ENUM ('good', 'bad', 'fine'); CREATE TABLE notes (id integer PRIMARY KEY, mood mood DEFAULT 'fine', word text);",
    );
    project.write("limbeck.config.ts", `export default { url: "${database.url}", models: "schema.sql" };\n`);
    const made = await project.limbeck(`revision -m fine --autogenerate`);
    expect([made.exitCode, made.stderr]).toEqual([0, expect.any(String)]);
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson("downgrade -1 --allow-data-loss")).toMatchObject({ exitCode: 0 });
  });

  it("keeps whose a view is that goes before the commit and comes after it", async () => {
    await project.limbeck("upgrade head");
    const role = `owner_${database.url.split("/").at(-1) ?? ""}`;
    await database.run(`CREATE ROLE ${role}`, "CREATE VIEW bad AS SELECT id FROM notes WHERE mood = 'bad'");
    await database.run(`ALTER VIEW bad OWNER TO ${role}`);
    try {
      project.writeRevision("b1", "a1", "fine", {
        up: `await op.dropView("bad"); ${EXTEND} await op.createView("bad", "SELECT id FROM notes WHERE mood <> 'fine'");`,
      });
      const { exitCode, stderr } = await project.limbeck("upgrade head");
      expect([exitCode, stderr]).toEqual([0, expect.stringContaining("Committed")]);
      expect(
        await database.rows("SELECT pg_get_userbyid(relowner)::text AS owner FROM pg_class WHERE relname = 'bad'"),
      ).toEqual([{ owner: role }]);
    } finally {
      await database.run("DROP VIEW IF EXISTS bad", `DROP ROLE ${role}`);
    }
  });
});

describe("a revision that stops behind such a commit", () => {
  it("says what stays, and goes on with the statement behind those that are done, in the middle of a call too", async () => {
    const write = (last: string): void =>
      project.writeRevision("b1", "a1", "fine", {
        up: `await op.execute("INSERT INTO notes VALUES (2, 'bad')"); ${EXTEND}
          await op.execute("INSERT INTO notes VALUES (3, 'bad'); INSERT INTO notes VALUES (4, 'fine')"); await op.execute("${last}");`,
      });
    write("SELECT nothing");
    const failed = await project.limbeck("upgrade head");
    expect(failed.exitCode).toBe(7);
    expect(failed.stderr).toContain("INSERT INTO notes VALUES (3, 'bad')");
    expect(failed.stderr).not.toContain("INSERT INTO notes VALUES (4, 'fine')");
    expect(await readMoods()).toHaveLength(3);
    write("UPDATE notes SET id = id + 10");
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(await readMoods()).toEqual([11, 12, 13, 14].map((id) => expect.objectContaining({ id })));
  });
});
