import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openEnvironment } from "../../src/commands/environment.ts";
import { diff } from "../../src/commands/diff.ts";
import { postgres } from "../../src/dialects/postgres/index.ts";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import {
  createPostgresDatabase,
  POSTGRES_URL,
  requirePostgres,
  type PostgresDatabase,
} from "../support/postgres-server.ts";

const check = requirePostgres();

const MODELS = `import { boolean, date, decimal, integer, index, json, raw, table, text, timestamp, uuid, varchar, view } from "limbeck/schema";
export const lists = table("lists", {
  id: integer().primaryKey().autoIncrement(),
  name: varchar(50).notNull().unique(),
  kind: varchar(10).notNull().default("a").check("kind IN ('a','b')"),
});
export const todos = table("todos", {
  id: integer().primaryKey().autoIncrement(),
  list_id: integer().notNull().references("lists", "id", { onDelete: "cascade" }),
  title: varchar(255).notNull().check("title <> ''").comment("what's to do"),
  done: boolean().notNull().default(false),
  cost: decimal(10, 2).default(1.5),
  size: integer().default(3).check("size BETWEEN 1 AND 9"),
  note: raw("varchar").default("none"),
  due: date(),
  token: uuid().defaultSql("gen_random_uuid()"),
  twice: integer().generatedAs("size * 2", { storage: "stored" }),
  meta: json().notNull().default({ tags: ["it's"] }),
  created_at: timestamp({ timezone: true }).notNull().defaultNow(),
}, [index(["list_id", "due"]), index(["title"], { name: "ix_open", where: "done = false AND size > 2" })]);
export const open = view("open_todos", "select id, title from todos where done = false and (size > 2 or due is null)");
`;

let database: PostgresDatabase;
let project: TestProject;
let role: string;

/** The database as a role without the right to create others sees it. */
let url: string;

beforeEach(async (context) => {
  check(context);
  database = await createPostgresDatabase();
  role = `limbeck_role_${randomBytes(6).toString("hex")}`;
  await database.run(
    `CREATE ROLE ${role} LOGIN NOCREATEDB NOSUPERUSER`,
    `ALTER DATABASE ${database.name} OWNER TO ${role}`,
  );
  const address = new URL(database.url);
  address.username = role;
  url = address.href;
  project = createTestProject();
  project.write("migrations/versions/.gitkeep", "");
});

afterEach(async () => {
  project.dispose();
  await database.drop();
  const server = await postgres.connect(POSTGRES_URL);
  await server.execute(`DROP ROLE IF EXISTS ${role}`);
  await server.close();
});

/** Node loads a module once, so that every state of the models is a file of its own. */
function useModels(name: string, text: string, more = ""): void {
  project.write(
    "limbeck.config.ts",
    `export default { url: "${url}", models: () => import("./${name}.ts")${more} };\n`,
  );
  project.write(`${name}.ts`, text);
}

/** The commands on a machine where PGlite is not installed. */
async function openWithoutStandIn() {
  const environment = await openEnvironment({ cwd: project.folder, env: {} });
  return { ...environment, dialect: { ...environment.dialect, openStandIn: () => Promise.resolve(undefined) } };
}

async function expectOk(line: string): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const run = await project.limbeck(line);
  expect({ line, ...run }).toEqual({ ...run, line, exitCode: 0 });
  return { ...run, stderr: run.stderr.replaceAll(/\s+/g, " ") };
}

const [OLD_CHECK, NEW_CHECK] = ["size BETWEEN 1 AND 9", "size BETWEEN 1 AND 99"];

describe("a role that may not create databases", { timeout: 180_000 }, () => {
  it("generates a revision that says it is unproven, and finds no difference afterwards", async () => {
    useModels("models", MODELS);
    const written = await expectOk("revision --autogenerate -m initial --rev-id a001");
    expect(written.stderr).toContain("Compared without a scratch database. No scratch database may be created beside");
    expect(written.stderr).toContain("Unproven: read it");
    expect(written.stderr).not.toContain("Proven on");
    expect(project.read(written.stdout.trim())).toMatch(
      /^\/\*\*[\s\S]*\* Unproven: it was not tried[\s\S]*\*\/\nimport/,
    );
    await expectOk("upgrade head");

    const checked = await project.limbeckJson("check");
    expect(checked).toMatchObject({ exitCode: 0, ok: true });
    expect(checked["data"]).toMatchObject({ changes: [], unproven: { reason: expect.stringContaining("No scratch") } });
    expect((await diff(await openWithoutStandIn())).changes).toEqual([]);

    useModels(
      "changed",
      MODELS.replace("varchar(255)", "text()")
        .replace(OLD_CHECK, NEW_CHECK)
        .replace("due: date(),", "due: date(), more: text(),"),
    );
    for (const result of [await diff(await openWithoutStandIn()), (await project.limbeckJson("diff"))["data"]]) {
      const { changes } = result as { changes: readonly { text: string }[] };
      expect(changes.map(({ text }) => text).toSorted()).toEqual([
        expect.stringMatching(/^add check .*size/),
        "add column more to todos",
        "change type of todos.title from varchar(255) to text",
        // It holds on to the column whose type changes.
        "create view open_todos",
        expect.stringMatching(/^drop check .*size/),
        "drop view open_todos",
      ]);
    }
    await expectOk("revision --autogenerate -m change --rev-id a002");
    await expectOk("upgrade head");
    expect((await expectOk("check")).stderr).toContain("agree");
    await expectOk("downgrade base");
  });

  it("writes SQL revisions as well", async () => {
    useModels("models", MODELS);
    const { stdout } = await expectOk("revision --autogenerate -m initial --format sql");
    expect(project.read(stdout.trim())).toContain("-- Unproven: it was not tried");
    await expectOk("upgrade head");
    await expectOk("check");
  });

  it("fails where a proof is required, with the exit code of a proof that failed, and writes nothing", async () => {
    useModels("models", MODELS);
    for (const line of [
      "revision --autogenerate -m initial --require-proof",
      "check --require-proof",
      "diff --require-proof",
    ]) {
      expect(await project.limbeck(line)).toMatchObject({ exitCode: 6, stderr: expect.stringContaining("LB1108") });
    }
    useModels("models", MODELS, ", requireProof: true");
    expect(await project.limbeckJson("revision --autogenerate -m initial")).toMatchObject({ exitCode: 6, ok: false });
    expect(project.has("migrations/versions/.gitkeep")).toBe(true);
    expect(await database.rows("SELECT 1 FROM pg_tables WHERE schemaname = 'public'")).toEqual([]);
  });

  it("tells apart what may only be spelled otherwise, and changes nothing for its sake", async () => {
    useModels("models", MODELS);
    await expectOk("revision --autogenerate -m initial");
    await expectOk("upgrade head");
    await database.run(
      "ALTER TABLE todos DROP CONSTRAINT ck_todos_title, ADD CONSTRAINT ck_todos_title CHECK (length(title) > 0 AND title IS NOT NULL OR title > '')",
    );
    const { changes, unproven } = await diff(await openWithoutStandIn());
    expect(changes).toEqual([]);
    expect(unproven?.unclear).toEqual([
      expect.stringContaining("ck_todos_title"),
      expect.stringContaining("ck_todos_title"),
    ]);
  });

  it("does the same where the scratch database of the config cannot be reached", async () => {
    useModels("models", MODELS, `, scratch: "postgres://nobody@127.0.0.1:1/nowhere"`);
    const written = await expectOk("revision --autogenerate -m initial");
    expect(written.stderr).toContain("The scratch database of the config cannot be used.");
  });

  it("reads SQL with PGlite of another version, and fails where that is not to be had either", async () => {
    project.write("limbeck.config.ts", `export default { url: "${url}", models: "schema.sql" };\n`);
    project.write(
      "schema.sql",
      `CREATE TABLE lists (id integer PRIMARY KEY, name varchar(20) DEFAULT 'x' CHECK (name IN ('x','y')), at timestamptz DEFAULT now());
      CREATE VIEW names AS SELECT upper(name) AS big FROM lists WHERE id BETWEEN 1 AND 5;`,
    );
    const written = await expectOk("revision --autogenerate -m initial");
    expect(written.stderr).toContain("took its place.");
    expect(written.stderr).toContain("Unproven");
    await expectOk("upgrade head");
    const { exitCode, data } = await project.limbeckJson("check");
    expect([exitCode, data]).toMatchObject([0, { changes: [] }]);
    await expect(diff(await openWithoutStandIn())).rejects.toMatchObject({ code: "LB0626" });
  });

  it("says so where the scratch database is of another version, and invents nothing", async () => {
    useModels("models", MODELS, `, scratch: "pglite::memory:"`);
    const written = await expectOk("revision --autogenerate -m initial");
    expect(written.stderr).toContain("Unproven");
    await expectOk("upgrade head");
    expect((await project.limbeckJson("check"))["data"]).toMatchObject({ changes: [] });
  });
});
