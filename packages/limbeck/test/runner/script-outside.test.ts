import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";

const hasClient = spawnSync("sqlite3", ["--version"]).status === 0;

let project: TestProject;

beforeEach(async () => {
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };\n`);
  project.writeRevision("a1", null, "first", {
    up: `await op.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT); CREATE TABLE log (a);");
      await op.execute("CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.a); END");`,
  });
  const { exitCode, stderr } = await project.limbeck("upgrade head");
  if (exitCode !== 0) throw new Error(stderr);
  // Not by the revision, which the script is tried on as well.
  client("INSERT INTO t VALUES (1, 'x'), (2, 'X')");
});

afterEach(() => project.dispose());

/** The vendor's own client. */
function client(sql: string) {
  const { status, stdout } = spawnSync("sqlite3", [join(project.folder, "app.db")], { input: sql, encoding: "utf8" });
  return { status, stdout };
}

const DUMP = `SELECT sql FROM sqlite_schema ORDER BY name; SELECT * FROM t; SELECT * FROM log; SELECT * FROM limbeck_version;`;

describe.skipIf(!hasClient)("a script of a revision outside of a transaction", () => {
  // A rebuild whose index finds two rows of one value, when the old table and its triggers are gone already.
  const REBUILD = `await op.batchAlterTable("t", (batch) => {
    batch.alterColumn("a", { nullable: false });
    batch.createIndex("u", [{ expression: "lower(a)" }], { unique: true });
  }, { recreate: "always" });`;

  it("takes back the call that fails, as a run does, and leaves the calls before it", async () => {
    const path = "migrations/versions/b2_second.ts";
    project.writeRevision("b2", "a1", "second", {
      up: `await op.execute("INSERT INTO log VALUES ('done')"); ${REBUILD}`,
    });
    project.write(path, `${project.read(path)}\nexport const transactional = false;\n`);
    const { stdout: before } = client(DUMP);
    const { stdout: script } = await project.limbeck("upgrade a1:b2 --sql");
    expect(client(script).status).not.toBe(0);
    expect(client(DUMP).stdout).toBe(before.replace(/a1\n$/, "done\na1\n"));
  });

  it("takes back the block's call that fails", async () => {
    project.writeRevision("b2", "a1", "second", { up: `await op.autocommit(async (op) => { ${REBUILD} });` });
    const { stdout: before } = client(DUMP);
    const { stdout: script } = await project.limbeck("upgrade a1:b2 --sql");
    expect(client(script).status).not.toBe(0);
    expect(client(DUMP).stdout).toBe(before);
  });

  it("has no transaction around what the engine refuses there", async () => {
    project.writeRevision("b2", "a1", "second", {
      up: `await op.execute("INSERT INTO log VALUES ('done')"); await op.autocommit((op) => op.execute("VACUUM"));`,
    });
    const { stdout: script } = await project.limbeck("upgrade a1:b2 --sql");
    expect(client(script).status).toBe(0);
    expect(client("SELECT * FROM log; SELECT * FROM limbeck_version").stdout).toBe("x\nX\ndone\nb2\n");
  });
});
