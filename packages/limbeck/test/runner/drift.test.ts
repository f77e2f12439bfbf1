import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openEnvironment } from "../../src/commands/environment.ts";
import { upgrade } from "../../src/commands/upgrade.ts";
import { withLock } from "../../src/commands/with-database.ts";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { CRASH_ENGINES, type CrashDatabase } from "./crash-engine.ts";

describe.each(CRASH_ENGINES)("changes by hand on $name", ({ dialect, create, require }) => {
  const check = require();
  let project: TestProject;
  let database: CrashDatabase;

  async function run(...statements: readonly string[]): Promise<void> {
    const connection = await dialect.connect(database.url);
    try {
      for (const sql of statements) await connection.execute(sql);
    } finally {
      await connection.close();
    }
  }

  const expectOk = async (line: string): Promise<void> => {
    const { exitCode, stderr } = await project.limbeck(line);
    expect([exitCode, stderr]).toEqual([0, expect.any(String)]);
  };

  beforeEach(async (context) => {
    check(context);
    project = createTestProject();
    database = await create(project.folder);
    project.write("limbeck.config.ts", `export default { url: "${database.url}", models: "schema.sql" };\n`);
    project.write("schema.sql", "CREATE TABLE todos (id integer PRIMARY KEY, title text);");
    project.writeRevision("a1", null, "todos", {
      up: `await op.createTable("todos", { id: integer().primaryKey(), title: text() }); await op.execute("INSERT INTO todos VALUES (1, 'a')");`,
      down: `await op.dropTable("todos");`,
    });
  });

  afterEach(async () => {
    await database.drop();
    project.dispose();
  });

  const addRevision = (): void =>
    project.writeRevision("b2", "a1", "due", {
      up: `await op.addColumn("todos", "due", integer());`,
      down: `await op.dropColumn("todos", "due");`,
    });

  it("let `upgrade --strict` pass where there are none, and rows do not count", async () => {
    await expectOk("upgrade head --strict");
    await run("INSERT INTO todos VALUES (2, 'b')", "COMMIT").catch(() => undefined);
    addRevision();
    await expectOk("upgrade head --strict");
    expect(await project.limbeckJson("upgrade head --strict")).toMatchObject({ exitCode: 0, data: { steps: [] } });
  });

  it("are refused by `upgrade --strict`, which names them, and runs nothing", async () => {
    await expectOk("upgrade head");
    await run("ALTER TABLE todos ADD COLUMN note text");
    addRevision();
    const refused = await project.limbeckJson("upgrade head --strict");
    expect(refused).toMatchObject({
      exitCode: 5,
      error: {
        code: "LB1601",
        // With revisions pending none can be written from the database.
        fix: ["limbeck diff database rev:a1 --sql"],
        context: { drift: ["- drop column note from todos"], since: ["table todos was changed"] },
      },
    });
    expect(await project.limbeckJson("upgrade head --dry-run --strict")).toMatchObject({ exitCode: 5 });
    expect(await project.limbeckJson("current")).toMatchObject({ data: { rows: ["a1"] } });
    const checked = await project.limbeckJson("check");
    expect(checked).toMatchObject({ exitCode: 5, error: { why: expect.stringContaining("table todos was changed") } });
    await expectOk("upgrade head");
    // The run has seen the column; the revisions still know nothing of it, and that is the business of check.
    await expectOk("upgrade head --strict");
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 5 });
  });

  it("are told by the table that an index belongs to, and by what was made beside it", async () => {
    await expectOk("upgrade head");
    await run("CREATE INDEX by_title ON todos (id)", "CREATE VIEW titles AS SELECT title FROM todos");
    expect(await project.limbeckJson("upgrade head --strict")).toMatchObject({
      exitCode: 5,
      error: { context: { since: ["table todos was changed", "view titles is new"] } },
    });
    await run("DROP VIEW titles", "DROP INDEX by_title ON todos").catch(() => run("DROP INDEX by_title"));
    await expectOk("upgrade head --strict");
  });

  it("are adopted by `revision --from-database`, proven and stamped", async () => {
    await expectOk("upgrade head");
    await run("ALTER TABLE todos ADD COLUMN note text", "CREATE TABLE extra (id integer PRIMARY KEY)");
    const made = await project.limbeck(`revision -m adopted --from-database`);
    expect([made.exitCode, made.stderr]).toEqual([0, expect.stringContaining("stamped")]);
    const [file = ""] = project.list("migrations/versions").filter((name) => name.includes("adopted"));
    const text = project.read(`migrations/versions/${file}`);
    expect(text).toContain(`"note"`);
    expect(text).toContain(`"extra"`);
    expect(await project.limbeckJson("current")).toMatchObject({ data: { isAtHead: true } });
    await expectOk("upgrade head --strict");
    await expectOk("verify");
    await expectOk("downgrade a1 --allow-data-loss");
    await expectOk("upgrade head");
    expect(await project.limbeckJson("revision -m again --from-database")).toMatchObject({
      exitCode: 2,
      error: { code: "LB1003" },
    });
  });

  it("are found by the revisions where the journal says nothing, as after a script or an older version", async () => {
    await expectOk("upgrade head");
    await run("UPDATE limbeck_history SET detail = NULL", "COMMIT").catch(() => undefined);
    addRevision();
    await expectOk("upgrade a1 --strict");
    await run("ALTER TABLE todos ADD COLUMN note text");
    expect(await project.limbeckJson("upgrade head --strict")).toMatchObject({
      exitCode: 5,
      error: { code: "LB1601", context: { since: [] } },
    });
    await expectOk("stamp a1");
    await expectOk("upgrade head --strict");
  });

  it("do not count where they are to what no revision speaks of", async () => {
    await expectOk("upgrade head");
    await run("CREATE VIEW by_another AS SELECT id FROM todos");
    addRevision();
    expect(await project.limbeckJson("upgrade head --strict")).toMatchObject({ exitCode: 0, data: { to: ["b2"] } });
  });

  it("are refused where they were made while `upgrade --strict` waited for its turn", async () => {
    await expectOk("upgrade head");
    addRevision();
    let waits = (): void => undefined;
    const waiting = new Promise<void>((resolve) => {
      waits = resolve;
    });
    const other = await openEnvironment({ cwd: project.folder, env: {} });
    const environment = await openEnvironment(
      { cwd: project.folder, env: {} },
      { onEvent: (event) => event.kind === "waiting" && waits() },
    );
    const { started } = await withLock(other, async () => {
      const begun = upgrade(environment, { target: "head", strict: true });
      await Promise.race([waiting, begun]);
      await run("ALTER TABLE todos ADD COLUMN note text");
      return { started: begun };
    });
    await expect(started).rejects.toMatchObject({
      code: "LB1601",
      context: { drift: ["- drop column note from todos"] },
    });
    expect(await project.limbeckJson("current")).toMatchObject({ data: { rows: ["a1"] } });
  });
});

describe("changes by hand on PGlite, which has one session", () => {
  it("are looked for under the lock", async () => {
    const project = createTestProject();
    try {
      project.write("limbeck.config.ts", `export default { url: "pglite:./data", lockTimeout: 100 };\n`);
      project.writeRevision("a1", null, "todos", { up: `await op.createTable("todos", { id: integer() });` });
      expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0, data: { to: ["a1"] } });
      project.writeRevision("b2", "a1", "due", { up: `await op.addColumn("todos", "due", integer());` });
      expect(await project.limbeckJson("upgrade head --strict")).toMatchObject({ exitCode: 0, data: { to: ["b2"] } });
    } finally {
      project.dispose();
    }
  });
});
