import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "./test-project.ts";

let project: TestProject;

const hasClient = spawnSync("sqlite3", ["--version"]).status === 0;
if (!hasClient && process.env["CI"] === "true") throw new Error("Install sqlite3: the tests of scripts need it.");

beforeEach(() => {
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };`);
  project.writeRevision("aaaa1", null, "first", { up: "" });
  project.writeRevision("bbbb1", "aaaa1", "left", { up: "" });
  project.writeRevision("cccc1", "aaaa1", "right", { up: "" });
});

afterEach(() => project.dispose());

/** Gives a script to the vendor's own client. */
function runScript(script: string): { readonly status: number | null; readonly stderr: string } {
  const { status, stderr } = spawnSync("sqlite3", [join(project.folder, "app.db")], {
    input: script,
    encoding: "utf8",
  });
  return { status, stderr };
}

function readRows(): readonly unknown[] {
  const database = new DatabaseSync(join(project.folder, "app.db"));
  const rows = database.prepare("SELECT version_num FROM limbeck_version ORDER BY 1").all();
  database.close();
  return rows.map(({ version_num }) => version_num);
}

describe.skipIf(!hasClient)("the script of a stamp, run by the vendor's client,", () => {
  it.each([
    ["base", "aaaa1", ["aaaa1"]],
    ["base", "heads", ["bbbb1", "cccc1"]],
    ["base", "bbbb1 cccc1", ["bbbb1", "cccc1"]],
    ["base", "base", []],
    ["aaaa1", "aaaa1:bbbb1", ["bbbb1"]],
    ["aaaa1", "aaaa1:bbbb1 aaaa1:cccc1", ["bbbb1", "cccc1"]],
    ["aaaa1", "aaaa1:bbbb1 cccc1", ["bbbb1", "cccc1"]],
    ["bbbb1 cccc1", "heads:aaaa1", ["aaaa1"]],
    ["bbbb1 cccc1", "heads:base", []],
    ["bbbb1", "bbbb1:cccc1", ["bbbb1", "cccc1"]],
    ["base", ":bbbb1", ["bbbb1"]],
    ["aaaa1", "aaaa1:", ["bbbb1", "cccc1"]],
  ])("leaves what the stamp itself leaves: from %s, stamp %s", async (from, targets, rows) => {
    if (from !== "base") await project.limbeck(`stamp ${from}`);
    const { exitCode, stdout } = await project.limbeck(`stamp ${targets} --sql`);
    expect(exitCode).toBe(0);
    expect(runScript(stdout)).toEqual({ status: 0, stderr: "" });
    expect(readRows()).toEqual(rows);
    project.remove("app.db");
    if (from !== "base") await project.limbeck(`stamp ${from}`);
    await project.limbeck(`stamp ${targets.replaceAll(/(^| )\w*:/g, "$1").trim() || "heads"}`);
    expect(readRows()).toEqual(rows);
  });

  it("stops at a database that does not stand where it begins, and changes nothing", async () => {
    await project.limbeck("stamp bbbb1");
    const { stdout } = await project.limbeck("stamp aaaa1:cccc1 --sql");
    expect(runScript(stdout)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("the database does not stand at aaaa1"),
    });
    expect(readRows()).toEqual(["bbbb1"]);
    const { stdout: fromBase } = await project.limbeck("stamp cccc1 --sql");
    expect(runScript(fromBase)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("the database does not stand at base"),
    });
    expect(readRows()).toEqual(["bbbb1"]);
  });
});

describe("stamp --sql", () => {
  it("says what the script is, and asks no database", async () => {
    const { stderr } = await project.limbeck("stamp aaaa1:heads --sql --url sqlite:/nowhere/at/all.db");
    expect(stderr).toBe("Nothing was executed. The script stamps aaaa1 → bbbb1, cccc1 and runs no\nrevision.\n");
    expect(await project.limbeckJson("stamp --sql aaaa1:bbbb1 --target-version 3.45")).toMatchObject({
      data: { from: ["aaaa1"], to: ["bbbb1"], script: expect.stringContaining("UPDATE") },
    });
    const none = await project.limbeck("stamp aaaa1:aaaa1 --sql");
    expect(none).toMatchObject({ stdout: "", stderr: "Nothing to do at aaaa1, so there is no script.\n" });
    expect(project.has("app.db")).toBe(false);
  });

  it.each([
    ["stamp aaaa1:bbbb1", "LB1004"],
    ["stamp --purge --sql heads", "LB0009"],
    ["stamp --target-version 3.45 heads", "LB0015"],
    ["stamp --sql aaaa1:bbbb1 bbbb1:cccc1", "LB1040"],
    ["stamp --sql -1", "LB0329"],
    ["stamp --sql head", "LB0305"],
    ["stamp --sql aaaa1:bbbb1:cccc1", "LB0306"],
    ["stamp --sql nope:bbbb1", "LB0301"],
    ["stamp --sql bbbb1 aaaa1", "LB0327"],
    ["stamp --sql heads --target-version 3.1", "LB1013"],
    ["stamp", "LB0010"],
  ])("is refused: %s", async (line, code) => {
    expect(await project.limbeckJson(line)).toMatchObject({ exitCode: 2, error: { code } });
  });

  it("proposes what works where a range was not expected", async () => {
    await project.limbeck("stamp aaaa1");
    const { error } = await project.limbeckJson("stamp aaaa1:bbbb1");
    expect(error).toMatchObject({ fix: ["limbeck stamp bbbb1", "limbeck stamp aaaa1:bbbb1 --sql"] });
    const several = await project.limbeckJson("stamp --sql aaaa1:bbbb1 bbbb1:cccc1");
    expect(several).toMatchObject({ error: { fix: ["limbeck stamp aaaa1:bbbb1 aaaa1:cccc1 --sql"] } });
    for (const line of ["stamp bbbb1", "stamp aaaa1:bbbb1 --sql", "stamp aaaa1:bbbb1 aaaa1:cccc1 --sql"]) {
      expect([line, (await project.limbeck(line)).exitCode]).toEqual([line, 0]);
    }
  });
});

describe("stamp --purge", () => {
  it("forgets rows that no file describes, for several targets too", async () => {
    await project.limbeck("stamp aaaa1");
    const database = new DatabaseSync(join(project.folder, "app.db"));
    database.exec("INSERT INTO limbeck_version VALUES ('gone1')");
    database.close();
    expect(await project.limbeckJson("stamp heads")).toMatchObject({ exitCode: 2, error: { code: "LB1002" } });
    expect(await project.limbeckJson("stamp --purge bbbb1 cccc1")).toMatchObject({
      data: { from: ["aaaa1", "gone1"], to: ["bbbb1", "cccc1"] },
    });
    expect(readRows()).toEqual(["bbbb1", "cccc1"]);
  });
});
