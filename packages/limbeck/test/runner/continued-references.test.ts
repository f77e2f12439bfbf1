import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EXIT_CODES } from "../../src/kernel/exit-code.ts";
import { createTestProject, type TestProject } from "../cli/test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };\n`);
  project.writeRevision("a1", null, "tables", {
    up: `await op.execute("CREATE TABLE p (id INTEGER PRIMARY KEY)");
         await op.execute("CREATE TABLE c (p REFERENCES p (id))");
         await op.execute("INSERT INTO p VALUES (1)");
         await op.execute("INSERT INTO c VALUES (1)");`,
  });
});

afterEach(() => project.dispose());

function run(sql: string): void {
  const database = new DatabaseSync(join(project.folder, "app.db"), { enableForeignKeyConstraints: false });
  database.exec(sql);
  database.close();
}

const upgrade = () => project.limbeckJson("upgrade head");
const BROKEN = { exitCode: EXIT_CODES.migrationFailed, error: { code: "LB0704" } };

describe("rows that point nowhere, after a revision outside of a transaction", () => {
  it("stop every run of it, until they are mended", async () => {
    project.writeRevision("b2", "a1", "empty", { up: `await op.autocommit(async () => op.execute("DELETE FROM p"));` });
    expect(await upgrade()).toMatchObject(BROKEN);
    expect(await upgrade()).toMatchObject(BROKEN);
    run("INSERT INTO p VALUES (1)");
    expect(await upgrade()).toMatchObject({ exitCode: 0, data: { to: ["b2"] } });
  });

  it("stop the run that goes on behind the statement that broke them", async () => {
    project.writeRevision("b2", "a1", "empty", {
      up: `await op.autocommit(async () => op.execute("DELETE FROM p"));
           await op.execute("SELECT nothing");
           await op.createTable("more", { id: integer() });`,
    });
    expect(await upgrade()).toMatchObject({ exitCode: EXIT_CODES.migrationFailed });
    const path = "migrations/versions/b2_empty.ts";
    project.write(path, project.read(path).replace("SELECT nothing", "SELECT 1"));
    expect(await upgrade()).toMatchObject(BROKEN);
  });

  it("stop nothing where there are none", async () => {
    project.writeRevision("b2", "a1", "fail", {
      up: `await op.autocommit(async () => op.execute("DELETE FROM c"));
           await op.execute("SELECT nothing");`,
    });
    expect(await upgrade()).toMatchObject({ exitCode: EXIT_CODES.migrationFailed });
    const path = "migrations/versions/b2_fail.ts";
    project.write(path, project.read(path).replace("SELECT nothing", "DELETE FROM p"));
    expect(await upgrade()).toMatchObject({ exitCode: 0, data: { to: ["b2"] } });
  });
});
