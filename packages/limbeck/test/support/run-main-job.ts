import { expect } from "vitest";
import { check } from "../../src/commands/check.ts";
import { current } from "../../src/commands/current.ts";
import { downgrade } from "../../src/commands/downgrade.ts";
import { openEnvironment, type Environment } from "../../src/commands/environment.ts";
import { createRevision } from "../../src/commands/revision.ts";
import { upgrade } from "../../src/commands/upgrade.ts";
import type { Row } from "../../src/dialect/connection.ts";
import { createTestProject, type TestProject } from "../cli/test-project.ts";

const MODELS = {
  first: "notes: text()",
  second: "notes: text().notNull(), done: boolean().notNull().default(false)",
};

function writeProject(config: string): TestProject {
  const project = createTestProject();
  project.write("migrations/versions/.gitkeep", "");
  for (const [name, columns] of Object.entries(MODELS)) {
    project.write(`${name}.config.ts`, `export default { models: () => import("./${name}.ts"), ${config} };`);
    project.write(
      `${name}.ts`,
      `import { boolean, integer, table, text, timestamp } from "limbeck/schema";
       export const todos = table("todos", { id: integer().primaryKey().autoIncrement(), ${columns} });
       export const tags = table("tags", { todo: integer().references("todos", "id", { onDelete: "cascade" }), at: timestamp().defaultNow() });`,
    );
  }
  return project;
}

/** Where the project's database is, and how to look into it. */
export interface JobPlace {
  /** Keys of the config. */
  readonly config: string;
  readonly connection?: object;
  /** Runs a statement beside the commands. */
  readonly read: (project: TestProject, sql: string) => Promise<readonly Row[]>;
  /** A query of the names of all tables. */
  readonly tables: string;
}

/** Revisions made from models, proven, run up and down, with rows in the tables. */
export async function runMainJob({ config, connection, read, tables }: JobPlace): Promise<"done"> {
  const project = writeProject(config);
  const open = (name: keyof typeof MODELS): Promise<Environment> =>
    openEnvironment({
      cwd: project.folder,
      env: {},
      configPath: `${name}.config.ts`,
      ...(connection && { connection }),
    });
  try {
    const first = await open("first");
    expect(await createRevision(first, { message: "one", autogenerate: true })).toMatchObject({ proof: "proven" });
    await upgrade(first, { target: "head" });
    await read(project, "INSERT INTO todos (id, notes) VALUES (7, 'kept')");
    await read(project, "INSERT INTO tags (todo) VALUES (7)");

    const second = await open("second");
    expect(await createRevision(second, { message: "two", autogenerate: true })).toMatchObject({ proof: "proven" });
    expect((await upgrade(second, { target: "head" })).steps).toHaveLength(1);
    expect(await check(second)).toMatchObject({ changes: [] });
    expect(await read(project, "SELECT * FROM todos")).toStrictEqual([{ id: 7, notes: "kept", done: false }]);

    await downgrade(second, { target: "-1", allowDataLoss: true });
    expect(await check(first)).toMatchObject({ changes: [] });
    expect(await read(project, "SELECT * FROM todos")).toStrictEqual([{ id: 7, notes: "kept" }]);
    await downgrade(second, { target: "base", allowDataLoss: true });
    expect(await current(second)).toMatchObject({ revisions: [] });
    const names = await read(project, tables);
    expect(names.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))).toEqual([
      { name: "limbeck_history" },
      { name: "limbeck_version" },
    ]);
    return "done";
  } finally {
    project.dispose();
  }
}
