import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect } from "vitest";
import { createTestProject, type TestProject } from "./test-project.ts";

/** A project whose errors are followed. */
export interface BranchesProject extends TestProject {
  /** Writes an `.sql` revision that makes a table of its name. */
  readonly writeSql: (id: string, parent: string, more?: string, up?: string) => void;
  /** What an error prints under `fix:`. */
  readonly readFixes: (line: string) => Promise<readonly string[]>;
  /** Runs a command that has to succeed. */
  readonly run: (line: string) => Promise<void>;
  readonly query: (sql: string) => readonly unknown[];
  readonly execute: (sql: string) => void;
  /** The tables that revisions have made. */
  readonly listTables: () => readonly unknown[];
}

/** Makes a project with two branches and a root of its own: `a0001 > (b0001 > b0002, c0001)`, `d0001`. */
export function createBranchesProject(): BranchesProject {
  const project = createTestProject();
  const writeSql: BranchesProject["writeSql"] = (id, parent, more = "", up = `CREATE TABLE ${id} (a)`) => {
    const header = `-- step ${id}\n--\n-- revision: ${id}\n-- down_revision: ${parent}\n${more}`;
    const body = `-- limbeck: upgrade\n${up};\n-- limbeck: downgrade\nDROP TABLE IF EXISTS ${id};\n`;
    project.write(`migrations/versions/${id}.sql`, header + body);
  };
  const withDatabase = <Result>(use: (database: DatabaseSync) => Result): Result => {
    const database = new DatabaseSync(join(project.folder, "app.db"));
    try {
      return use(database);
    } finally {
      database.close();
    }
  };
  const query: BranchesProject["query"] = (sql) =>
    withDatabase((database) => database.prepare(sql).all().flatMap(Object.values));
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };\n`);
  writeSql("a0001", "none");
  writeSql("b0001", "a0001");
  writeSql("b0002", "b0001");
  writeSql("c0001", "a0001");
  writeSql("d0001", "none");
  return {
    ...project,
    writeSql,
    query,
    execute: (sql) => withDatabase((database) => database.exec(sql)),
    listTables: () => query("SELECT name FROM sqlite_schema WHERE name GLOB '[abcdm]0*' ORDER BY name"),
    run: async (line) => {
      const { exitCode, stderr } = await project.limbeck(line.replace(/^limbeck /, ""));
      expect({ line, exitCode, stderr: exitCode === 0 ? "" : stderr }).toEqual({ line, exitCode: 0, stderr: "" });
    },
    readFixes: async (line) => {
      const { ok, error } = await project.limbeckJson(line);
      expect(ok).toBe(false);
      if (typeof error !== "object" || error === null || !("fix" in error) || !Array.isArray(error.fix))
        throw new Error(`${line} printed no fix.`);
      return error.fix.map(String);
    },
  };
}
