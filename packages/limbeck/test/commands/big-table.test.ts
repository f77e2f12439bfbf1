import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";

const MODELS = (type: string): string => `
import { foreignKey, index, integer, table, text, trigger, varchar, view } from "limbeck/schema";

export const lists = table("lists", { id: integer().primaryKey().autoIncrement(), name: ${type}.notNull() }, [
  index(["name"], { name: "ix_long_names", where: "length(name) > 6" }),
]);
export const todos = table(
  "todos",
  { id: integer().primaryKey().autoIncrement(), list_id: integer().notNull(), title: text().notNull() },
  [foreignKey(["list_id"], { table: "lists", columns: ["id"] }, { onDelete: "cascade" })],
);
export const log = table("log", { id: integer().primaryKey(), what: text().notNull() });
export const names = view("names", "SELECT id, name FROM lists");
export const renamed = trigger("renamed", {
  table: "lists",
  definition: "CREATE TRIGGER renamed AFTER UPDATE OF name ON lists BEGIN INSERT INTO log (what) VALUES (OLD.name || '>' || NEW.name); END",
});
`;

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db", models: () => import("./models.ts") };`);
  project.write("migrations/versions/.gitkeep", "");
});

afterEach(() => project.dispose());

const BIN = join(import.meta.dirname, "../../src/cli/bin.ts");

/** Runs a command in a process of its own, as a person does, because a process loads the models once. */
function limbeck(...words: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [BIN, ...words], { cwd: project.folder, encoding: "utf8" });
  expect([status, stderr]).toEqual([0, expect.anything()]);
}

const open = (): DatabaseSync => new DatabaseSync(join(project.folder, "app.db"));

/** Everything that may not change: rows of both tables, counters, and the objects around the table. */
function takeStock(): unknown {
  const database = open();
  const all = (sql: string): unknown => database.prepare(sql).all();
  const stock = {
    lists: all("SELECT id, name FROM lists ORDER BY id"),
    todos: all("SELECT id, list_id, title FROM todos ORDER BY id"),
    names: all("SELECT count(*) AS n FROM names"),
    counters: all("SELECT name, seq FROM sqlite_sequence ORDER BY name"),
    objects: all("SELECT type, name, tbl_name FROM sqlite_schema WHERE type <> 'table' ORDER BY name"),
    broken: all("PRAGMA foreign_key_check"),
  };
  database.close();
  return stock;
}

const declaredType = (): unknown => {
  const database = open();
  const row = database.prepare("SELECT type FROM pragma_table_info('lists') WHERE name = 'name'").get();
  database.close();
  return row?.["type"];
};

describe("a change of type on a table with children, a trigger, a view, a partial index and 1,000 rows", () => {
  it("keeps all of them, up and down", () => {
    project.write("models.ts", MODELS("varchar(50)"));
    limbeck("revision", "-m", "initial", "--autogenerate");
    limbeck("upgrade", "head");
    const database = open();
    database.exec(`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1010) INSERT INTO lists (name) SELECT 'list ' || i FROM n;
      DELETE FROM lists WHERE id > 1000;
      INSERT INTO todos (list_id, title) SELECT id, 'a' FROM lists;
      INSERT INTO todos (list_id, title) SELECT id, 'b' FROM lists;`);
    database.close();
    const before = takeStock();

    project.write("models.ts", MODELS("text()"));
    limbeck("revision", "-m", "longer names", "--autogenerate");
    limbeck("upgrade", "head");
    expect(declaredType()).toBe("TEXT");
    expect(takeStock()).toEqual(before);

    limbeck("downgrade", "-1");
    expect(declaredType()).toBe("VARCHAR(50)");
    expect(takeStock()).toEqual(before);

    const after = open();
    after.exec("UPDATE lists SET name = 'new' WHERE id = 1; INSERT INTO lists (name) VALUES ('next')");
    expect(after.prepare("SELECT what FROM log").all()).toEqual([{ what: "list 1>new" }]);
    expect(after.prepare("SELECT max(id) AS id FROM lists").get()).toEqual({ id: 1011 });
    after.exec("DELETE FROM lists WHERE id = 2");
    expect(after.prepare("SELECT count(*) AS n FROM todos").get()).toEqual({ n: 1998 });
    after.close();
  });
});
