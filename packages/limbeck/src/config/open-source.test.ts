import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sqlite } from "../dialects/sqlite/index.ts";
import { readSource } from "../runtime/read-source.ts";
import type { SchemaSource } from "../sources/schema-source.ts";
import { loadConfig } from "./load-config.ts";
import { openSource } from "./open-source.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "limbeck-source-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function open(models: string): Promise<SchemaSource> {
  mkdirSync(join(folder, "db"), { recursive: true });
  writeFileSync(join(folder, "db/limbeck.config.ts"), `export default { url: "sqlite:a.db"${models} };`);
  return openSource(await loadConfig({ cwd: folder, env: {}, configPath: "db/limbeck.config.ts" }));
}

const readTableNames = async (source: SchemaSource): Promise<readonly string[]> =>
  (await readSource(source, sqlite, () => sqlite.openScratch())).schema.tables.map(({ name }) => name);

describe("openSource", () => {
  it("takes a path for SQL, counted from the config's folder", async () => {
    const source = await open(`, models: "schema.sql"`);
    writeFileSync(join(folder, "db/schema.sql"), "CREATE TABLE todos (id INTEGER)");
    expect(await readTableNames(source)).toEqual(["todos"]);
    expect(source.adaptRules(sqlite.diffRules)).toMatchObject({ columnOrder: "exact" });
    expect(source.adaptRules(sqlite.diffRules).conventionName).toBeUndefined();
  });

  it("takes everything else for models, whose names the convention completes", async () => {
    const entry = JSON.stringify(join(import.meta.dirname, "../schema.ts"));
    const source = await open(`, models: () => import("./models.ts")`);
    writeFileSync(
      join(folder, "db/models.ts"),
      `import { integer, table } from ${entry}; export const a = table("todos", { id: integer().primaryKey() });`,
    );
    expect(await readTableNames(source)).toEqual(["todos"]);
    const rules = source.adaptRules(sqlite.diffRules);
    expect(rules.columnOrder).toBe("ignore");
    expect(rules.conventionName?.({ kind: "primaryKey", columns: ["id"] }, "todos", {})).toBe("pk_todos");
  });

  it("explains that a module has to be imported", async () => {
    await expect(open(`, models: "app/models.ts"`)).rejects.toMatchObject({
      reason: "modelsNotImported",
      fix: [expect.stringContaining('models: () => import("./app/models.ts")')],
    });
  });

  it("says which line to open where it is behind a comment mark, as init writes it", async () => {
    const fix = [expect.stringMatching(/^take the `\/\/` before `models` away in .*, line 2$/), expect.any(String)];
    await expect(open(`,\n  // models: () => import("./app/models.ts"),\n`)).rejects.toMatchObject({ fix });
  });

  it("says that the config names none", async () => {
    await expect(open("")).rejects.toMatchObject({ reason: "modelsMissing" });
  });
});
