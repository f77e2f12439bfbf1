import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "./test-project.ts";

let project: TestProject;

/** Full text search, which no model can say: a virtual table and the way back. */
const OPERATIONS = `import { defineOperation } from "limbeck";
export const createSearch = defineOperation({
  name: "createSearch",
  module: import.meta.url,
  describe: ({ table, columns }) => "make " + table + " searchable by " + columns.join(", "),
  compile: ({ table, columns }, { dialect }) => ["CREATE VIRTUAL TABLE " + table + "_search USING fts5(" + columns.join(", ") + ")" + (dialect === "sqlite" ? "" : " wrong")],
  reverse: (data) => dropSearch(data),
});
export const dropSearch = defineOperation({
  name: "dropSearch",
  module: import.meta.url,
  describe: ({ table }) => "make " + table + " no longer searchable",
  compile: ({ table }) => ["DROP TABLE " + table + "_search"],
  reverse: (data) => createSearch(data),
  describeLoss: ({ table }) => "the search index of " + table,
});
`;

const CONFIG = `import { createSearch } from "./app/operations.ts";
async function compareSearch({ dialect, target, query }) {
  if (dialect !== "sqlite") throw new Error("another engine: " + dialect);
  const found = await query("SELECT name FROM sqlite_schema WHERE name LIKE ?", ["%\\\\_search"].map((name) => name.replace("\\\\", "")));
  const names = found.map(({ name }) => name);
  return target.tables
    .filter(({ name }) => name === "todos" && !names.includes(name + "_search"))
    .map(({ name }) => createSearch({ table: name, columns: ["title"] }));
}
export default { url: "sqlite:app.db", models: () => import("./models.ts"), comparators: [compareSearch] };
`;

beforeEach(() => {
  project = createTestProject();
  project.write("migrations/versions/.gitkeep", "");
  project.write("app/operations.ts", OPERATIONS);
  project.write("limbeck.config.ts", CONFIG);
  project.write(
    "models.ts",
    `import { integer, table, text } from "limbeck/schema";\nexport const todos = table("todos", { id: integer().primaryKey(), title: text() });\n`,
  );
});

afterEach(() => project.dispose());

const listTables = (): readonly unknown[] => {
  const database = new DatabaseSync(join(project.folder, "app.db"));
  const rows = database
    .prepare("SELECT name FROM sqlite_schema WHERE name IN ('todos', 'todos_search') ORDER BY name")
    .all();
  database.close();
  return rows.map(({ name }) => name);
};

describe("operations of one's own", () => {
  it("are found by a comparator, written as calls, proven, run and taken back", async () => {
    const shown = await project.limbeck("diff");
    expect(shown.stdout).toContain("~ make todos searchable by title");
    expect(shown.stdout).toContain("CREATE VIRTUAL TABLE todos_search USING fts5(title);");
    const written = await project.limbeckJson("revision --autogenerate -m search");
    expect(written).toMatchObject({
      exitCode: 0,
      data: { proof: "proven", notes: expect.arrayContaining(["The downgrade destroys the search index of todos."]) },
    });
    const { path } = written["data"] as { readonly path: string };
    const text = project.read(path.replace(`${project.folder}/`, ""));
    expect(text).toContain(`import { createSearch, dropSearch } from "../../app/operations.ts";`);
    expect(text).toContain(`await op.invoke(createSearch({ table: "todos", columns: ["title"] }));`);
    expect(text).toContain(`await op.invoke(dropSearch({ table: "todos", columns: ["title"] }));`);

    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 5 });
    expect(await project.limbeck("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(listTables()).toEqual(["todos", "todos_search"]);
    expect(await project.limbeck("check")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeck("revision --autogenerate -m again")).toMatchObject({ exitCode: 2 });
    expect((await project.limbeck("upgrade base:head --sql")).stdout).toContain("CREATE VIRTUAL TABLE todos_search");
    expect(await project.limbeck("downgrade base")).toMatchObject({ exitCode: 0 });
    expect(listTables()).toEqual([]);
  });

  it("may be written as SQL", async () => {
    const { stdout, exitCode } = await project.limbeck("revision --autogenerate -m search --format sql");
    expect(exitCode).toBe(0);
    expect(project.read(stdout.trim())).toContain("CREATE VIRTUAL TABLE todos_search");
  });

  it("are refused where nothing takes them back", async () => {
    project.write("app/operations.ts", OPERATIONS.replace("reverse: (data) => dropSearch(data),", ""));
    const run = await project.limbeck("revision --autogenerate -m search");
    expect(run.exitCode).not.toBe(0);
    expect(run.stderr.replaceAll(/\s+/g, " ")).toContain("Its definition says nothing of what takes it back.");
  });

  it("are named with their place when a comparator fails, or is none", async () => {
    project.write("limbeck.config.ts", CONFIG.replace('dialect !== "sqlite"', "true"));
    const { exitCode, stderr } = await project.limbeck("diff");
    expect([exitCode, stderr.replaceAll(/\s+/g, " ")]).toEqual([2, expect.stringContaining("another engine: sqlite")]);
    expect(stderr).toContain("limbeck.config.ts:3:");
    project.write("limbeck.config.ts", CONFIG.replace("[compareSearch]", "[1]"));
    expect(await project.limbeck("diff")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("comparators"),
    });
  });
});
