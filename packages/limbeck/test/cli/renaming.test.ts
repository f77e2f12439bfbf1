import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RevisionResult } from "../../src/commands/revision.ts";
import { createTestProject, type TestProject } from "./test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
});

afterEach(() => project.dispose());

const FULL_TABLE = (table: string, column: string): string => `
CREATE TABLE lists (id INTEGER PRIMARY KEY);
CREATE TABLE ${table} (
  id INTEGER PRIMARY KEY,
  ${column} INTEGER NOT NULL DEFAULT 1,
  double_of INTEGER GENERATED ALWAYS AS (${column} * 2) VIRTUAL,
  list_id INTEGER REFERENCES lists (id),
  CHECK (${column} > 0)
);
CREATE INDEX ix_positive ON ${table} (${column} + 1) WHERE ${column} > 5;
CREATE VIEW dear AS SELECT id FROM ${table} WHERE ${column} > 100;
CREATE TRIGGER keep AFTER UPDATE OF ${column} ON ${table} BEGIN SELECT ${column} FROM ${table}; END;
`;

describe("renaming what checks, generated columns, indexes, views and triggers speak of", () => {
  // SQLite writes the new name into their texts with quotation marks, which the target does not have.
  const writeSchema = (sql: string): void => {
    project.write("schema.sql", sql);
    project.write("limbeck.config.ts", `export default { url: "sqlite:app.db", models: "schema.sql" };`);
  };

  beforeEach(async () => {
    project.write("migrations/versions/.gitkeep", "");
    writeSchema(FULL_TABLE("items", "price"));
    await project.limbeck("revision -m first --autogenerate");
    await project.limbeck("upgrade head");
  });

  it.each([
    ["a column", FULL_TABLE("items", "cost"), "--rename items.price:items.cost", "renameColumn"],
    ["a table", FULL_TABLE("goods", "price"), "--rename items:goods", "renameTable"],
  ])("is proven for %s, is no difference afterwards, and is reversible", async (_, sql, flag, kind) => {
    writeSchema(sql);
    // The shape is checked by what is looked at below.
    const { data } = await project.limbeckJson(`revision -m renamed --autogenerate ${flag}`);
    expect(data).toMatchObject({ proof: "proven" });
    // Views and triggers that speak of it are made anew around it; nothing else is.
    const { changes } = data as RevisionResult;
    expect(changes.map((change) => change.kind)).toEqual([
      "dropTrigger",
      "dropView",
      kind,
      "createView",
      "createTrigger",
    ]);
    expect(await project.limbeck("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeck("check")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson("test head")).toMatchObject({
      exitCode: 0,
      data: { revisions: [{ verdict: "reversible" }] },
    });
  });
});
