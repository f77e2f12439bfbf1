import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, describe, expect, it } from "vitest";
import { createDrizzleProject, loadDrizzleKit, type DrizzleProject } from "./drizzle-project.ts";

const MODELS = `import { sql } from "drizzle-orm";
import { blob, check, foreignKey, index, integer, numeric, primaryKey, real, sqliteTable, sqliteView, text, unique, uniqueIndex } from "drizzle-orm/sqlite-core";

export const lists = sqliteTable("lists", {
  id: integer().primaryKey({ autoIncrement: true }),
  title: text({ length: 80 }).notNull().unique(),
});
export const todos = sqliteTable(
  "todos",
  {
    id: integer().primaryKey(),
    listId: integer("list_id").references(() => lists.id, { onDelete: "cascade" }),
    parent: integer(),
    done: integer({ mode: "boolean" }).notNull().default(false),
    at: integer({ mode: "timestamp" }).default(sql\`(unixepoch())\`),
    meta: text({ mode: "json" }).default({ tags: ["home"] }),
    price: real().default(1.5),
    slug: text().generatedAlwaysAs(sql\`lower(title)\`, { mode: "stored" }),
    title: text().notNull().$defaultFn(() => "only in the program"),
    big: blob({ mode: "bigint" }),
    exact: numeric(),
  },
  (table) => [
    index("by_title").on(table.title, sql\`lower(\${table.slug})\`).where(sql\`\${table.price} > 0\`),
    uniqueIndex("one_slug").on(table.slug),
    unique("one_title").on(table.listId, table.title),
    check("priced", sql\`\${table.price} >= 0 and \${table.title} <> 'x'\`),
    foreignKey({ columns: [table.parent], foreignColumns: [table.id] }).onUpdate("cascade"),
  ],
);
export const pairs = sqliteTable("pairs", { a: integer(), b: text() }, (table) => [primaryKey({ columns: [table.a, table.b] })]);
export const open = sqliteView("open_todos").as((query) => query.select({ id: todos.id }).from(todos).where(sql\`\${todos.price} > \${5}\`));
`;

let project: DrizzleProject;
const use = (...packages: readonly string[]): DrizzleProject => {
  project = createDrizzleProject("sqlite:app.db", packages.length > 0 ? packages : undefined);
  return project;
};
afterEach(() => project.dispose());

const listChanges = async (line: string): Promise<readonly string[]> => {
  const { exitCode, data, error } = await project.limbeckJson(line);
  expect({ line, exitCode, error }).toEqual({ line, exitCode: 0, error: undefined });
  // The shape is checked by what is compared with it.
  return (data as { changes: { sign: string; text: string }[] }).changes.map(({ sign, text }) => `${sign} ${text}`);
};

describe("models of Drizzle on SQLite", () => {
  it("find nothing to do in a database that drizzle-kit made of them", async () => {
    use().useModels(MODELS);
    const kit = loadDrizzleKit();
    const models: unknown = await import(join(project.folder, "models-1.ts"));
    // A module's namespace is a record of what it exports.
    const snapshot = await kit.generateSQLiteDrizzleJson(models as Record<string, unknown>);
    const statements = await kit.generateSQLiteMigration(await kit.generateSQLiteDrizzleJson({}), snapshot);
    const database = new DatabaseSync(join(project.folder, "app.db"));
    for (const statement of statements) database.exec(statement);
    database.close();
    expect(await listChanges("diff")).toEqual([]);
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 0 });
  });

  it("go through the main job: autogenerate, upgrade, change, upgrade, downgrade", async () => {
    use().useModels(MODELS);
    expect(await project.limbeckJson("revision -m first --autogenerate")).toMatchObject({
      exitCode: 0,
      data: { proof: "proven" },
    });
    await project.limbeck("upgrade head");
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 0 });
    const database = new DatabaseSync(join(project.folder, "app.db"));
    database.exec("INSERT INTO lists (title) VALUES ('home'); INSERT INTO todos (list_id, title) VALUES (1, 'water')");
    const changed = MODELS.replace("exact: numeric(),", "note: text(),").replace("text({ length: 80 })", "text()");
    project.useModels(changed);
    expect(await listChanges("diff --no-rename")).toEqual([
      "~ change type of lists.title from text(80) to text",
      "- drop column exact from todos",
      "+ add column note to todos",
    ]);
    expect(await project.limbeckJson("revision -m second --autogenerate --no-rename")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson("downgrade -1")).toMatchObject({ exitCode: 0 });
    project.useModels(MODELS);
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 0 });
    expect(database.prepare("SELECT title, meta FROM todos").all()).toEqual([
      { title: "water", meta: `{"tags":["home"]}` },
    ]);
    database.close();
  });

  it("mean names that they leave out as the config says", async () => {
    use().useModels(`import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
export const users = sqliteTable("users", { userId: integer().primaryKey(), firstName: text(), asIs: text("asIs") });`);
    project.write("drizzle.ts", project.read("limbeck.config.ts"));
    project.write(
      "limbeck.config.ts",
      `import config from "./drizzle.ts"; export default { ...config, drizzleCasing: "snake_case" };`,
    );
    const database = new DatabaseSync(join(project.folder, "app.db"));
    database.exec("CREATE TABLE users (user_id INTEGER PRIMARY KEY NOT NULL, first_name TEXT, asIs TEXT)");
    database.close();
    expect(await listChanges("diff")).toEqual([]);
    project.write(
      "limbeck.config.ts",
      `import config from "./drizzle.ts"; export default { ...config, drizzleCasing: "snake" };`,
    );
    expect(await project.limbeckJson("diff")).toMatchObject({ exitCode: 2, error: { code: "LB0106" } });
  });

  it("leave views and triggers alone that they do not name", async () => {
    use().useModels(MODELS.replace(/^export const open = .*$/m, ""));
    await project.limbeck("revision -m first --autogenerate");
    await project.limbeck("upgrade head");
    const database = new DatabaseSync(join(project.folder, "app.db"));
    database.exec("CREATE VIEW mine AS SELECT 1");
    database.close();
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 0, data: { unmanaged: [{ name: "mine" }] } });
  });

  it.each([
    ["drizzle-kit is not installed", ["drizzle-orm"], MODELS, "LB0416"],
    [
      "they are of another engine",
      [],
      `import { integer, pgTable } from "drizzle-orm/pg-core";\nexport const t = pgTable("t", { id: integer() });`,
      "LB0419",
    ],
    [
      "they stand beside models of Limbeck",
      [],
      `${MODELS}\nimport * as own from "limbeck/schema";\nexport const mine = own.table("mine", { id: own.integer() });`,
      "LB0415",
    ],
    [
      "a condition is no SQL",
      [],
      `import { sql } from "drizzle-orm";\nimport { check, integer, sqliteTable } from "drizzle-orm/sqlite-core";
export const t = sqliteTable("t", { id: integer() }, () => [check("c", sql\`nonsense(\`)]);`,
      "LB0418",
    ],
  ])("are refused where %s", async (_, packages, models, code) => {
    use(...packages).useModels(models);
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 2, error: { code } });
  });
});
