import { afterEach, beforeEach, describe, expect, it, type TestContext } from "vitest";
import { createMariadbDatabase, requireMariadb } from "../support/mariadb-server.ts";
import { createPostgresDatabase, requirePostgres } from "../support/postgres-server.ts";
import { createTestProject, type TestProject } from "./test-project.ts";

interface ServerDatabase {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

interface Server {
  readonly engine: string;
  readonly check: (context: TestContext) => void;
  readonly create: (script: string) => Promise<ServerDatabase>;
}

const POSTGRES: Server = {
  engine: "PostgreSQL",
  check: requirePostgres(),
  create: (script) => createPostgresDatabase(script),
};
const MARIADB: Server = {
  engine: "MariaDB",
  check: requireMariadb(),
  create: (script) => createMariadbDatabase(script),
};

const TABLES = `
  CREATE TABLE p (id integer PRIMARY KEY);
  CREATE TABLE t (id integer PRIMARY KEY, a varchar(20), b integer, c varchar(20) NOT NULL);
  INSERT INTO t VALUES (1, NULL, 70000, 'a long text'), (2, 'x', 70000, '17');`;

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
});

afterEach(() => project.dispose());

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ");

async function upgradeOn({ check, create }: Server, context: TestContext, up: string): Promise<string> {
  check(context);
  const database = await create(TABLES);
  try {
    project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
    project.writeRevision("a1", null, "first", { up });
    const { exitCode, stderr } = await project.limbeck("upgrade head");
    expect(exitCode).toBe(7);
    return stderr;
  } finally {
    await database.drop();
  }
}

describe.each([POSTGRES, MARIADB])("a statement that $engine refuses", (server) => {
  it.for<readonly [what: string, up: string]>([
    ["NULL where none may be", `await op.alterColumn("t", "a", { nullable: false });`],
    ["the same value twice", `await op.createUniqueConstraint("uq", "t", ["b"]);`],
    ["the same value twice, for an index", `await op.createIndex("ix", "t", ["b"], { unique: true });`],
    ["text that is too long", `await op.alterColumn("t", "c", { type: (await import("limbeck/schema")).varchar(3) });`],
    [
      "a number that is too large",
      `await op.alterColumn("t", "b", { type: (await import("limbeck/schema")).smallint() });`,
    ],
    ["a value that a check forbids", `await op.createCheckConstraint("ck", "t", "b < 10");`],
    ["a value that points nowhere", `await op.createForeignKey("fk", "t", "p", ["b"], ["id"]);`],
  ])("because of its rows says where a step is missing: %s", async ([, up], context) => {
    const stderr = await upgradeOn(server, context, up);
    expect(stderr).toContain("LB0701");
    expect(stderr).toMatch(/fix: limbeck edit \S+a1_first\.ts:8:\d+ {3}# put a step before this line/);
    expect(stderr).toContain("limbeck show a1");
  });

  it("for another reason says nothing of rows", async (context) => {
    const stderr = await upgradeOn(server, context, `await op.execute("UPDATE nowhere SET a = 1");`);
    expect(stderr).toContain("LB0701");
    expect(stderr).toMatch(/fix: limbeck edit \S+a1_first\.ts:8:\d+\n/);
    expect(stderr).not.toContain("# put a step");
  });
});

describe("what a server quotes of a statement", () => {
  it.for<readonly [server: Server, method: string, sql: string]>([
    [POSTGRES, "execute", "ALTER ROLE nobody SET PASSWORD 'hunter2'"],
    [MARIADB, "execute", "SET PASSWORD 'hunter2'"],
    [POSTGRES, "query", "ALTER ROLE nobody SET PASSWORD 'hunter2'"],
    [MARIADB, "query", "SET PASSWORD 'hunter2'"],
  ])("is without its secrets: %o, op.%s", async ([server, method, sql], context) => {
    const stderr = await upgradeOn(server, context, `await op.${method}("${sql}");`);
    expect(stderr).toContain("LB0701");
    expect(oneLine(stderr)).toMatch(/The database says: .*'\*\*\*'/);
    expect(stderr).not.toContain("hunter2");
  });
});

describe("placeholders of another engine", () => {
  it.for<readonly [up: string]>([
    [`await op.query("SELECT * FROM t WHERE id = ?", [1]);`],
    [`await op.execute("UPDATE t SET a = ? WHERE id = ?", { parameters: ["x", 1] });`],
  ])("are told on PostgreSQL: %s", async ([up], context) => {
    const stderr = await upgradeOn(POSTGRES, context, up);
    expect(oneLine(stderr)).toContain("PostgreSQL wants $1, $2 for values, not ?");
  });

  it("are not blamed for a mistake beside an operator of PostgreSQL", async (context) => {
    const up = `await op.query("SELECT '{}'::jsonb ? 'a' FROM WHERE id = $1", [1]);`;
    expect(await upgradeOn(POSTGRES, context, up)).not.toContain("wants $1");
  });

  it("are told on MariaDB", async (context) => {
    const up = `await op.execute("UPDATE t SET a = $1 WHERE id = $2", { parameters: ["x", 1] });`;
    expect(oneLine(await upgradeOn(MARIADB, context, up))).toContain("This engine wants ? for values, not $1, $2");
  });

  it("are told on SQLite", async () => {
    project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };\n`);
    project.writeRevision("a1", null, "first", { up: `await op.query("SELECT $1", [1]);` });
    expect(oneLine((await project.limbeck("upgrade head")).stderr)).toContain("$1 must be a plain ?");
  });
});
