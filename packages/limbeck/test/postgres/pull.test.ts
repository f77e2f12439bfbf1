import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

const check = requirePostgres();

const DDL = `
  CREATE TABLE lists (
    id bigint GENERATED ALWAYS AS IDENTITY (START WITH 100) PRIMARY KEY,
    title varchar(80) NOT NULL CONSTRAINT titled CHECK (title <> ''),
    tags text[] NOT NULL DEFAULT '{}',
    owner uuid DEFAULT gen_random_uuid(),
    UNIQUE (title, owner)
  );
  COMMENT ON TABLE lists IS 'what''s to do, by topic';
  CREATE TABLE todos (
    id serial PRIMARY KEY,
    list_id bigint NOT NULL REFERENCES lists ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    title text COLLATE "C" NOT NULL,
    price numeric(10,2) DEFAULT 1.50,
    meta jsonb NOT NULL DEFAULT '{"a": [1]}',
    created_at timestamptz NOT NULL DEFAULT now(),
    slug text GENERATED ALWAYS AS (lower(title)) STORED
  );
  CREATE INDEX todos_meta ON todos USING gin (meta);
  CREATE UNIQUE INDEX todos_live ON todos (lower(title) DESC NULLS LAST) WHERE price > 0;
  CREATE VIEW open_todos AS SELECT id, title FROM todos WHERE price IS NULL;
  CREATE PROCEDURE empty_lists() LANGUAGE sql AS 'DELETE FROM lists';
  CREATE FUNCTION count_open() RETURNS bigint LANGUAGE sql AS $$SELECT count(*) FROM open_todos$$;
  INSERT INTO lists (title) VALUES ('home');
  INSERT INTO todos (list_id, title) VALUES (100, 'water the plants');
`;

describe("limbeck pull on PostgreSQL", () => {
  let database: PostgresDatabase;
  let project: TestProject;

  beforeEach(async (context) => {
    check(context);
    database = await createPostgresDatabase();
    project = createTestProject();
    project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
    project.write("migrations/versions/.gitkeep", "");
    execFileSync("psql", ["-q", "-v", "ON_ERROR_STOP=1", database.url], { input: DDL });
  });
  afterEach(async () => {
    project.dispose();
    await database.drop();
  });

  const dump = (url: string): string =>
    execFileSync("pg_dump", ["--schema-only", "--no-owner", "--exclude-table=limbeck_*", url], {
      encoding: "utf8",
    }).replaceAll(/^\\(?:un)?restrict .*$/gm, "");

  it("writes models and a revision from which pg_dump finds the same in another database", async () => {
    const before = dump(database.url);
    expect(await project.limbeckJson("pull")).toMatchObject({ exitCode: 0, data: { tables: 2, views: 1 } });
    expect(dump(database.url)).toBe(before);
    project.write(
      "limbeck.config.ts",
      `export default { url: "${database.url}", models: () => import("./app/models.ts") };\n`,
    );
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 0 });
    const other = await createPostgresDatabase();
    try {
      expect(await project.limbeckJson(`upgrade head --url ${other.url}`)).toMatchObject({ exitCode: 0 });
      expect(dump(other.url)).toBe(before);
      const rows = execFileSync("psql", ["-At", database.url, "-c", "SELECT title FROM todos"], { encoding: "utf8" });
      expect(rows).toBe("water the plants\n");
    } finally {
      await other.drop();
    }
  });

  it("says what is left to do where the user may read only: the files are there, and the stamp is not", async () => {
    const reader = `limbeck_reader_${database.name.slice(-12)}`;
    const scratch = await createPostgresDatabase();
    await database.run(`CREATE ROLE ${reader} LOGIN`, `GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${reader}`);
    try {
      const url = database.url.replace("//postgres@", `//${reader}@`);
      project.write("limbeck.config.ts", `export default { url: "${url}", scratch: "${scratch.url}" };\n`);
      const run = await project.limbeckJson("pull");
      expect(run).toMatchObject({
        exitCode: 2,
        error: { code: "LB1064", why: expect.stringContaining("permission denied") },
      });
      expect(project.list()).toContain("app");
      const { fix } = run["error"] as { readonly fix: readonly string[] };
      expect(await project.limbeckJson(`${fix[0]?.replace(/^limbeck /, "")} --url ${database.url}`)).toMatchObject({
        exitCode: 0,
      });
      expect(await project.limbeckJson("status --check")).toMatchObject({ exitCode: 2, error: { code: "LB0650" } });
    } finally {
      await database.run(`DROP OWNED BY ${reader}`, `DROP ROLE ${reader}`);
      await scratch.drop();
    }
  });

  it("inspects: what it prints as SQL makes the same database by psql", async () => {
    const { stdout } = await project.limbeck("inspect --sql");
    const other = await createPostgresDatabase();
    try {
      execFileSync("psql", ["-q", "-v", "ON_ERROR_STOP=1", other.url], { input: stdout });
      expect(dump(other.url)).toBe(dump(database.url));
    } finally {
      await other.drop();
    }
    const ofOne = await project.limbeck("inspect todos open_todos --sql");
    expect(ofOne).toMatchObject({ exitCode: 0 });
    expect(ofOne.stdout.match(/^CREATE \w+/gm)).toEqual([
      "CREATE TABLE",
      "CREATE UNIQUE",
      "CREATE INDEX",
      "CREATE VIEW",
    ]);
    const third = await createPostgresDatabase("CREATE TABLE lists (id bigint PRIMARY KEY)");
    try {
      execFileSync("psql", ["-q", "-v", "ON_ERROR_STOP=1", third.url], { input: ofOne.stdout });
    } finally {
      await third.drop();
    }
    const listing = await project.limbeck("inspect lists --ascii");
    expect(listing.stdout).toContain("unique lists_title_owner_key (title, owner)");
  });
});
