import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import {
  createPostgresDatabase,
  POSTGRES_URL,
  requirePostgres,
  type PostgresDatabase,
} from "../support/postgres-server.ts";

const check = requirePostgres();

vi.setConfig({ testTimeout: 240_000 });

let database: PostgresDatabase;
let plain: PostgresDatabase;
let project: TestProject;
let reader: string;

const psql = (input: string, url = database.url): void => {
  execFileSync("psql", ["-q", "-v", "ON_ERROR_STOP=1", url], {
    input,
    env: { ...process.env, PGOPTIONS: "-cclient_min_messages=error" },
  });
};

const dump = (): readonly string[] =>
  execFileSync("pg_dump", ["--schema-only", "--exclude-table=limbeck_*", database.url], { encoding: "utf8" })
    .replaceAll(/^\\(?:un)?restrict .*$/gm, "")
    .split("\n")
    .toSorted();

beforeEach(async (context) => {
  check(context);
  [database, plain] = [await createPostgresDatabase(), await createPostgresDatabase()];
  reader = `limbeck_reader_${randomBytes(4).toString("hex")}`;
  psql(`CREATE ROLE ${reader};`);
  project = createTestProject();
  project.write(
    "limbeck.config.ts",
    `export default { url: "${database.url}", models: () => import(\`./\${process.env.TEST_MODELS}.ts\`) };\n`,
  );
  project.write("migrations/versions/.gitkeep", "");
});

afterEach(async () => {
  delete process.env["TEST_MODELS"];
  project.dispose();
  await database.drop();
  await plain.drop();
  psql(`DROP ROLE ${reader};`, POSTGRES_URL);
});

/** Writes models into a file of its own, because a process imports a file only once. */
function writeModels({ query = "SELECT id, title FROM todos", type = "integer", sums = false, rest = "" } = {}): void {
  const name = `models_${randomBytes(4).toString("hex")}`;
  process.env["TEST_MODELS"] = name;
  project.write(
    `${name}.ts`,
    `import { bigint, definedObject, integer, table, trigger, view, varchar } from "limbeck/schema";
export const todos = table("todos", { id: integer().primaryKey(), title: varchar(50), n: ${type}() });
export const titles = view("titles", "${query}");
${sums ? `export const sums = definedObject("materialized view", "sums", "CREATE MATERIALIZED VIEW sums AS SELECT id, n FROM todos");` : ""}
${rest}
`,
  );
}

/** Two databases of the same models, in one of which somebody did something by hand. */
async function start(byHand: string, models: Parameters<typeof writeModels>[0] = {}): Promise<void> {
  writeModels(models);
  expect(await project.limbeckJson("revision --autogenerate -m first")).toMatchObject({ exitCode: 0 });
  for (const url of [database.url, plain.url]) {
    expect(await project.limbeckJson(`upgrade head --url ${url}`)).toMatchObject({ exitCode: 0 });
  }
  psql(byHand);
}

/**
 * Writes the change down, takes both databases there and the first one back.
 *
 * @param lost the one line that no way back knows
 */
async function change(models: Parameters<typeof writeModels>[0], lost = "") {
  writeModels(models);
  const before = dump();
  const made = await project.limbeckJson("revision --autogenerate -m second");
  expect([made, made.exitCode]).toEqual([expect.anything(), 0]);
  expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
  const between = dump();
  expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 0 });
  const elsewhere = await project.limbeckJson(`upgrade head --url ${plain.url}`);
  expect(await project.limbeckJson("downgrade -1")).toMatchObject({ exitCode: 0 });
  const isSaid = (line: string): boolean => !/^(?:--.*)?$/.test(line) && line !== lost;
  expect(dump().filter(isSaid)).toEqual(before.filter(isSaid));
  return { made, elsewhere, gone: before.filter((line) => !between.includes(line)) };
}

const listChanges = ({ data }: Awaited<ReturnType<TestProject["limbeckJson"]>>): unknown =>
  JSON.parse(JSON.stringify(data))["changes"].map(({ text }: { text: string }) => text);

const TRIGGER = "CREATE TRIGGER tr INSTEAD OF INSERT ON titles FOR EACH ROW EXECUTE FUNCTION ignore()";
const CREATE = `await op.createView("titles", "SELECT id, title FROM todos WHERE id > 2"`;
const KEEP = `${CREATE}, { keepAttached: true });`;

describe("what somebody made by hand on a view that is made anew", () => {
  it("is no part of the revision, and is there again where it was", async () => {
    await start(`
      GRANT SELECT, UPDATE (title) ON titles TO ${reader};
      COMMENT ON VIEW titles IS 'by hand';
      COMMENT ON COLUMN titles.id IS 'its number';
      CREATE FUNCTION ignore() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
      CREATE TRIGGER tr INSTEAD OF INSERT ON titles FOR EACH ROW EXECUTE FUNCTION ignore();
      COMMENT ON TRIGGER tr ON titles IS 'a note on it';
      CREATE TRIGGER "onUpdate" INSTEAD OF UPDATE ON titles FOR EACH ROW EXECUTE FUNCTION ignore();
      COMMENT ON TRIGGER "onUpdate" ON titles IS 'a note on another one';
      CREATE RULE r AS ON DELETE TO titles DO INSTEAD NOTHING;`);
    const { made, elsewhere, gone } = await change({ query: "SELECT id, title FROM todos WHERE id > 1" });
    expect(listChanges(made)).toEqual(["drop view titles", "create view titles"]);
    expect(made["data"]).toMatchObject({ notes: [] });
    expect(elsewhere).toMatchObject({ exitCode: 0 });
    expect(gone.filter((line) => /GRANT|COMMENT|TRIGGER|RULE/.test(line))).toEqual([]);
  });

  it("is written out in a revision in SQL, which can look at nothing", async () => {
    await start(`GRANT SELECT ON titles TO ${reader}; COMMENT ON VIEW titles IS 'by hand';`);
    writeModels({ query: "SELECT id, title FROM todos WHERE id > 1" });
    const before = dump().filter((line) => /^(?:COMMENT|GRANT)/.test(line));
    expect(before).toHaveLength(2);
    expect(await project.limbeckJson("revision --autogenerate -m second --format sql")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(dump().filter((line) => /^(?:COMMENT|GRANT)/.test(line))).toEqual(before);
    expect(await project.limbeckJson("downgrade -1")).toMatchObject({ exitCode: 0 });
    expect(dump().filter((line) => /^(?:COMMENT|GRANT)/.test(line))).toEqual(before);
  });

  it("is written out in a revision in SQL where no scratch database can be had, too", async () => {
    const query = "SELECT id, n FROM todos";
    await start(
      `GRANT SELECT ON titles TO pg_monitor; COMMENT ON VIEW titles IS 'by hand'; GRANT SELECT ON sums TO pg_monitor; CREATE INDEX by_n ON sums (n); COMMENT ON INDEX by_n IS 'fast'; ALTER MATERIALIZED VIEW sums OWNER TO ${reader};
      ALTER ROLE ${reader} LOGIN; ALTER SCHEMA public OWNER TO ${reader}; ALTER VIEW titles OWNER TO ${reader};
      ALTER TABLE todos OWNER TO ${reader}; GRANT SELECT ON limbeck_version, limbeck_history TO ${reader};`,
      { query, sums: true },
    );
    writeModels({ query, sums: true, type: "bigint" });
    const before = dump().filter((line) => /^(?:COMMENT|GRANT|CREATE INDEX)/.test(line));
    const url = new URL(database.url);
    url.username = reader;
    const made = await project.limbeckJson(`revision --autogenerate -m second --format sql --url ${url.href}`);
    expect(made).toMatchObject({ exitCode: 0, data: { proof: "unproven" } });
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(dump().filter((line) => /^(?:COMMENT|GRANT|CREATE INDEX)/.test(line))).toEqual(before);
  });

  it("is not in a script for a database that nobody looked into, which says so", async () => {
    await start(`GRANT SELECT ON titles TO ${reader};`);
    writeModels({ query: "SELECT id, title FROM todos WHERE id > 1" });
    expect(await project.limbeckJson("revision --autogenerate -m second")).toMatchObject({ exitCode: 0 });
    const script = await project.limbeck("upgrade head-1:head --sql");
    expect(script.stdout).toContain("-- titles is made anew, without the rights, notes and the like");
    expect(script.stderr).toContain("Made anew: titles.");
    const seen = await project.limbeck("upgrade head --dry-run");
    expect(seen.stdout).toContain(`GRANT SELECT ON TABLE titles TO ${reader}`);
    expect(`${seen.stdout}${seen.stderr}`).not.toMatch(/made anew, without|Made anew/);
  });

  it("a note on a constraint that goes for good goes with it", async () => {
    const note = `COMMENT ON CONSTRAINT "Short" ON public.todos IS 'to go';`;
    await start(
      `ALTER TABLE todos ADD CONSTRAINT "Short" CHECK (n < 10); COMMENT ON CONSTRAINT "Short" ON todos IS 'to go';`,
    );
    const { gone } = await change({ type: "bigint" }, note);
    expect(gone).toContain(note);
  });

  it("a trigger and a rule of one name are two things", async () => {
    await start(`
      CREATE FUNCTION ignore() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; ${TRIGGER};
      CREATE RULE tr AS ON DELETE TO titles DO INSTEAD NOTHING;
      COMMENT ON TRIGGER tr ON titles IS 'a trigger'; COMMENT ON RULE tr ON titles IS 'a rule';`);
    const { gone } = await change({ query: "SELECT id, title FROM todos WHERE id > 1" });
    expect(gone.filter((line) => /COMMENT|TRIGGER|RULE/.test(line))).toEqual([]);
    const both = dump().filter((line) => /^COMMENT ON (?:RULE|TRIGGER)/.test(line));
    expect(both).toHaveLength(2);
    await writeRevision(`await op.dropTrigger("tr", "titles"); await op.dropView("titles"); ${KEEP}`);
    expect(await project.limbeckJson("upgrade renew")).toMatchObject({ exitCode: 0 });
    expect(dump().filter((line) => /^COMMENT ON (?:RULE|TRIGGER)/.test(line))).toEqual([
      expect.stringContaining("COMMENT ON RULE tr"),
    ]);
  });

  it("an index and rights of a materialized view come back with it", async () => {
    await start(`CREATE INDEX by_n ON sums (n); GRANT SELECT ON sums TO ${reader}; COMMENT ON INDEX by_n IS 'fast';`, {
      sums: true,
    });
    const { elsewhere, gone } = await change({ sums: true, type: "bigint" });
    expect(elsewhere).toMatchObject({ exitCode: 0 });
    expect(gone).toEqual(["    n integer"]);
  });

  it("a note on an index that goes for good goes with it", async () => {
    const note = "COMMENT ON INDEX public.extra IS 'to go';";
    await start(`CREATE INDEX extra ON todos (title); COMMENT ON INDEX extra IS 'to go';`);
    const { gone } = await change({ type: "bigint" }, note);
    expect(gone.filter((line) => /^(?:CREATE|COMMENT)/.test(line))).toEqual([
      note,
      "CREATE INDEX extra ON public.todos USING btree (title);",
    ]);
  });

  it("a view on top of it is part of the revision, which says so", async () => {
    await start(`CREATE VIEW short AS SELECT id FROM titles; GRANT SELECT ON short TO ${reader};`);
    const { made, elsewhere, gone } = await change({ query: "SELECT id, title FROM todos WHERE id > 1" });
    expect(listChanges(made)).toEqual([
      "drop view short",
      "drop view titles",
      "create view titles",
      "create view short",
    ]);
    expect(made["data"]).toMatchObject({
      notes: [
        "The revision drops view short and makes it anew, although the models do not name it: it stops on a database without it. Write it into the models, or drop it by hand and make the revision again.",
      ],
    });
    expect(elsewhere).toMatchObject({ exitCode: 7, error: { code: "LB0505" } });
    expect(gone.filter((line) => line.startsWith("GRANT"))).toEqual([]);
  });

  /** A database whose view has a trigger, a right and a note, and a revision on top of the one that made the view. */
  async function startWithRevision(body: string, head = ""): Promise<void> {
    await start(`
      CREATE FUNCTION ignore() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; ${TRIGGER};
      GRANT SELECT ON titles TO ${reader}; COMMENT ON COLUMN titles.title IS 'by hand';`);
    await writeRevision(body, head);
  }

  async function writeRevision(body: string, head = ""): Promise<void> {
    const { data } = await project.limbeckJson("current");
    const [first] = JSON.parse(JSON.stringify(data))["revisions"].map(({ revision }: { revision: string }) => revision);
    project.write(
      "migrations/versions/renew.ts",
      `export const revision = "renew"; export const downRevision = "${first}"; ${head}
export async function upgrade(op) { ${body} }
export async function downgrade() {}`,
    );
  }

  const listAttached = (): readonly string[] => dump().filter((line) => /^(?:CREATE TRIGGER|COMMENT|GRANT)/.test(line));

  it("goes with a view that a revision makes anew without a word of it", async () => {
    await startWithRevision(
      `await op.dropView("titles"); ${CREATE}); await op.createTrigger("tr", "titles", "${TRIGGER}");`,
    );
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(listAttached()).toEqual([expect.stringContaining("CREATE TRIGGER tr")]);
  });

  it("stays away where the revision drops it, and comes before what the revision says afterwards", async () => {
    await startWithRevision(`await op.dropTrigger("tr", "titles"); await op.dropView("titles"); ${KEEP}
      await op.execute("REVOKE ALL ON titles FROM ${reader}");`);
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(listAttached()).toEqual([expect.stringContaining("COMMENT ON COLUMN public.titles.title")]);
  });

  it.each([
    ["outside of a transaction", "export const transactional = false;", ""],
    ["that leaves its transaction between the two", "", "await op.autocommit(async () => {});"],
    ["that leaves its transaction around the two", "", ""],
  ])("is its owner, in a revision %s", async (title, head, between) => {
    const both = `await op.dropView("titles"); ${between} ${KEEP}`;
    await startWithRevision(
      title.endsWith("around the two") ? `await op.autocommit(async (op) => { ${both} });` : both,
      head,
    );
    psql(`ALTER VIEW titles OWNER TO ${reader}; SET ROLE ${reader}; REVOKE DELETE ON titles FROM ${reader};`);
    const before = dump().filter((line) => /OWNER TO|GRANT|REVOKE/.test(line));
    expect(before).toContainEqual(expect.stringContaining("REVOKE"));
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(dump().filter((line) => /OWNER TO|GRANT|REVOKE/.test(line))).toEqual(before);
  });

  it("is not lost where a revision outside of a transaction stops between the two", async () => {
    await startWithRevision(
      `await op.dropView("titles"); await op.execute("SELECT * FROM nowhere"); ${KEEP}`,
      "export const transactional = false;",
    );
    const before = listAttached();
    expect(before).toHaveLength(3);
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 7 });
    expect(listAttached()).toEqual([]);
    await writeRevision(
      `await op.dropView("titles"); await op.execute("SELECT 1"); ${KEEP}`,
      "export const transactional = false;",
    );
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(listAttached()).toEqual(before);
  });

  it("is a note on a trigger that is made in the next run", async () => {
    const body = (between: string): string =>
      `await op.dropTrigger("tr", "titles"); await op.dropView("titles"); ${KEEP} await op.execute("${between}"); await op.createTrigger("tr", "titles", "${TRIGGER}");`;
    await startWithRevision(body("SELECT * FROM nowhere"), "export const transactional = false;");
    psql("COMMENT ON TRIGGER tr ON titles IS 'a note on it'");
    const before = listAttached();
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 7 });
    await writeRevision(body("SELECT 1"), "export const transactional = false;");
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(listAttached()).toEqual(before);
  });

  it("goes by the last time that the view was dropped, also in the next run", async () => {
    const body = (between: string): string =>
      `await op.dropView("titles"); ${CREATE}); await op.dropView("titles"); await op.execute("${between}"); ${KEEP}`;
    await startWithRevision(body("SELECT * FROM nowhere"), "export const transactional = false;");
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 7 });
    await writeRevision(body("SELECT 1"), "export const transactional = false;");
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(listAttached()).toEqual([]);
  });

  it("is what everything new gets, and the view has not", async () => {
    await start(`ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO ${reader};`, { sums: true });
    await change({ query: "SELECT id, title FROM todos WHERE id > 1", sums: true, type: "bigint" });
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(dump().filter((line) => line.startsWith("GRANT"))).toEqual([]);
    psql(`ALTER DEFAULT PRIVILEGES REVOKE SELECT ON TABLES FROM ${reader};`);
  });

  it("is a note on an index or a rule that the models name", async () => {
    const rest = `
export const index = definedObject("index", "by_n", "CREATE INDEX by_n ON sums (n)", { table: "sums" });
export const rule = definedObject("rule", "r on titles", "CREATE RULE r AS ON DELETE TO titles DO INSTEAD NOTHING", { table: "titles" });`;
    await start("COMMENT ON INDEX by_n IS 'fast'; COMMENT ON RULE r ON titles IS 'never'", { sums: true, rest });
    const query = "SELECT id, title FROM todos WHERE id > 1";
    const { elsewhere, gone } = await change({ sums: true, rest, query, type: "bigint" });
    expect(elsewhere).toMatchObject({ exitCode: 0 });
    expect(gone.filter((line) => /COMMENT|INDEX|RULE/.test(line))).toEqual([]);
  });

  it("is a note on an index of a view that stands in the way", async () => {
    await start(`CREATE MATERIALIZED VIEW numbers AS SELECT id FROM titles; CREATE INDEX by_number ON numbers (id);`);
    psql("COMMENT ON INDEX by_number IS 'fast'");
    const { made, gone } = await change({ query: "SELECT id, title FROM todos WHERE id > 1" });
    expect(listChanges(made)).not.toContainEqual(expect.stringMatching(/comment|index/));
    expect(gone.filter((line) => /COMMENT|INDEX/.test(line))).toEqual([]);
  });

  it.each(["tr", "onInsert", "order"])("is a note on a trigger that the models name: %s", async (name) => {
    const definition = TRIGGER.replace("tr", `\\"${name}\\"`);
    const rest = `
export const ignore = definedObject("function", "ignore()", "CREATE FUNCTION ignore() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'");
export const tr = trigger("${name}", { table: "titles", definition: "${definition}" });`;
    await start(`COMMENT ON TRIGGER "${name}" ON titles IS 'a note on it'`, { rest });
    const { elsewhere, gone } = await change({ rest, query: "SELECT id, title FROM todos WHERE id > 1" });
    expect(elsewhere).toMatchObject({ exitCode: 0 });
    expect(gone.filter((line) => /COMMENT|TRIGGER/.test(line))).toEqual([]);
  });

  it("is a note on a trigger that the revision makes anew, or not", async () => {
    await startWithRevision(`await op.dropTrigger("tr", "titles"); await op.dropView("titles"); ${KEEP}`);
    psql("COMMENT ON TRIGGER tr ON titles IS 'a note on it'");
    const before = listAttached();
    expect(before).toHaveLength(4);
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(listAttached()).toEqual(before.filter((line) => !/TRIGGER/.test(line)));
    psql(`${TRIGGER}; COMMENT ON TRIGGER tr ON titles IS 'a note on it'`);
    project.write(
      "migrations/versions/again.ts",
      `export const revision = "again"; export const downRevision = "renew";
export async function upgrade(op) { await op.dropTrigger("tr", "titles"); await op.dropView("titles"); ${KEEP} await op.createTrigger("tr", "titles", "${TRIGGER}"); }
export async function downgrade() {}`,
    );
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(listAttached()).toEqual(before);
  });

  it("stops a revision whose view cannot have it, with everything as it was", async () => {
    await startWithRevision(
      `await op.dropView("titles"); await op.createView("titles", "SELECT id FROM todos", { keepAttached: true });`,
    );
    const before = dump();
    expect(await project.limbeckJson("upgrade head")).toMatchObject({
      exitCode: 7,
      error: { why: expect.stringContaining('column "title" of relation "titles" does not exist') },
    });
    expect(dump()).toEqual(before);
  });
});
