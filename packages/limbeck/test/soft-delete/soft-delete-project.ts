import type { Row } from "../../src/dialect/connection.ts";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import type { CrashDatabase, CrashEngine } from "../runner/crash-engine.ts";

/** Lists, and todos in them, before and after they delete softly. */
const MODELS = (isSoft: boolean): string => `
import { indexAmongLive, integer, softDelete, table, unique, uniqueAmongLive, varchar } from "limbeck/schema";
export const lists = table("lists", { id: integer().primaryKey().autoIncrement(), name: varchar(80).notNull()${isSoft ? ", ...softDelete()" : ""} });
export const todos = table(
  "todos",
  {
    id: integer().primaryKey().autoIncrement(),
    list_id: integer().references("lists", "id", { onDelete: "cascade" }),
    title: varchar(80).notNull()${isSoft ? ",\n    ...softDelete()" : ""}
  },
  [${isSoft ? 'uniqueAmongLive(["title"]), indexAmongLive(["list_id"])' : 'unique(["title"])'}],
);
`;

/** A project on an engine whose second revision lets its tables delete softly. */
export interface SoftDeleteProject extends TestProject {
  readonly database: CrashDatabase;
  /** Runs a command line that has to come to a good end. @returns what it told */
  readonly ok: (line: string) => Promise<string>;
  readonly run: (sql: string) => Promise<void>;
  readonly query: (sql: string) => Promise<readonly Row[]>;
  /** The text of the second revision. */
  readonly readRevision: () => string;
}

/** Makes the project, generates both revisions, and applies them. */
export async function createSoftDeleteProject(engine: CrashEngine): Promise<SoftDeleteProject> {
  const project = createTestProject();
  const database = await engine.create(project.folder);
  const use = (isSoft: boolean): void => {
    const name = isSoft ? "soft" : "hard";
    project.write(`${name}.ts`, MODELS(isSoft));
    const config = { url: database.url };
    project.write(
      "limbeck.config.ts",
      `export default { ...${JSON.stringify(config)}, models: () => import("./${name}.ts") };\n`,
    );
  };
  const ok = async (line: string): Promise<string> => {
    const { exitCode, stdout, stderr } = await project.limbeck(line);
    if (exitCode !== 0) throw new Error(`${line}: ${stderr}`);
    return stderr.replaceAll(/\s+/g, " ") + stdout;
  };
  const withConnection = async <Result>(work: (query: (sql: string) => Promise<readonly Row[]>) => Promise<Result>) => {
    const connection = await engine.dialect.connect(database.url);
    try {
      return await work((sql) => connection.query(sql));
    } finally {
      await connection.close();
    }
  };
  const execute = async (sql: string): Promise<void> => {
    const connection = await engine.dialect.connect(database.url);
    try {
      await connection.execute(sql);
    } finally {
      await connection.close();
    }
  };
  project.write("migrations/versions/.gitkeep", "");
  use(false);
  await ok("revision --autogenerate -m first --rev-id a001");
  await ok("upgrade head");
  use(true);
  await ok("revision --autogenerate -m soft --rev-id a002");
  await ok("upgrade head");
  const readRevision = (): string => {
    const name = project.list("migrations/versions").find((one) => one.includes("soft"));
    return project.read(`migrations/versions/${name ?? ""}`);
  };
  return {
    ...project,
    database,
    ok,
    run: execute,
    query: (sql) => withConnection((query) => query(sql)),
    readRevision,
  };
}

/** A live list and a deleted one; a live todo, and deleted ones of the same title in both lists. */
export async function fill({ run }: SoftDeleteProject): Promise<void> {
  const time = "2026-02-21 10:00:00.125";
  await run("INSERT INTO lists (id, name) VALUES (1, 'home')");
  await run(`INSERT INTO lists (id, name, deleted_at) VALUES (2, 'old', '${time}')`);
  await run("INSERT INTO todos (id, list_id, title) VALUES (1, 1, 'milk')");
  await run(
    `INSERT INTO todos (id, list_id, title, deleted_at) VALUES (2, 1, 'milk', '${time}'), (7, 2, 'milk', '${time}')`,
  );
}

/** Everything in both tables, as text. */
export async function readAll({ query }: SoftDeleteProject): Promise<string> {
  const rows = [
    ...(await query("SELECT id, name, deleted_at FROM lists ORDER BY id")),
    ...(await query("SELECT id, list_id, title, deleted_at FROM todos ORDER BY id")),
  ];
  return rows.map((row) => JSON.stringify(row)).join("\n");
}
