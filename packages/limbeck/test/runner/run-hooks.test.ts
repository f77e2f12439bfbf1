import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createMariadbDatabase, requireMariadb } from "../support/mariadb-server.ts";
import { createPostgresDatabase, requirePostgres } from "../support/postgres-server.ts";
import { createSqliteDatabase, type SqliteDatabase } from "../support/sqlite-database.ts";
import { runProgram } from "../support/run-program.ts";
import { readLines } from "../support/stream-lines.ts";

const ENGINES = [
  { name: "SQLite", require: () => undefined, create: createSqliteDatabase, commitsAlone: false },
  { name: "PostgreSQL", require: requirePostgres(), create: createPostgresDatabase, commitsAlone: false },
  { name: "MariaDB", require: requireMariadb(), create: createMariadbDatabase, commitsAlone: true },
];

/** Code of a hook that adds a line to the audit, in the order of the calls. */
const note = (line: string): string => `op.execute(\`INSERT INTO audit SELECT count(*), '${line}' FROM audit\`)`;

const NOTING = {
  beforeRun: `async ({ op, from, revisions }) => { await ${note("beforeRun ${from.join()}>${revisions.map((r) => r.revision).join()}")}; }`,
  beforeRevision: `({ op, revision, direction }) => { ${note("before ${direction} ${revision}")}; }`,
  afterRevision: `async ({ op, revision }) => {
    const rows = await op.query("SELECT version_num FROM limbeck_version");
    await ${note("after ${revision}, version ${rows.map((row) => row.version_num).join()}")};
  }`,
  afterRun: `async ({ op, outcome, error, finished }) => { await ${note("afterRun ${outcome} ${error?.code ?? ''} ${finished.map((r) => r.revision).join()}")}; }`,
};

describe.each(ENGINES)("hooks of the config on $name", ({ require, create, commitsAlone }) => {
  let project: TestProject;
  let database: Pick<SqliteDatabase, "url" | "rows" | "drop">;

  beforeEach(require);

  beforeEach(async () => {
    project = createTestProject();
    database = await create("CREATE TABLE audit (n INTEGER, line VARCHAR(200))");
    project.writeRevision("a1", null, "first", {
      up: `await op.createTable("t", { id: integer().primaryKey() });`,
      down: `await op.dropTable("t");`,
    });
    project.writeRevision("b2", "a1", "second", {
      up: `await op.bulkInsert("t", [{ id: 1 }]);`,
      down: `await op.execute("DELETE FROM t");`,
    });
  });

  afterEach(async () => {
    project.dispose();
    await database.drop();
  });

  const configure = (hooks: Readonly<Record<string, string>>): void => {
    const members = Object.entries(hooks).map(([name, code]) => `${name}: ${code},`);
    project.write(
      "limbeck.config.ts",
      `export default { url: ${JSON.stringify(database.url)}, hooks: {\n${members.join("\n")}\n} };\n`,
    );
  };

  const readAudit = async (): Promise<readonly unknown[]> =>
    (await database.rows("SELECT line FROM audit ORDER BY n")).map(({ line }) => line);

  it("are called around the run and around each revision, in its transaction", async () => {
    configure(NOTING);
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0, data: { to: ["b2"] } });
    expect(await readAudit()).toEqual([
      "beforeRun >a1,b2",
      "before up a1",
      "after a1, version a1",
      "before up b2",
      "after b2, version b2",
      "afterRun succeeded  a1,b2",
    ]);
    expect(await project.limbeckJson("downgrade -1 --allow-data-loss")).toMatchObject({ exitCode: 0 });
    expect((await readAudit()).slice(6)).toEqual([
      "beforeRun b2>b2",
      "before down b2",
      "after b2, version a1",
      "afterRun succeeded  b2",
    ]);
  });

  it("are not called where nothing is left to run", async () => {
    configure({});
    await project.limbeck("upgrade head");
    configure(NOTING);
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0, data: { steps: [] } });
    expect(await readAudit()).toEqual([]);
  });

  it("refuse a run with beforeRun, before anything of it happens", async () => {
    configure({ ...NOTING, beforeRun: `() => { throw new Error("disk is full"); }` });
    const result = await project.limbeckJson("upgrade head");
    expect(result).toMatchObject({
      exitCode: 2,
      error: { code: "LB0722", context: { hook: "beforeRun", message: "disk is full" } },
    });
    expect(result["error"]).toMatchObject({ title: expect.stringContaining("limbeck.config.ts:2:") });
    expect(await readAudit()).toEqual([]);
    expect(await project.limbeckJson("current")).toMatchObject({ data: { rows: [] } });
  });

  it.each(["beforeRevision", "afterRevision"] as const)("roll a revision back with %s, and say so", async (hook) => {
    configure({
      afterRun: NOTING.afterRun,
      [hook]: `async ({ op, revision }) => {
        await ${note("lost with ${revision}")};
        if (revision === "b2") await op.execute("INSERT INTO nowhere VALUES (1)");
      }`,
    });
    const result = await project.limbeckJson("upgrade head");
    expect(result).toMatchObject({
      exitCode: 7,
      error: { code: "LB0720", context: { hook, revision: "b2", sql: "INSERT INTO nowhere VALUES (1)" } },
    });
    expect(result["error"]).toMatchObject({ why: expect.stringMatching(/The database says: .*nowhere/) });
    expect(await project.limbeckJson("current")).toMatchObject({ data: { rows: ["a1"] } });
    expect(await database.rows("SELECT id FROM t")).toEqual([]);
    expect(await readAudit()).toEqual(["lost with a1", "afterRun failed LB0720 a1"]);
  });

  it("tell a failure of afterRun, after which the revisions stay", async () => {
    configure({ afterRun: `async ({ op }) => op.execute("INSERT INTO nowhere VALUES (1)")` });
    expect(await project.limbeckJson("upgrade head")).toMatchObject({
      exitCode: 7,
      error: { code: "LB0723", context: { finished: ["a1", "b2"] } },
    });
    expect(await project.limbeckJson("current")).toMatchObject({ data: { rows: ["b2"] } });
  });

  it("do not hide why a run failed when afterRun fails as well", async () => {
    project.writeRevision("c3", "b2", "third", { up: `throw new Error("third");` });
    configure({ afterRun: `() => { throw new Error("from afterRun"); }` });
    const { exitCode, stdout } = await project.limbeck("upgrade head --json=stream");
    const lines = readLines(stdout);
    expect({ exitCode, lines }).toMatchObject({ exitCode: 7, lines: expect.any(Array) });
    expect(lines.find(({ event }) => event === "notice")).toMatchObject({
      severity: "WARNING",
      message: expect.stringContaining("from afterRun"),
    });
    expect(lines.find(({ event }) => event === "error")).toMatchObject({ error: { code: "LB0703" } });
  });

  it.each(["COMMIT", ...(commitsAlone ? ["CREATE TABLE x (id INTEGER)"] : [])])(
    "must not end the transaction with %s",
    async (sql) => {
      configure({ afterRevision: `({ op }) => op.execute(${JSON.stringify(sql)})` });
      expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 7, error: { code: "LB0721" } });
      expect(await project.limbeckJson("current")).toMatchObject({ data: { rows: [] } });
    },
  );

  it.each(["beforeRun", "beforeRevision", "afterRevision", "afterRun"])(
    "write no promise into a statement: %s",
    async (hook) => {
      configure({
        [hook]: `async ({ op }) => { const n = op.query("SELECT 1"); await op.execute("INSERT INTO audit VALUES (1, '" + n + "')"); }`,
      });
      const { exitCode, error } = await project.limbeckJson("upgrade head");
      expect({ exitCode, error }).toMatchObject({
        exitCode: hook === "beforeRun" ? 2 : 7,
        error: {
          code: "LB0727",
          title: expect.stringMatching(
            new RegExp(`^${hook} of the config failed.*limbeck\\.config\\.ts:2:.*text that was given to "op.execute"`),
          ),
          why: expect.stringMatching(/rolled back|No revision was run|stay applied/),
          fix: [expect.stringMatching(/^limbeck edit \S+limbeck\.config\.ts:2:\d+ +# write await/)],
        },
      });
      expect(await readAudit()).toEqual([]);
    },
  );

  it("begin and end no transaction by a query either", async () => {
    configure({ beforeRun: `({ op }) => op.query("BEGIN")` });
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 7, error: { code: "LB0725" } });
    configure({ afterRevision: `({ op }) => op.query("COMMIT")` });
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 7, error: { code: "LB0721" } });
    expect(await project.limbeckJson("current")).toMatchObject({ data: { rows: [] } });
  });

  it.each(["BEGIN", "COMMIT", "ROLLBACK"])("of a run have no transactions, and refuse %s", async (sql) => {
    configure({ beforeRun: `({ op }) => op.execute(${JSON.stringify(sql)})` });
    expect(await project.limbeckJson("upgrade head")).toMatchObject({
      exitCode: 7,
      error: { code: "LB0725", why: expect.stringContaining("No revision was run.") },
    });
    expect(await project.limbeckJson("current")).toMatchObject({ data: { rows: [] } });
    configure({ afterRun: `({ op }) => op.execute(${JSON.stringify(sql)})` });
    expect(await project.limbeckJson("upgrade head")).toMatchObject({
      exitCode: 7,
      error: { code: "LB0725", why: expect.stringContaining("stay applied") },
    });
    expect(await project.limbeckJson("current")).toMatchObject({ data: { rows: ["b2"] } });
  });

  it("write what those of a revision execute into scripts, and run nothing", async () => {
    configure({ ...NOTING, afterRevision: `({ op, isScript, run }) => ${note("${isScript} ${run}")}` });
    for (const line of ["upgrade head --sql", "upgrade head --dry-run"]) {
      const { exitCode, stdout } = await project.limbeck(line);
      expect([line, exitCode]).toEqual([line, 0]);
      const order = [
        "before up a1",
        "CREATE TABLE .t.",
        "true script",
        "before up b2",
        "INSERT INTO .t.",
        "true script",
      ];
      expect(stdout).toMatch(new RegExp(order.join("[^]*")));
      expect(stdout).not.toMatch(/beforeRun|afterRun/);
    }
    expect(await readAudit()).toEqual([]);
  });

  it("are left out where revisions are tried on scratch databases", async () => {
    const fail = `() => { throw new Error("called"); }`;
    configure({ beforeRun: fail, beforeRevision: fail, afterRevision: fail, afterRun: fail });
    expect(await project.limbeckJson("test")).toMatchObject({ exitCode: 0 });
  });
});

describe("hooks of the config", () => {
  let project: TestProject;

  beforeEach(() => {
    project = createTestProject();
    project.writeRevision("a1", null, "first", { up: `await op.createTable("t", { id: integer() });` });
  });

  afterEach(() => project.dispose());

  const configure = (rest: string): void =>
    project.write("limbeck.config.ts", `export default { url: "sqlite:app.db", ${rest} };\n`);

  it.each([
    [`hooks: { onVersionApply() {} }`, "onVersionApply, which is called afterRevision here"],
    [`hooks: { beforeEverything() {} }`, "beforeEverything"],
    [`hooks: { beforeRun: "backup.sh" }`, "beforeRun, which is no function"],
    [`hooks: []`, "object"],
    [`onVersionApply() {}`, "hooks: { afterRevision }"],
  ])("are checked: %s", async (keys, words) => {
    configure(keys);
    const { exitCode, error } = await project.limbeckJson("status");
    expect([exitCode, JSON.stringify(error)]).toEqual([2, expect.stringContaining(words)]);
  });

  it("are waited for, and told of on the stream", async () => {
    configure(`hooks: { async beforeRevision({ op }) { void op.execute("CREATE TABLE late (id)"); } }`);
    const { exitCode, stdout } = await project.limbeck("upgrade head --json=stream");
    expect(exitCode).toBe(0);
    const told = readLines(stdout).filter(({ event, sql }) => event.startsWith("hook") || /late/.test(String(sql)));
    expect(told.map(({ event, hook, revision }) => [event, hook, revision])).toEqual([
      ["hookStarted", "beforeRevision", "a1"],
      ["statementStarted", undefined, "a1"],
      ["statementFinished", undefined, "a1"],
      ["hookFinished", "beforeRevision", "a1"],
    ]);
  });

  it("say so in words of their own where op is used after one has ended", async () => {
    // Called by the revision, when the hook is over for certain.
    configure(`hooks: { beforeRun({ op }) { globalThis.late = () => op.execute("CREATE TABLE late (id)"); } }`);
    project.writeRevision("b2", "a1", "second", {
      up: `setTimeout((globalThis as unknown as { late: () => void }).late, 0); await new Promise((resolve) => setTimeout(resolve, 500));`,
    });
    const { status, stderr } = await runProgram(project.folder, ["upgrade", "head"]);
    expect({ status, stderr }).toEqual({
      status: 7,
      stderr: expect.stringMatching(/LB0724[^]*beforeRun[^]*limbeck\.config\.ts:1:/),
    });
  });

  it("leave no rows that point nowhere behind a revision", async () => {
    project.writeRevision("b2", "a1", "second", {
      up: `await op.execute("CREATE TABLE child (id INTEGER REFERENCES parent (id))");
        await op.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)");`,
    });
    configure(
      `hooks: { async afterRevision({ op, revision }) { if (revision === "b2") await op.execute("INSERT INTO child VALUES (7)"); } }`,
    );
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 7, error: { code: "LB0704" } });
  });

  it("do what the guide shows", async () => {
    const guide = readFileSync(join(import.meta.dirname, "../../../../docs/runner.md"), "utf8");
    const [, config = ""] = /```ts\n(\/\/ limbeck\.config\.ts\n(?:(?!```)[^])*?hooks:[^]*?)```/.exec(guide) ?? [];
    project.write(
      "limbeck.config.ts",
      config.replace(/^import .*/m, "const defineConfig = (config: unknown) => config;"),
    );
    const path = join(project.folder, "app.db");
    const run = (sql: string) => {
      const database = new DatabaseSync(path);
      const rows = sql.startsWith("SELECT") ? database.prepare(sql).all() : database.exec(sql);
      database.close();
      return rows;
    };
    run("CREATE TABLE maintenance (ended_at TEXT)");
    run("CREATE TABLE audit (revision TEXT, direction TEXT, run TEXT)");
    run("INSERT INTO maintenance VALUES (NULL)");
    expect(await project.limbeckJson("upgrade head")).toMatchObject({
      error: { code: "LB0722", context: { message: "maintenance is going on" } },
    });
    run("UPDATE maintenance SET ended_at = 'now'");
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(run("SELECT revision, direction, length(run) AS digits FROM audit")).toEqual([
      { revision: "a1", direction: "up", digits: 12 },
    ]);
  });

  it("are called for each tenant, with its database", async () => {
    configure(`tenants: () => [{ name: "one", url: "sqlite:one.db" }],
      hooks: { afterRun({ database, outcome }) { throw new Error(outcome + " " + database); } }`);
    const { exitCode, data } = await project.limbeckJson("upgrade head --all");
    expect(exitCode).toBe(7);
    expect(JSON.stringify(data)).toMatch(/succeeded sqlite:.*one\.db/);
  });
});
