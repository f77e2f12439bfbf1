import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "./test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
  project.write("migrations/versions/.gitkeep", "");
});

afterEach(() => project.dispose());

function withDatabase<Result>(use: (database: DatabaseSync) => Result): Result {
  const database = new DatabaseSync(join(project.folder, "todo.db"), { defensive: false });
  try {
    return use(database);
  } finally {
    database.close();
  }
}

/** The objects of the database by name. */
const listObjects = (): readonly unknown[] =>
  withDatabase((database) =>
    database
      .prepare("SELECT name FROM sqlite_schema WHERE type IN ('view', 'trigger') ORDER BY name")
      .all()
      .map(({ name }) => name),
  );

/** A config and its models; each under a name of its own, because a process imports a file only once. */
function writeModels(name: string, models: string): void {
  project.write(
    `${name}.config.ts`,
    `export default { url: "sqlite:todo.db", models: () => import("./${name}.ts") };\n`,
  );
  project.write(`${name}.ts`, `import { integer, table, text, trigger, view } from "limbeck/schema";\n${models}\n`);
}

const TODOS = `export const todos = table("todos", { id: integer().primaryKey(), title: text().notNull() });`;
const WITH_DUE = `export const todos = table("todos", { id: integer().primaryKey(), title: text().notNull(), due: text() });`;
const STRICTER = `export const todos = table("todos", { id: integer().primaryKey(), title: text() });`;

const EXISTING = `
  CREATE TABLE todos (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
  CREATE VIRTUAL TABLE search USING fts5(title);
  CREATE TRIGGER feed AFTER INSERT ON todos BEGIN INSERT INTO search (rowid, title) VALUES (new.id, new.title); END;
  CREATE VIEW titles AS SELECT title FROM todos;
  CREATE TRIGGER titles_insert INSTEAD OF INSERT ON titles BEGIN INSERT INTO todos (title) VALUES (new.title); END;
`;

describe("views and triggers that models don't name", () => {
  beforeEach(() => withDatabase((database) => database.exec(EXISTING)));

  it("are no difference, and are reported", async () => {
    writeModels("limbeck", TODOS);
    const checked = await project.limbeckJson("check");
    expect(checked).toMatchObject({ exitCode: 0, data: { changes: [] } });
    expect((await project.limbeck("check")).stderr).toMatch(
      /view titles: it is not in the models\n {2}trigger feed: it is not in the models\n {2}trigger titles_insert: /,
    );
  });

  it.each([
    ["adds a column", WITH_DUE],
    ["rebuilds their table", STRICTER],
  ])("stay where a revision %s", async (_what, models) => {
    writeModels("limbeck", models);
    const written = await project.limbeck(`revision -m change --autogenerate --rev-id b001`);
    expect(written).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("Proven") });
    expect(project.read(written.stdout.trim())).not.toMatch(/View|Trigger/);
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
    expect(listObjects()).toEqual(["feed", "titles", "titles_insert"]);
    withDatabase((database) => database.exec("INSERT INTO titles (title) VALUES ('milk')"));
    expect(withDatabase((database) => database.prepare("SELECT title FROM search").all())).toMatchObject([
      { title: "milk" },
    ]);
    expect((await project.limbeck("check")).exitCode).toBe(0);
    expect((await project.limbeck("downgrade base")).exitCode).toBe(0);
    expect(listObjects()).toEqual(["feed", "titles", "titles_insert"]);
  });

  it("stay when the models name others of their kind", async () => {
    writeModels("limbeck", `${TODOS}\nexport const ids = view("ids", "SELECT id FROM todos");`);
    const { data } = await project.limbeckJson("diff");
    expect(data).toMatchObject({ changes: [{ kind: "createView", sign: "+" }] });
  });

  it("go with the table that they belong to, and come back with it", async () => {
    writeModels("limbeck", `export const lists = table("lists", { id: integer().primaryKey() });`);
    const { data } = await project.limbeckJson("diff --no-rename --drop-ok");
    expect(data).toMatchObject({
      changes: expect.arrayContaining([
        expect.objectContaining({ kind: "dropTable" }),
        expect.objectContaining({ kind: "dropTrigger", text: expect.stringContaining("feed") }),
      ]),
    });
  });

  it("follow a table that is renamed", async () => {
    writeModels(
      "limbeck",
      `export const tasks = table("tasks", { id: integer().primaryKey(), title: text().notNull() });`,
    );
    const written = await project.limbeck(
      `revision -m change --autogenerate --rev-id b001 --rename todos:tasks --no-rename`,
    );
    expect(written).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("Proven") });
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
    expect(listObjects()).toEqual(["feed", "titles", "titles_insert"]);
    withDatabase((database) => database.exec("INSERT INTO titles (title) VALUES ('milk')"));
    expect(withDatabase((database) => database.prepare("SELECT title FROM tasks").all())).toMatchObject([
      { title: "milk" },
    ]);
    expect((await project.limbeck("check")).exitCode).toBe(0);
  });

  it("are made anew with a view that is", async () => {
    writeModels("limbeck", `${TODOS}\nexport const titles = view("titles", "SELECT title FROM todos WHERE id > 0");`);
    const written = await project.limbeck(`revision -m change --autogenerate --rev-id b001`);
    expect(written).toMatchObject({ exitCode: 0 });
    expect(project.read(written.stdout.trim())).not.toMatch(/Trigger/);
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
    expect(listObjects()).toEqual(["feed", "titles", "titles_insert"]);
    expect((await project.limbeck("downgrade base")).exitCode).toBe(0);
    expect(listObjects()).toEqual(["feed", "titles", "titles_insert"]);
  });

  it("are there when a revision is previewed", async () => {
    project.write("limbeck.config.ts", `export default { url: "sqlite:todo.db" };\n`);
    project.writeRevision("a001", null, "fill the search", {
      up: `await op.execute("INSERT INTO search (title) SELECT title FROM todos");
        await op.addColumn("todos", "due", text());`,
    });
    const preview = await project.limbeck("upgrade head --dry-run");
    expect(preview).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("INSERT INTO search") });
    expect(preview.stderr).not.toContain("left out");
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
  });

  it("are left out of a preview, with a word, where nothing can make them", async () => {
    project.write("limbeck.config.ts", `export default { url: "sqlite:todo.db" };\n`);
    project.writeRevision("a001", null, "due", { up: `await op.addColumn("todos", "due", text());` });
    withDatabase((database) =>
      database.exec(`PRAGMA writable_schema = ON;
        INSERT INTO sqlite_schema VALUES ('table', 'places', 'places', 0, 'CREATE VIRTUAL TABLE places USING "geo"(a)');`),
    );
    const preview = await project.limbeck("upgrade head --dry-run");
    expect(preview).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("due") });
    expect(preview.stderr).toContain("left out: virtual table places.");
  });

  it("are dropped where SQL is the source, which says all there is to say", async () => {
    project.write("limbeck.config.ts", `export default { url: "sqlite:todo.db", models: "schema.sql" };\n`);
    project.write("schema.sql", "CREATE TABLE todos (id INTEGER PRIMARY KEY, title TEXT NOT NULL);\n");
    const { data } = await project.limbeckJson("diff");
    expect(data).toMatchObject({
      changes: expect.arrayContaining([expect.objectContaining({ kind: "dropView" })]),
    });
  });
});
