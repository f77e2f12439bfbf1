import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

const check = requirePostgres();

/** Who wrote a row: rows of one statement have both numbers alike. https://www.postgresql.org/docs/current/ddl-system-columns.html */
const WRITER = "xmin::text AS transaction, cmin::text AS command";

const HISTORY = "SELECT revision, direction, event FROM limbeck_history ORDER BY id";

describe.each(["pg", "postgres"])("the end of a revision, through %s", (driver) => {
  let database: PostgresDatabase;
  let project: TestProject;

  const configure = (more: string): void =>
    project.write("limbeck.config.ts", `export default { url: "${database.url}", driver: "${driver}"${more} };\n`);

  beforeEach(async (context) => {
    check(context);
    database = await createPostgresDatabase();
    project = createTestProject();
    configure("");
    project.writeRevision("a001", null, "first", {
      up: `await op.createTable("todos", { id: integer().primaryKey() });`,
      down: `await op.dropTable("todos");`,
    });
  });
  afterEach(async () => {
    project.dispose();
    await database.drop();
  });

  const writeSecond = (up: string): void =>
    project.writeRevision("b002", "a001", "second", { up, down: `await op.dropTable("notes");` });

  it("is recorded in the version table and in the journal by one statement, on the way up and down", async () => {
    writeSecond(`await op.createTable("notes", { id: integer().primaryKey() });`);
    for (const line of ["upgrade head", "downgrade -1"]) {
      expect({ line, ...(await project.limbeck(line)) }).toMatchObject({ line, exitCode: 0 });
      const [entry] = await database.rows(`SELECT ${WRITER} FROM limbeck_history ORDER BY id DESC LIMIT 1`);
      expect(entry).toMatchObject({ command: expect.stringMatching(/^\d+$/) });
      expect(await database.rows(`SELECT ${WRITER} FROM limbeck_version`)).toEqual([entry]);
    }
    expect(await database.rows("SELECT version_num FROM limbeck_version")).toEqual([{ version_num: "a001" }]);
    expect(await database.rows(HISTORY)).toEqual([
      { revision: "a001", direction: "upgrade", event: "finished" },
      { revision: "b002", direction: "upgrade", event: "finished" },
      { revision: "b002", direction: "downgrade", event: "finished" },
    ]);
  });

  it("is not recorded at all where somebody has moved the version row meanwhile", async () => {
    await project.limbeck("upgrade head");
    writeSecond(
      `await op.createTable("notes", { id: integer().primaryKey() });
       await op.execute("UPDATE limbeck_version SET version_num = 'elsewhere'");`,
    );
    const run = await project.limbeckJson("upgrade head");
    expect(run).toMatchObject({ error: { code: "LB0707" } });
    expect(await database.rows("SELECT version_num FROM limbeck_version")).toEqual([{ version_num: "a001" }]);
    expect(await database.rows("SELECT to_regclass('notes') AS notes")).toEqual([{ notes: null }]);
    const entries = await database.rows("SELECT revision FROM limbeck_history WHERE event = 'finished'");
    expect(entries).toEqual([{ revision: "a001" }]);
  });

  it.each([
    ["the version table", "ON UPDATE TO limbeck_version", "NEW.version_num"],
    [
      "the version table, on a condition",
      "ON UPDATE TO limbeck_version WHERE NEW.version_num <> ''",
      "NEW.version_num",
    ],
    ["the journal", "ON INSERT TO limbeck_history", "NEW.revision"],
  ])("is recorded by two statements where %s has a rule", async (_, event, value) => {
    await project.limbeck("upgrade head");
    await database.run(
      `CREATE TABLE audit (revision text); CREATE RULE audited AS ${event} DO ALSO INSERT INTO audit VALUES (${value})`,
    );
    writeSecond(`await op.createTable("notes", { id: integer().primaryKey() });`);
    for (const line of ["upgrade head", "downgrade -1"]) {
      expect({ line, ...(await project.limbeck(line)) }).toMatchObject({ line, exitCode: 0 });
    }
    expect(await database.rows("SELECT version_num FROM limbeck_version")).toEqual([{ version_num: "a001" }]);
    expect(await database.rows(HISTORY)).toHaveLength(3);
    expect(await database.rows("SELECT revision FROM audit LIMIT 1")).toEqual([{ revision: "b002" }]);
  });

  it("is told as the statement that moves the version row, without the journal", async () => {
    const { stdout } = await project.limbeck("upgrade head --json=stream");
    expect(stdout).toContain(`INSERT INTO \\"limbeck_version\\"`);
    expect(stdout).not.toMatch(/INSERT INTO \\"limbeck_history|WITH noted/);
  });

  it("is in the version table when a hook behind the revision looks", async () => {
    configure(`, hooks: { async afterRevision({ op }) {
      await op.execute("CREATE TABLE seen AS SELECT version_num, (SELECT count(*)::text FROM limbeck_history) AS entries FROM limbeck_version");
    } }`);
    expect(await project.limbeck("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(await database.rows("SELECT * FROM seen")).toEqual([{ version_num: "a001", entries: "0" }]);
    expect(await database.rows(HISTORY)).toEqual([{ revision: "a001", direction: "upgrade", event: "finished" }]);
  });
});
