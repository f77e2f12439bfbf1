import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sqlite } from "../../src/dialects/sqlite/index.ts";
import { createTestProject, type TestProject } from "../cli/test-project.ts";

let project: TestProject;

/** The vendor's client, which scripts are written for; it comes from the system. */
const hasClient = spawnSync("sqlite3", ["--version"]).status === 0;
if (!hasClient && process.env["CI"] === "true") throw new Error("Install sqlite3: the tests of scripts need it.");

beforeEach(() => {
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };`);
  project.writeRevision("a1", null, "first", {
    up: `await op.createTable("t", { id: integer().primaryKey().autoIncrement(), a: text().notNull() });
         await op.bulkInsert("t", [{ id: 1, a: "it's; -- one" }, { id: 2, a: "two" }]);`,
    down: `await op.dropTable("t");`,
  });
  project.writeRevision("b2", "a1", "change", {
    up: `await op.execute("ALTER TABLE t ADD COLUMN z TEXT DEFAULT 'raw'");
         await op.alterColumn("t", "a", { type: text(), nullable: true });
         await op.createIndex(null, "t", ["a"], { where: "z IS NOT NULL" });`,
    down: `await op.dropIndex("ix_t_a", "t");
           await op.batchAlterTable("t", (batch) => { batch.alterColumn("a", { nullable: false }); batch.dropColumn("z"); });`,
  });
});

afterEach(() => project.dispose());

/** Everything a database holds; the schema as it is read, because the same table may be written in several ways. */
async function dump(name: string): Promise<unknown> {
  const connection = await sqlite.connect(`sqlite:${join(project.folder, name)}`);
  const { schema } = await sqlite.introspect(connection);
  await connection.close();
  const database = new DatabaseSync(join(project.folder, name));
  const result = {
    schema,
    rows: database.prepare("SELECT * FROM t ORDER BY id").all(),
    counters: database.prepare("SELECT * FROM sqlite_sequence ORDER BY name").all(),
    versions: database.prepare("SELECT * FROM limbeck_version").all(),
  };
  database.close();
  return result;
}

async function runScript(line: string, database: string): Promise<void> {
  const { stdout, exitCode } = await project.limbeck(line);
  expect(exitCode).toBe(0);
  execFileSync("sqlite3", ["-bail", join(project.folder, database)], {
    input: stdout,
    stdio: ["pipe", "pipe", "pipe"],
  });
}

describe.skipIf(!hasClient)("a script run by the vendor's client", () => {
  it("leaves exactly what the online run leaves, up and down", async () => {
    await runScript("upgrade head --sql", "script.db");
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
    expect(await dump("script.db")).toEqual(await dump("app.db"));

    await runScript("downgrade head:a1 --sql", "script.db");
    expect((await project.limbeck("downgrade a1 --allow-data-loss")).exitCode).toBe(0);
    expect(await dump("script.db")).toEqual(await dump("app.db"));
  });

  it("can be written for any range", async () => {
    await runScript("upgrade :a1 --sql", "script.db");
    await runScript("upgrade a1:head --sql", "script.db");
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
    expect(await dump("script.db")).toEqual(await dump("app.db"));
  });

  it("stops at a row that the change would not survive, and leaves everything as it was", async () => {
    project.writeRevision("c3", "b2", "narrow", { up: `await op.alterColumn("t", "a", { nullable: false });` });
    await runScript("upgrade b2 --sql", "script.db");
    const database = new DatabaseSync(join(project.folder, "script.db"));
    database.exec("INSERT INTO t (a) VALUES (NULL)");
    database.close();
    const before = await dump("script.db");
    const { stdout } = await project.limbeck("upgrade b2:head --sql");
    const client = spawnSync("sqlite3", ["-bail", join(project.folder, "script.db")], {
      input: stdout,
      encoding: "utf8",
    });
    expect(client.status).not.toBe(0);
    expect(await dump("script.db")).toEqual(before);
  });
});

describe("--dry-run", () => {
  it("writes what would run on the schema as it is, raw additions included, and changes nothing", async () => {
    expect((await project.limbeck("upgrade a1")).exitCode).toBe(0);
    const database = new DatabaseSync(join(project.folder, "app.db"));
    database.exec("ALTER TABLE t ADD COLUMN by_hand INTEGER");
    database.close();
    const before = await dump("app.db");
    project.writeRevision("c3", "b2", "rebuild", { up: `await op.alterColumn("t", "z", { type: integer() });` });
    const { stdout, exitCode } = await project.limbeck("upgrade head --dry-run");
    expect(exitCode).toBe(0);
    expect(stdout).toContain('"by_hand"');
    expect(stdout).not.toContain("limbeck_version_pkc");
    expect(await dump("app.db")).toEqual(before);
  });
});
