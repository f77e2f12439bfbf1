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
function writeModels({ query = "SELECT id, title FROM todos", type = "integer", sums = false } = {}): void {
  const name = `models_${randomBytes(4).toString("hex")}`;
  process.env["TEST_MODELS"] = name;
  project.write(
    `${name}.ts`,
    `import { bigint, definedObject, integer, table, view, varchar } from "limbeck/schema";
export const todos = table("todos", { id: integer().primaryKey(), title: varchar(50), n: ${type}() });
export const titles = view("titles", "${query}");
${sums ? `export const sums = definedObject("materialized view", "sums", "CREATE MATERIALIZED VIEW sums AS SELECT id, n FROM todos");` : ""}
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

describe("what somebody made by hand on a view that is made anew", () => {
  it("is no part of the revision, and is there again where it was", async () => {
    await start(`
      GRANT SELECT, UPDATE (title) ON titles TO ${reader};
      COMMENT ON VIEW titles IS 'by hand';
      COMMENT ON COLUMN titles.id IS 'its number';
      CREATE FUNCTION ignore() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
      CREATE TRIGGER tr INSTEAD OF INSERT ON titles FOR EACH ROW EXECUTE FUNCTION ignore();
      COMMENT ON TRIGGER tr ON titles IS 'a note on it';
      CREATE RULE r AS ON DELETE TO titles DO INSTEAD NOTHING;`);
    const { made, elsewhere, gone } = await change({ query: "SELECT id, title FROM todos WHERE id > 1" });
    expect(listChanges(made)).toEqual(["drop view titles", "create view titles"]);
    expect(made["data"]).toMatchObject({ notes: [] });
    expect(elsewhere).toMatchObject({ exitCode: 0 });
    expect(gone.filter((line) => /GRANT|COMMENT|TRIGGER|RULE/.test(line))).toEqual([]);
  });

  it("an index and rights of a materialized view come back with it", async () => {
    await start(`CREATE INDEX by_n ON sums (n); GRANT SELECT ON sums TO ${reader}; COMMENT ON INDEX by_n IS 'fast';`, {
      sums: true,
    });
    const { elsewhere, gone } = await change({ sums: true, type: "bigint" });
    expect(elsewhere).toMatchObject({ exitCode: 0 });
    expect(gone).toEqual(["    n integer"]);
  });

  it("notes on a policy and on an index come back with these, and go where these go for good", async () => {
    await start(`
      CREATE POLICY mine ON todos USING (n > 0); COMMENT ON POLICY mine ON todos IS 'by hand';
      CREATE INDEX extra ON todos (title); COMMENT ON INDEX extra IS 'to go';`);
    const { made, elsewhere, gone } = await change({ type: "bigint" }, "COMMENT ON INDEX public.extra IS 'to go';");
    expect(listChanges(made)).toContain("drop policy mine on todos");
    expect(elsewhere).toMatchObject({ exitCode: 7 });
    expect(gone.filter((line) => /^(?:CREATE|COMMENT)/.test(line))).toEqual([
      "COMMENT ON INDEX public.extra IS 'to go';",
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

  it("stays away where the revision drops it, and stops a revision whose view cannot have it", async () => {
    const trigger = "CREATE TRIGGER tr INSTEAD OF INSERT ON titles FOR EACH ROW EXECUTE FUNCTION ignore();";
    await start(`
      CREATE FUNCTION ignore() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; ${trigger}
      COMMENT ON COLUMN titles.title IS 'by hand';`);
    const write = (drop: string): void =>
      project.write(
        "migrations/versions/renew.ts",
        `export const revision = "renew"; export const downRevision = "${first}";
export async function upgrade(op) { ${drop}
  await op.dropView("titles"); await op.createView("titles", "SELECT id FROM todos"); }
export async function downgrade() {}`,
      );
    const { data } = await project.limbeckJson("current");
    const [first] = JSON.parse(JSON.stringify(data))["revisions"].map(({ revision }: { revision: string }) => revision);
    write("");
    const before = dump();
    const stopped = await project.limbeckJson("upgrade head");
    expect(stopped).toMatchObject({
      exitCode: 7,
      error: {
        title: expect.stringContaining(
          'failed at "create comment on column titles.title, which titles had before it was made anew"',
        ),
      },
    });
    expect(dump()).toEqual(before);
    write(`await op.dropObject("comment", "on column titles.title"); await op.dropTrigger("tr", "titles");`);
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(dump().filter((line) => /TRIGGER|COMMENT/.test(line))).toEqual([]);
  });
});
