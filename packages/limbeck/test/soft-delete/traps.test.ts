import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";

const CONFIG = (name: string): string =>
  `export default { url: "sqlite:app.db", models: () => import("./${name}.ts") };\n`;

const MODULE = (text: string): string =>
  `import { boolean, integer, softDelete, table, timestamp, unique, uniqueAmongLive, varchar } from "limbeck/schema";\n${text}`;

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
  project.write("migrations/versions/.gitkeep", "");
});

afterEach(() => project.dispose());

/** Generates a revision from models. @returns what it says beside its changes */
async function generate(name: string, models: string): Promise<readonly string[]> {
  project.write("limbeck.config.ts", CONFIG(name));
  project.write(`${name}.ts`, MODULE(models));
  const run = await project.limbeckJson(`revision --autogenerate -m ${name}`);
  expect(run).toMatchObject({ exitCode: 0 });
  const { data } = run as unknown as { readonly data: { readonly notes: readonly string[]; readonly path: string } };
  const file = project.read(data.path.slice(project.folder.length + 1));
  // What is told is in the file as well.
  for (const note of data.notes) expect(file).toContain(note);
  return data.notes.filter((note) => !note.startsWith("The downgrade"));
}

const upgrade = async (): Promise<void> => {
  expect(await project.limbeck("upgrade head")).toMatchObject({ exitCode: 0 });
};

describe("traps of soft delete that a revision leads into", () => {
  it("are told once, of the table that it creates", async () => {
    const models = `
      export const lists = table("lists", { id: integer().primaryKey(), name: varchar(40).notNull().unique(), is_deleted: boolean(), ...softDelete() });
      export const todos = table("todos", {
        id: integer().primaryKey(), list_id: integer().references("lists", "id", { onDelete: "cascade" }),
        title: varchar(40).notNull(), deleted_at: timestamp({ timezone: true }),
      }, [unique(["title", "deleted_at"]), uniqueAmongLive(["list_id", "title"])]);`;
    expect(await generate("first", models)).toEqual([
      expect.stringMatching(/^uq_lists_name counts deleted rows of lists too.*uniqueAmongLive\(\["name"\]\)/),
      expect.stringMatching(/^lists says twice whether a row is deleted, in is_deleted and in deleted_at/),
      expect.stringMatching(/^Rows of todos stay live when the row of lists that list_id points to/),
      expect.stringMatching(/^uq_todos_title_deleted_at lets any number of live rows of todos agree in title/),
      expect.stringMatching(/^uq_todos_list_id_title_live does not hold where list_id is NULL/),
    ]);
    await upgrade();
    const more = `${models}\nexport const tags = table("tags", { id: integer().primaryKey(), name: varchar(40).unique() });`;
    expect(await generate("second", more)).toEqual([]);
  });

  it("are none where there is no soft delete, and none where it is done right", async () => {
    expect(
      await generate(
        "first",
        `export const users = table("users", { id: integer().primaryKey(), name: varchar(40).notNull().unique(), active: boolean() });
         export const todos = table("todos", { id: integer().primaryKey(), title: varchar(40).notNull(), ...softDelete() }, [uniqueAmongLive(["title"])]);`,
      ),
    ).toEqual([]);
  });

  it("count the deleted rows that come back to life when their column goes", async () => {
    const id = "id: integer().primaryKey()";
    await generate(
      "first",
      `export const todos = table("todos", { ${id}, deleted_at: timestamp({ timezone: true }) });`,
    );
    await upgrade();
    const database = new DatabaseSync(join(project.folder, "app.db"));
    database.exec("INSERT INTO todos VALUES (1, NULL), (2, '2026-02-21 10:00:00'), (3, '2026-02-21 10:00:00')");
    database.close();
    expect(await generate("second", `export const todos = table("todos", { ${id} });`)).toEqual([
      expect.stringMatching(
        /^2 deleted rows of todos come back to life when deleted_at goes.*op\.disableSoftDelete\("todos"\)/,
      ),
      "The upgrade destroys the values of todos.deleted_at.",
    ]);
  });

  it("are left out where a rule for live rows shows what the column was for: then its rows are parked", async () => {
    const id = "id: integer().primaryKey(), title: varchar(40).notNull()";
    await generate(
      "first",
      `export const todos = table("todos", { ${id}, ...softDelete() }, [uniqueAmongLive(["title"])]);`,
    );
    await upgrade();
    expect(await generate("second", `export const todos = table("todos", { ${id} });`)).toEqual([
      "The upgrade moves deleted rows of todos to limbeck_parked_todos; enabling soft delete again brings them back.",
    ]);
  });
});
