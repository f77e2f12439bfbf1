import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { postgres } from "../../src/dialects/postgres/index.ts";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

const check = requirePostgres();

let database: PostgresDatabase;
let project: TestProject;

const urlOf = (schema: string): string => `${database.url}?schema=${schema}`;

const configure = (schema: string): void =>
  project.write("limbeck.config.ts", `export default { url: "${urlOf(schema)}", models: "schema.sql" };\n`);

beforeEach(async (context) => {
  check(context);
  database = await createPostgresDatabase(
    "CREATE SCHEMA one; CREATE SCHEMA two; CREATE TABLE two.other (id integer PRIMARY KEY)",
  );
  project = createTestProject();
  project.write("schema.sql", "CREATE TABLE todos (id integer PRIMARY KEY);");
  project.writeRevision("a1", null, "todos", { up: `await op.createTable("todos", { id: integer().primaryKey() });` });
  configure("one");
});
afterEach(async () => {
  project.dispose();
  await database.drop();
});

describe("a schema of PostgreSQL that is one of many", () => {
  const readSnapshots = (): Promise<readonly unknown[]> =>
    database.rows("SELECT detail::json -> 'snapshot' -> 'objects' AS objects FROM one.limbeck_history");

  it("is all that the journal of a run in it takes down", async () => {
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
    expect(await readSnapshots()).toEqual([{ objects: { "table todos": expect.any(String) } }]);
    expect((await project.limbeck("stamp base")).exitCode).toBe(0);
    expect((await project.limbeck("stamp head")).exitCode).toBe(0);
    expect((await readSnapshots()).at(-1)).toEqual({ objects: { "table todos": expect.any(String) } });
  });

  it("is refused for changes of its own by --strict, and for nobody else's", async () => {
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
    project.writeRevision("b2", "a1", "due", { up: `await op.addColumn("todos", "due", integer());` });
    await database.run("ALTER TABLE two.other ADD COLUMN n integer", "CREATE TABLE two.more (id integer)");
    expect(await project.limbeckJson("upgrade a1 --strict")).toMatchObject({ exitCode: 0 });
    await database.run("ALTER TABLE one.todos ADD COLUMN note text");
    expect(await project.limbeckJson("upgrade head --strict")).toMatchObject({
      exitCode: 5,
      error: { code: "LB1601", context: { since: ["table todos was changed"] } },
    });
  });

  it("is looked at as it was taken down, also over a URL that names none, and the other way round", async () => {
    const plain = (): void =>
      project.write("limbeck.config.ts", `export default { url: "${database.url}", models: "schema.sql" };\n`);
    configure("public");
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
    project.writeRevision("b2", "a1", "due", { up: `await op.addColumn("todos", "due", integer());` });
    plain();
    expect(await project.limbeckJson("upgrade head --strict")).toMatchObject({ exitCode: 0 });
    project.writeRevision("c3", "b2", "note", { up: `await op.addColumn("todos", "note", text());` });
    configure("public");
    expect(await project.limbeckJson("upgrade b2 --strict")).toMatchObject({ exitCode: 0 });
    await database.run("ALTER TABLE public.todos ADD COLUMN odd text");
    expect(await project.limbeckJson("upgrade head --strict")).toMatchObject({
      error: { code: "LB1601", context: { since: ["table todos was changed"] } },
    });
  });

  it("is read as it is read among all, when it is read alone", async () => {
    await database.run(`
      CREATE TYPE one.mood AS ENUM ('good'); CREATE DOMAIN one.short AS varchar(9) CHECK (length(VALUE) > 0); CREATE TYPE one.pair AS (a integer, b one.short);
      CREATE TABLE one.people (id serial PRIMARY KEY, mood one.mood, pair one.pair, name one.short);
      CREATE FUNCTION one.count_people() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM one.people';
      CREATE MATERIALIZED VIEW one.counted AS SELECT one.count_people() AS n; CREATE VIEW one.good AS SELECT id FROM one.people WHERE mood = 'good';
      CREATE FUNCTION two.twice(integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT 2 * $1'; CREATE INDEX ON one.people (two.twice(id));`);
    const connection = await postgres.connect(urlOf("one"));
    try {
      const [{ schema: all }, { schema: own }] = [
        await postgres.introspect(connection),
        await postgres.introspect(connection, "own"),
      ];
      const isOwn = ({ name }: { readonly name: string }): boolean => !/(?:^| )two(?:\.|$)/.test(name);
      for (const part of ["tables", "views", "enums", "sequences"] as const)
        expect(own[part]).toEqual(all[part].filter(isOwn));
      const kinds = new Set(["domain", "type", "function", "materialized view"]);
      const objects = all.objects.filter((one) => kinds.has(one.kind) && isOwn(one));
      expect(own.objects.filter((one) => kinds.has(one.kind))).toEqual(objects);
      expect(objects.map(({ kind }) => kind).toSorted()).toEqual(expect.arrayContaining(["domain", "function"]));
    } finally {
      await connection.close();
    }
  });
});
