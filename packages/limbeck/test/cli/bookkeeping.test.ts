import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createMariadbDatabase, requireMariadb } from "../support/mariadb-server.ts";
import { createPostgresDatabase, requirePostgres } from "../support/postgres-server.ts";
import { createTestProject, type TestProject } from "./test-project.ts";
import { createSqliteDatabase } from "../support/sqlite-database.ts";

const checkPostgres = requirePostgres();
const checkMariadb = requireMariadb();

/** The tables of other tools and their tools, as the tools document them. */
const TOOLS: readonly (readonly [table: string, tool: string])[] = [
  ["__drizzle_migrations", "Drizzle"],
  ["_prisma_migrations", "Prisma"],
  ["alembic_version", "Alembic"],
  ["atlas_schema_revisions", "Atlas"],
  ["databasechangelog", "Liquibase"],
  ["databasechangeloglock", "Liquibase"],
  ["flyway_schema_history", "Flyway"],
  ["goose_db_version", "goose"],
  ["knex_migrations", "Knex"],
  ["knex_migrations_lock", "Knex"],
  ["kysely_migration", "Kysely"],
  ["kysely_migration_lock", "Kysely"],
  ["mikro_orm_migrations", "MikroORM"],
  ["pgmigrations", "node-pg-migrate"],
  ["schema_migrations", "another migration tool"],
  ["SequelizeMeta", "Sequelize"],
];

const USERS = "CREATE TABLE users (id INTEGER NOT NULL, CONSTRAINT pk_users PRIMARY KEY (id))";

const ENGINES = [
  { name: "SQLite", quote: '"', check: () => undefined, create: createSqliteDatabase },
  { name: "PostgreSQL", quote: '"', check: checkPostgres, create: createPostgresDatabase },
  { name: "MariaDB", quote: "`", check: checkMariadb, create: createMariadbDatabase },
] as const;

let project: TestProject;
let drop: () => Promise<void> = async () => undefined;

beforeEach(() => {
  project = createTestProject();
  project.write("migrations/versions/.gitkeep", "");
});

afterEach(async () => {
  project.dispose();
  await drop();
  drop = async () => undefined;
});

function writeModels(name: string, url: string, models: string): string {
  project.write(`${name}.ts`, `import { integer, table, text } from "limbeck/schema";\n${models}\n`);
  project.write(`${name}.config.ts`, `export default { url: "${url}", models: () => import("./${name}.ts") };\n`);
  return `-c ${name}.config.ts`;
}

const USERS_MODEL = `export const users = table("users", { id: integer().primaryKey() });`;

describe.each(ENGINES)("tables of other migration tools on $name", ({ quote, check, create }) => {
  it("are left alone and reported with the tool's name", { timeout: 60_000 }, async (context) => {
    check(context);
    const database = await create();
    drop = database.drop;
    await database.run(
      ...TOOLS.map(([table]) => `CREATE TABLE ${quote}${table}${quote} (id INTEGER PRIMARY KEY, note VARCHAR(20))`),
      "CREATE TABLE migrations (id INTEGER PRIMARY KEY, timestamp BIGINT NOT NULL, name VARCHAR(200) NOT NULL)",
      USERS,
    );
    const config = writeModels("limbeck", database.url, USERS_MODEL);
    const { exitCode, data } = await project.limbeckJson(`diff ${config}`);
    expect({ exitCode, data }).toMatchObject({ exitCode: 0, data: { operations: [] } });
    expect(data).toHaveProperty(
      "unmanaged",
      expect.arrayContaining(
        [...TOOLS, ["migrations", "TypeORM"] as const].map(([name, tool]) => ({
          kind: "table",
          name,
          reason: `${tool} notes in it what it ran`,
        })),
      ),
    );
    expect((await project.limbeck(`check ${config}`)).exitCode).toBe(0);
  });

  it("are not pulled", { timeout: 60_000 }, async (context) => {
    check(context);
    const database = await create("CREATE TABLE knex_migrations (id INTEGER PRIMARY KEY)", USERS);
    drop = database.drop;
    project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
    const pulled = await project.limbeckJson("pull");
    expect(pulled).toMatchObject({
      exitCode: 0,
      data: { tables: 1, unmanaged: [{ name: "knex_migrations", reason: "Knex notes in it what it ran" }] },
    });
    expect(project.read("app/models.ts")).not.toContain("knex");
    const [revision = ""] = project.list("migrations/versions").filter((name) => name.endsWith(".ts"));
    expect(project.read(`migrations/versions/${revision}`)).not.toContain("knex");
  });
});

describe("tables of other migration tools", () => {
  async function openSqlite(...statements: readonly string[]): Promise<string> {
    const database = await createSqliteDatabase(...statements);
    drop = database.drop;
    return database.url;
  }

  it("are like any other where the models name them", async () => {
    const url = await openSqlite("CREATE TABLE knex_migrations (id INTEGER PRIMARY KEY, note TEXT)");
    const config = writeModels(
      "named",
      url,
      `export const knex = table("knex_migrations", { id: integer().primaryKey() });`,
    );
    const { data } = await project.limbeckJson(`diff ${config}`);
    expect(data).toMatchObject({ operations: [{ kind: "dropColumn" }], unmanaged: [] });
  });

  it("are not every table called migrations", async () => {
    const url = await openSqlite("CREATE TABLE migrations (id INTEGER PRIMARY KEY, bird TEXT)", USERS);
    const config = writeModels("birds", url, USERS_MODEL);
    const { data } = await project.limbeckJson(`diff ${config} --no-rename --drop-ok`);
    expect(data).toMatchObject({ operations: [{ kind: "dropTable" }] });
  });

  it("stay where SQL is the source, and where another database is", async () => {
    const url = await openSqlite("CREATE TABLE knex_migrations (id INTEGER PRIMARY KEY)", USERS);
    project.write("schema.sql", `${USERS};\n`);
    project.write("limbeck.config.ts", `export default { url: "${url}", models: "schema.sql" };\n`);
    expect(await project.limbeckJson("diff")).toMatchObject({
      exitCode: 0,
      data: { operations: [], unmanaged: [{ name: "knex_migrations" }] },
    });
    const other = await createSqliteDatabase("CREATE TABLE alembic_version (id INTEGER PRIMARY KEY)", USERS);
    try {
      expect(await project.limbeckJson(`diff database ${other.url}`)).toMatchObject({
        exitCode: 0,
        data: { operations: [] },
      });
    } finally {
      await other.drop();
    }
  });

  it("stay with their schema", { timeout: 60_000 }, async (context) => {
    checkPostgres(context);
    const database = await createPostgresDatabase(
      "CREATE SCHEMA drizzle; CREATE TABLE drizzle.__drizzle_migrations (id SERIAL PRIMARY KEY, hash text);",
      USERS,
    );
    drop = database.drop;
    project.write("schema.sql", `${USERS};\n`);
    project.write("limbeck.config.ts", `export default { url: "${database.url}", models: "schema.sql" };\n`);
    expect(await project.limbeckJson("diff")).toMatchObject({ exitCode: 0, data: { operations: [] } });
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 0 });
  });
});
