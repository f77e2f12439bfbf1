import { rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "./test-project.ts";

let project: TestProject;

const path = (name: string): string => join(project.folder, "migrations/versions", name);

beforeEach(async () => {
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db", models: "schema.sql" };\n`);
  project.write("schema.sql", "CREATE TABLE t (id integer, n integer);");
  project.writeRevision("a1", null, "first", {
    up: `await op.createTable("t", { id: integer() });`,
    down: `await op.dropTable("t");`,
  });
  project.writeRevision("b2", "a1", "second", {
    up: `await op.addColumn("t", "n", integer());`,
    down: `await op.dropColumn("t", "n");`,
  });
  for (const line of ["upgrade head", "check"]) {
    const { exitCode, stderr } = await project.limbeck(line);
    if (exitCode !== 0) throw new Error(stderr);
  }
});

afterEach(() => project.dispose());

function changeByHand(sql: string): void {
  const database = new DatabaseSync(join(project.folder, "app.db"));
  database.exec(sql);
  database.close();
}

describe("check, where models and database agree", () => {
  it("fails on a file that cannot be loaded", async () => {
    project.write(
      "migrations/versions/b2_second.ts",
      `${project.read("migrations/versions/b2_second.ts")}\nexport const = 1;\n`,
    );
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 2, error: { code: "LB0208" } });
  });

  it("fails when the file is gone that the database stands at", async () => {
    rmSync(path("b2_second.ts"));
    expect(await project.limbeckJson("check")).toMatchObject({ ok: false, exitCode: expect.any(Number), error: {} });
  });

  it("fails when a file is gone that others build on", async () => {
    rmSync(path("a1_first.ts"));
    expect(await project.limbeckJson("check")).toMatchObject({ ok: false, error: { code: "LB0333" } });
  });

  it("warns of revisions that cannot be run, and fails on them with --require-proof", async () => {
    const file = "migrations/versions/b2_second.ts";
    project.write(
      file,
      project.read(file).replace(`await op.addColumn("t", "n", integer());`, `await op.execute("SELECT n FROM gone");`),
    );
    expect(await project.limbeck("check")).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining("The revisions were not compared."),
    });
    expect((await project.limbeck("check --require-proof")).exitCode).not.toBe(0);
  });

  it("tells which revisions are pending, though they cannot be run", async () => {
    const file = "migrations/versions/b2_second.ts";
    project.write(
      file,
      project.read(file).replace(`await op.addColumn("t", "n", integer());`, `await op.execute("SELECT n FROM gone");`),
    );
    project.writeRevision("c3", "b2", "third", { up: `await op.createTable("u", { id: integer() });` });
    expect(await project.limbeckJson("check")).toMatchObject({
      exitCode: 0,
      data: { history: { pending: ["c3"], notCompared: expect.stringContaining("b2") } },
    });
    const { stderr } = await project.limbeck("check");
    expect(stderr.replaceAll(/\s+/g, " ")).toContain("Not applied yet: c3.");
    project.write("schema.sql", "CREATE TABLE t (id integer, n integer, o integer);");
    expect(await project.limbeckJson("check")).toMatchObject({
      exitCode: 5,
      error: {
        why: expect.stringMatching(/add column o to t\n[^]*not compared[^]*c3/),
        fix: ["limbeck upgrade head"],
        context: { pending: ["c3"] },
      },
    });
  });

  it("fails on a revision that is not applied yet and fails itself", async () => {
    project.writeRevision("c3", "b2", "third", { up: `await op.execute("SELECT n FROM gone");` });
    expect(await project.limbeckJson("check")).toMatchObject({
      ok: false,
      exitCode: 6,
      error: {
        code: "LB1206",
        title: expect.stringMatching(/^c3 .*fails on an empty scratch database/),
        why: expect.stringMatching(/gone[^]*It is pending: an upgrade of this database may stop there as well\./),
        context: { revision: "c3" },
      },
    });
  });
});

describe("check, after the file of an applied revision was edited", () => {
  const FILE = "migrations/versions/b2_second.ts";
  const edit = (text: string): void =>
    project.write(
      FILE,
      project.read(FILE).replace(`await op.addColumn("t", "n", integer());`, (call) => call + text),
    );

  it("names the file, with what verify offers, and nothing that was changed by hand", async () => {
    project.write(".git/HEAD", "");
    edit(` await op.addColumn("t", "o", text());`);
    const checked = await project.limbeckJson("check");
    expect(checked).toMatchObject({
      exitCode: 5,
      error: { code: "LB1305", context: { edited: [{ revision: "b2" }], drift: ["+ add column o to t"] } },
    });
    const { fix, title } = checked["error"] as { readonly fix: readonly string[]; readonly title: string };
    expect(await project.limbeckJson("verify")).toMatchObject({ exitCode: 5, error: { code: "LB1305", fix, title } });
    expect(fix.join()).toContain("git diff HEAD");
    const { stderr } = await project.limbeck("check");
    expect(stderr).toContain(`${path("b2_second.ts")}\n`);
    expect(stderr.replaceAll(/\s+/g, " ")).toContain(
      "because of that or of a change by hand before the last run; what would make it that: + add column o to t",
    );
    expect(stderr).not.toMatch(/limbeck revision/);
  });

  it("speaks of both where the database was changed by hand as well", async () => {
    edit(" /* the number */");
    project.write("schema.sql", "CREATE TABLE t (id integer, n integer); CREATE TABLE more (id integer);");
    changeByHand("CREATE TABLE more (id integer)");
    const { exitCode, stderr } = await project.limbeck("check");
    expect(exitCode).toBe(5);
    const text = stderr.replaceAll(/\s+/g, " ");
    expect(text).toContain("LB1010");
    expect(text).toContain("The database is not what its revisions make; what would bring it there: - drop table more");
    expect(text).toContain("Changed by hand since the last run: table more is new");
    expect(text).toContain(`Files that were edited after they ran, which may be the reason: ${path("b2_second.ts")}`);
    expect(stderr).toContain(
      "fix: limbeck verify\n       limbeck diff database rev:heads --sql   # what takes back the rest\n",
    );
  });

  it("says nothing of an edit that changes nothing in a database", async () => {
    edit(" /* the number */");
    expect((await project.limbeck("check")).exitCode).toBe(0);
    project.write("schema.sql", "CREATE TABLE t (id integer, n integer, o text);");
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 5, error: { code: "LB1010" } });
  });
});

describe("the fix for another database", () => {
  it("names that database", async () => {
    await project.limbeck("upgrade head --url sqlite:copy.db");
    const { stderr } = await project.limbeck("reset --url sqlite:copy.db");
    expect(stderr).toContain("fix: limbeck --url sqlite:copy.db reset --yes\n");
  });
});
