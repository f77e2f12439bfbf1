import { join } from "node:path";
import { expect } from "vitest";
import { openEnvironment, type Environment } from "../../../src/commands/environment.ts";
import { reset } from "../../../src/commands/reset.ts";
import { createRevision } from "../../../src/commands/revision.ts";
import { downgrade } from "../../../src/commands/downgrade.ts";
import { check } from "../../../src/commands/check.ts";
import { current } from "../../../src/commands/current.ts";
import { previewUpgrade, upgrade } from "../../../src/commands/upgrade.ts";
import type { Row } from "../../../src/dialect/connection.ts";
import { sqlite } from "../../../src/dialects/sqlite/index.ts";
import { createTestProject, type TestProject } from "../../cli/test-project.ts";
import { behaves, type Subject } from "./subject.ts";

const MODELS = {
  first: `notes: text()`,
  second: `notes: text().notNull(), done: boolean().notNull().default(false)`,
};

function writeProject(config: string): TestProject {
  const project = createTestProject();
  project.write("migrations/versions/.gitkeep", "");
  for (const [name, columns] of Object.entries(MODELS)) {
    project.write(`${name}.config.ts`, `export default { models: () => import("./${name}.ts"), ${config} };`);
    project.write(
      `${name}.ts`,
      `import { boolean, integer, table, text, view } from "limbeck/schema";
       export const todos = table("todos", { id: integer().primaryKey().autoIncrement(), ${columns} });
       export const tags = table("tags", { todo: integer().references("todos", "id", { onDelete: "cascade" }), boolean: boolean() });
       export const numbers = view("numbers", "SELECT id FROM todos");`,
    );
  }
  return project;
}

/** Where the project's database is, and how to look into it. */
interface Place {
  readonly config: string;
  readonly connection?: object;
  readonly read: (project: TestProject, sql: string) => Promise<readonly Row[]>;
}

async function readFile(subject: Subject, project: TestProject, sql: string): Promise<readonly Row[]> {
  const connection = await sqlite.connect(`sqlite:${join(project.folder, "app.db")}`, { driver: subject.driver });
  const rows = await connection.query(sql);
  await connection.close();
  return rows;
}

async function runMainJob(subject: Subject, place: Place): Promise<void> {
  const project = writeProject(place.config);
  const open = (name: keyof typeof MODELS): Promise<Environment> =>
    openEnvironment({
      cwd: project.folder,
      env: {},
      configPath: `${name}.config.ts`,
      ...(place.connection && { connection: place.connection }),
    });
  const rows = async (): Promise<unknown> => [
    ...(await place.read(project, "SELECT * FROM todos")),
    ...(await place.read(project, "SELECT * FROM tags")),
  ];
  try {
    const first = await open("first");
    expect(await createRevision(first, { message: "one", autogenerate: true })).toMatchObject({ proof: "proven" });
    await upgrade(first, { target: "head" });
    await place.read(project, "INSERT INTO todos (id, notes) VALUES (7, 'kept')");
    await place.read(project, "INSERT INTO tags VALUES (7, 1)");

    const second = await open("second");
    expect(await createRevision(second, { message: "two", autogenerate: true })).toMatchObject({ proof: "proven" });
    // What an engine cannot alter is built anew; which of them can is seen before the run as well as in it.
    const { script } = await previewUpgrade(second, { target: "head" });
    expect(script.includes("SET NOT NULL")).toBe(subject.previewsAlterNotNull);
    expect(script.includes("_limbeck_new_")).toBe(!subject.previewsAlterNotNull);
    expect((await upgrade(second, { target: "head" })).steps).toHaveLength(1);
    expect(await check(second)).toMatchObject({ changes: [] });
    expect(await rows()).toStrictEqual([
      { id: 7, notes: "kept", done: false },
      { todo: 7, boolean: true },
    ]);

    await downgrade(second, { target: "-1", allowDataLoss: true });
    expect(await check(first)).toMatchObject({ changes: [] });
    expect(await rows()).toStrictEqual([
      { id: 7, notes: "kept" },
      { todo: 7, boolean: true },
    ]);
    await upgrade(second, { target: "head" });
    await downgrade(second, { target: "base", allowDataLoss: true });
    expect(await current(second)).toMatchObject({ revisions: [] });
    const names = await place.read(
      project,
      "SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' ORDER BY name",
    );
    expect(names).toEqual([{ name: "limbeck_history" }, { name: "limbeck_version" }]);
  } finally {
    project.dispose();
  }
}

/** Revisions made from models, run up and down, with rows in the tables. */
export function testMainJob(subject: Subject): void {
  behaves(subject, "does the main job: autogenerate, upgrade, change, upgrade, downgrade", () =>
    runMainJob(subject, {
      config: `url: "sqlite:app.db", driver: "${subject.driver}"`,
      read: (project, sql) => readFile(subject, project, sql),
    }),
  );
}

/** The same on one open database, that exists in memory only. */
export function testMainJobInMemory(subject: Subject): void {
  behaves(subject, "does the main job in memory", async () => {
    const own = subject.openOwn(":memory:");
    const read = async (_: TestProject, sql: string): Promise<readonly Row[]> => (await sqlite.connect(own)).query(sql);
    await runMainJob(subject, { config: "", connection: own, read });
    own.close();
  });

  behaves(subject, "two upgrades at once in memory run every revision once, and a reset begins anew", async () => {
    const own = subject.openOwn(":memory:");
    const project = writeProject("");
    for (const [id, down] of [
      ["a1", null],
      ["b2", "a1"],
    ] as const) {
      project.writeRevision(id, down, "slow", {
        up: `await op.createTable("${id}", { id: integer() }); await new Promise((resolve) => setTimeout(resolve, 20));`,
      });
    }
    const open = (): Promise<Environment> =>
      openEnvironment({ cwd: project.folder, env: {}, configPath: "first.config.ts", connection: own });
    const run = async (): Promise<number> => (await upgrade(await open(), { target: "head" })).steps.length;
    const counts = await Promise.all([run(), run(), run()]);
    expect(counts.toSorted((a, b) => a - b)).toEqual([0, 0, 2]);
    expect((await reset(await open(), { confirmed: true })).steps).toHaveLength(2);
    own.close();
    project.dispose();
  });
}
