import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";

let project: TestProject;

beforeEach(async () => {
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db", transactions: "none" };\n`);
  project.writeRevision("a1", null, "half", {
    up: `await op.createTable("t", { id: integer() });
      const rows = await op.query("SELECT 5 AS id");
      await op.renameTable("t", "u");
      await op.execute("SELECT nothing");
      await op.execute("INSERT INTO u VALUES (" + String(rows[0]?.id) + ")");
      await op.addColumn("u", "n", text());`,
    down: `await op.dropTable("u");`,
  });
  const { exitCode, stderr } = await project.limbeck("upgrade head");
  if (exitCode !== 7) throw new Error(stderr);
  const path = "migrations/versions/a1_half.ts";
  project.write(path, project.read(path).replace("SELECT nothing", "SELECT 1"));
});

afterEach(() => project.dispose());

describe("a revision that stopped in the middle, and fails again", () => {
  it("is not told as one of which nothing stays", async () => {
    const path = "migrations/versions/a1_half.ts";
    project.write(path, project.read(path).replace("SELECT 1", "SELECT nothing"));
    const { exitCode, stderr } = await project.limbeck("upgrade head");
    expect(exitCode).toBe(7);
    const text = stderr.replaceAll(/\s+/g, " ");
    expect(text).toContain("What an earlier run, or part of the statement, committed of the revision stays applied.");
    expect(text).toContain("the database is recorded at base");
    expect(text).not.toContain("Everything this revision had done was rolled back");
  });
});

describe("the commands that are offered for a revision that stopped in the middle", () => {
  it("work there", async () => {
    const path = "migrations/versions/a1_half.ts";
    project.write(path, project.read(path).replace(`await op.execute("SELECT 1")`, `await op.dropColumn("u", "nope")`));
    const { error } = await project.limbeckJson("upgrade head");
    // As the command writes it.
    const { code, fix } = error as { readonly code: string; readonly fix: readonly string[] };
    expect([code, fix]).toEqual([
      "LB0502",
      [expect.stringContaining("limbeck edit"), "limbeck status", "limbeck inspect"],
    ]);
    expect(await project.limbeckJson("upgrade head --dry-run")).toMatchObject({ error: { code, fix } });
    for (const line of fix.slice(1)) {
      expect(await project.limbeckJson(line.replace("limbeck ", ""))).toMatchObject({ exitCode: 0 });
    }
  });
});

describe("--dry-run of a revision that stopped in the middle", () => {
  it("shows what the next run does, and that does it", async () => {
    const { exitCode, stdout, stderr } = await project.limbeck("upgrade head --dry-run");
    expect(stderr).not.toContain("✖");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("INSERT INTO u VALUES (5);");
    expect(stdout).toContain(`ALTER TABLE "u" ADD COLUMN "n" TEXT;`);
    expect(stdout).not.toContain("CREATE TABLE");
    expect(stdout).not.toContain("RENAME");
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
  });

  it("is refused where the run would be", async () => {
    project.writeRevision("b2", null, "other", { up: `await op.createTable("v", { id: integer() });` });
    const error = { code: "LB1301", fix: ["limbeck upgrade a1"] };
    expect(await project.limbeckJson("upgrade b2")).toMatchObject({ exitCode: 2, error });
    expect(await project.limbeckJson("upgrade b2 --dry-run")).toMatchObject({ exitCode: 2, error });
  });
});

describe("a database between two revisions", () => {
  const HALF_DOWN = {
    up: `await op.createTable("v", { id: integer() });`,
    down: `await op.dropTable("v"); await op.execute("SELECT nothing");`,
  };

  it.each([
    ["upwards", "upgrade", "limbeck upgrade a1"],
    ["downwards", "downgrade", "limbeck downgrade b2-1"],
  ])("is compared with nothing, and written down nowhere (%s)", async (_, direction, fix) => {
    if (direction === "downgrade") {
      await project.limbeck("upgrade head");
      project.writeRevision("b2", "a1", "other", HALF_DOWN);
      await project.limbeck("upgrade head");
      await project.limbeck("downgrade -1");
    }
    project.write(
      "models.ts",
      `import { table, integer } from "limbeck/schema"; export const w = table("w", { id: integer() });\n`,
    );
    project.write(
      "models.config.ts",
      `export default { url: "sqlite:app.db", transactions: "none", models: () => import("./models.ts") };\n`,
    );
    const files = project.list("migrations/versions");
    for (const line of [
      "check",
      "diff",
      "diff models database",
      "revision -m x --from-database",
      "revision -m x --autogenerate",
    ]) {
      const found = await project.limbeckJson(`-c models.config.ts ${line}`);
      expect({ line, ...found }).toMatchObject({
        line,
        ok: false,
        error: { code: "LB1301", fix: [fix.replace("limbeck", "limbeck --config models.config.ts")] },
      });
      expect(found.exitCode).not.toBe(0);
    }
    expect(project.list("migrations/versions")).toEqual(files);
  });
});
