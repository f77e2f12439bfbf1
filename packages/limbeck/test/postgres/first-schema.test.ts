import { afterEach, beforeEach, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

const check = requirePostgres();

let database: PostgresDatabase;
let project: TestProject;

beforeEach(async (context) => {
  check(context);
  database = await createPostgresDatabase();
  project = createTestProject();
});

afterEach(async () => {
  project.dispose();
  await database.drop();
});

it.each(["app", "App", 'my "app', "select"])(
  "does the main job in a first schema called %s, which Prisma's parameter names",
  async (schema) => {
    const quoted = `"${schema.replaceAll('"', '""')}"`;
    await database.run(`CREATE SCHEMA ${quoted}`, "CREATE TABLE public.elsewhere (id integer)");
    const url = `${database.url}?schema=${encodeURIComponent(schema)}`;
    project.write(
      "limbeck.config.ts",
      `export default { url: ${JSON.stringify(url)}, models: () => import("./app/models.ts") };\n`,
    );
    project.write("migrations/versions/.gitkeep", "");
    project.write(
      "app/models.ts",
      `import { integer, table, text, view } from "limbeck/schema";
      export const todos = table("todos", { id: integer().primaryKey().autoIncrement(), title: text().notNull().unique() });
      export const titles = view("titles", "SELECT title FROM todos");`,
    );
    expect(await project.limbeckJson("revision -m one --autogenerate")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 0 });
    const tables = await database.rows(
      "SELECT schemaname, tablename FROM pg_tables WHERE schemaname !~ '^pg_|^inf' ORDER BY 2",
    );
    expect(tables).toEqual([
      { schemaname: "public", tablename: "elsewhere" },
      { schemaname: schema, tablename: "limbeck_history" },
      { schemaname: schema, tablename: "limbeck_version" },
      { schemaname: schema, tablename: "todos" },
    ]);
    expect(await project.limbeckJson("test")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson("downgrade base")).toMatchObject({ exitCode: 0 });
  },
);
