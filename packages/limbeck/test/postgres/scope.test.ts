import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

const check = requirePostgres();

describe("what the config hides on PostgreSQL", () => {
  let database: PostgresDatabase;
  let project: TestProject;

  beforeEach(async (context) => {
    check(context);
    database = await createPostgresDatabase(
      "CREATE SCHEMA app",
      "CREATE TABLE app.audit (id integer PRIMARY KEY)",
      "CREATE TABLE app.other (id integer PRIMARY KEY)",
      "CREATE TABLE todos (id integer CONSTRAINT pk_todos PRIMARY KEY)",
      "CREATE TABLE lists (id integer CONSTRAINT pk_lists PRIMARY KEY)",
      "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
      "CREATE TRIGGER touch BEFORE UPDATE ON todos FOR EACH ROW EXECUTE FUNCTION touch()",
      "CREATE TRIGGER touch BEFORE UPDATE ON lists FOR EACH ROW EXECUTE FUNCTION touch()",
    );
    project = createTestProject();
    project.write("migrations/versions/.gitkeep", "");
  });
  afterEach(async () => {
    project.dispose();
    await database.drop();
  });

  const diff = async (rules: string): Promise<unknown> => {
    project.write(
      "limbeck.config.ts",
      `export default { url: "${database.url}", models: () => import("./models.ts"), ${rules} };\n`,
    );
    const { exitCode, data } = await project.limbeckJson("diff");
    expect(exitCode).toBe(0);
    return data;
  };

  const TABLES = `import { definedObject, integer, table, trigger } from "limbeck/schema";
    export const todos = table("todos", { id: integer().primaryKey() });
    export const lists = table("lists", { id: integer().primaryKey() });\n`;

  it("does not make the models speak of the schema that it is in, which would drop the rest of that", async () => {
    project.write("models.ts", TABLES);
    expect(await diff("")).toMatchObject({ changes: [] });
    expect(await diff(`includeName: (name) => name !== "app.audit"`)).toMatchObject({ changes: [] });
  });

  it("hides a trigger of one table, and not that of the same name on another one", async () => {
    project.write(
      "models.ts",
      `${TABLES}
      export const touch = definedObject("function", "touch()", "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'");
      const on = (name: string) => trigger("touch", { table: name, definition: \`CREATE TRIGGER touch BEFORE UPDATE ON \${name} FOR EACH ROW EXECUTE FUNCTION touch()\` });
      export const first = on("todos");
      export const second = on("lists");\n`,
    );
    const data = await diff(`includeName: (name, kind, { table }) => !(kind === "trigger" && table === "todos")`);
    expect(data).toMatchObject({ changes: [] });
    expect(JSON.stringify(data).match(/the config leaves it out/g)).toHaveLength(1);
  });
});
