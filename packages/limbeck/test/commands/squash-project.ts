import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { createTestProject, type JsonRun, type RevisionBody, type TestProject } from "../cli/test-project.ts";

/** A project whose revisions are to be squashed. */
export interface SquashProject extends TestProject {
  /** Writes `r1`, `r2` and so on above `a1`, and `z1` on top of them. */
  readonly writeRange: (...bodies: readonly RevisionBody[]) => void;
  readonly listFiles: () => readonly string[];
  /** Squashes; throws when something was written although it failed, or nothing although it did not. */
  readonly squash: (args: string) => Promise<JsonRun>;
  /** The text of the squashed revision. */
  readonly readSquashed: () => string;
  readonly deleteOriginals: () => void;
  /** Runs a command that moves the database; throws when it does not end where it should. */
  readonly move: (line: string, to: readonly string[]) => Promise<void>;
  /** The rows of a query, as lists. */
  readonly query: (sql: string, file?: string) => readonly unknown[];
}

/** Adds a column, and takes it away. */
export const addColumn = (table: string, column: string): RevisionBody => ({
  up: `await op.addColumn("${table}", "${column}", text());`,
  down: `await op.dropColumn("${table}", "${column}");`,
});

/** Creates the table that most of the tests are about. */
export const CREATE_TODOS: RevisionBody = {
  up: `await op.createTable("todos", { id: integer().primaryKey(), title: text().notNull() });`,
  down: `await op.dropTable("todos");`,
};

/** Makes a project with one revision, `a1`, that creates users. */
export function createSquashProject(): SquashProject {
  const project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };`);
  project.writeRevision("a1", null, "create users", {
    up: `await op.createTable("users", { id: integer().primaryKey(), name: text() });`,
    down: `await op.dropTable("users");`,
  });
  const listFiles = (): readonly string[] => readdirSync(join(project.folder, "migrations/versions")).toSorted();
  return {
    ...project,
    listFiles,
    writeRange: (...bodies) => {
      for (const [index, body] of bodies.entries())
        project.writeRevision(`r${index + 1}`, index === 0 ? "a1" : `r${index}`, `step ${index + 1}`, body);
      project.writeRevision("z1", `r${bodies.length}`, "after", addColumn("users", "zip"));
    },
    squash: async (args) => {
      const before = listFiles();
      const run = await project.limbeckJson(`squash ${args}`);
      const written = listFiles().length - before.length;
      if (written !== (run.ok ? 1 : 0)) throw new Error(`${written} files were written: ${JSON.stringify(run)}`);
      return run;
    },
    readSquashed: () => {
      const name = listFiles().find((file) => file.startsWith("2026_02_21")) ?? "";
      return project.read(`migrations/versions/${name}`);
    },
    deleteOriginals: () => {
      for (const name of listFiles().filter((file) => /^r\d/.test(file))) project.remove(`migrations/versions/${name}`);
    },
    move: async (line, to) => {
      // Rows are looked at afterwards; that they may go is not what is tested.
      const consent = line.startsWith("downgrade") ? " --allow-data-loss" : "";
      const run = await project.limbeckJson(line + consent);
      const { data } = run;
      const end: unknown = typeof data === "object" && data !== null && "to" in data ? data.to : undefined;
      if (JSON.stringify(end) !== JSON.stringify(to)) throw new Error(`${line}: ${JSON.stringify(run)}`);
    },
    query: (sql, file = "app.db") => {
      const database = new DatabaseSync(join(project.folder, file));
      const rows = database.prepare(sql).all();
      database.close();
      return rows.map((row) => Object.values(row));
    },
  };
}
