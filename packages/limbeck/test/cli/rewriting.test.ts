import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTodoProject, type TestProject } from "./test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTodoProject();
});

afterEach(() => project.dispose());

/** Writes a branch of one revision beside `a002`. */
function writeBranch(id: string, up: string, down: string): void {
  project.writeRevision(id, "a001", `branch ${id}`, { up, down });
}

describe("merge", () => {
  it("says what it brought together, and that it is proven", async () => {
    writeBranch("b002", `await op.addColumn("todos", "note", text());`, `await op.dropColumn("todos", "note");`);
    const { exitCode, stdout, stderr } = await project.limbeck("merge heads --rev-id c003");
    expect(exitCode).toBe(0);
    expect(stdout).toBe("migrations/versions/2026_02_21_001_merge_a002_and_b002.ts\n");
    expect(stderr).toBe(
      [
        "Revision c003 merges a002, b002.",
        "✔ Proven on scratch databases with generated rows: in whatever order the",
        "  upgrades run, schema and rows are the same.",
        "  · the columns of todos stand in the order in which the revisions run",
        "Next: limbeck upgrade head",
        "",
      ].join("\n"),
    );
    expect((await project.limbeck("history")).stdout).toMatch(
      /^a002, b002 -> c003 \(head\) \(mergepoint\), merge a002/,
    );
  });

  it("says what does not go together, and how to go on", async () => {
    writeBranch("b002", `await op.addColumn("todos", "due", text());`, `await op.dropColumn("todos", "due");`);
    const { exitCode, stdout, stderr } = await project.limbeck("merge");
    expect({ exitCode, stdout }).toEqual({ exitCode: 6, stdout: "" });
    expect(stderr).toMatch(/^✖ LB1204 a002 and b002 do not go together: whichever runs last fails\.\n/);
    expect(stderr).toContain(`column "due" already exists in table todos`);
    expect(stderr).toContain("nothing was written.\n  fix: limbeck show a002\n       limbeck show b002\n");
    expect(Math.max(...stderr.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it("says when it is not proven", async () => {
    writeBranch("b002", `await op.addColumn("todos", "due", text());`, `await op.dropColumn("todos", "due");`);
    const { exitCode, stderr } = await project.limbeck(`merge --no-proof -m "as it is" --rev-id c003`);
    expect(exitCode).toBe(0);
    expect(stderr).toContain("⚠ Unproven: nobody knows whether it matters in which order they run.\n");
    expect(project.has("migrations/versions/2026_02_21_001_as_it_is.ts")).toBe(true);
  });

  it("has nothing to do where there is one head", async () => {
    expect(await project.limbeck("merge")).toMatchObject({ exitCode: 2, stdout: "" });
    expect((await project.limbeck("merge --help")).stdout).toContain("Usage: limbeck merge [REV...] [options]\n");
  });
});

describe("rebase", () => {
  it("shows what changes in the files, and says who was asked", async () => {
    writeBranch("b002", `await op.addColumn("todos", "note", text());`, `await op.dropColumn("todos", "note");`);
    await project.limbeck("upgrade a002");
    const changes = [
      "migrations/versions/b002_branch_b002.ts",
      `  - export const downRevision = "a001";`,
      `  + export const downRevision = "a002";`,
      "",
    ].join("\n");
    const dry = await project.limbeck("rebase --dry-run");
    expect(dry).toMatchObject({ exitCode: 0, stdout: changes });
    expect(dry.stderr).toContain("b002 would come after a002.\n");
    expect(dry.stderr).toMatch(/Nothing was changed\.\nNext: limbeck rebase\n$/);
    const { exitCode, stdout, stderr } = await project.limbeck("rebase");
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: changes });
    // Where the line breaks follows from how long the name of the folder is.
    expect(stderr.replaceAll(/\s+/g, " ")).toBe(
      [
        "b002 now comes after a002.",
        `Nothing of that is applied in the database that was asked, sqlite:${project.folder}/todo.db.`,
        "⚠ Others were not asked: one that has b002 already would count as having a002, and never run it.",
        "✔ Proven on scratch databases with generated rows: up, down and up again worked in the new place.",
        "· the columns of todos stand in the order in which the revisions run",
        "Next: limbeck upgrade head ",
      ].join(" "),
    );
    expect((await project.limbeck("heads")).stdout).toBe("b002 (head)\n");
  });

  it("says why it does not move what is applied", async () => {
    writeBranch("b002", `await op.addColumn("todos", "note", text());`, `await op.dropColumn("todos", "note");`);
    await project.limbeck("upgrade heads");
    const { exitCode, stdout, stderr } = await project.limbeck("rebase b002 --onto a002");
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(/^✖ LB1223 b002 is applied, and what is applied is not moved\.\n {2}Asked: sqlite:/);
  });
});

describe("squash", () => {
  it("says what stands for what, and how long the old files are needed", async () => {
    const { exitCode, stdout, stderr } = await project.limbeck("squash base..head --rev-id s001");
    expect(exitCode).toBe(0);
    expect(stdout).toBe("migrations/versions/2026_02_21_001_squash_a001_to_a002.ts\n");
    expect(stderr).toBe(
      [
        "Revision s001, on top of base, replaces 2 revisions.",
        "It takes 1 operation; they took 2.",
        "✔ Proven on scratch databases with generated rows: up, down and up again it",
        "  comes to the same.",
        "Keep the files of what it replaces until every database is at a002 or above.",
        "Next: limbeck history",
        "",
      ].join("\n"),
    );
    expect((await project.limbeck("history")).stdout).toBe(
      "<base> -> s001 (head) (replaces 2 revisions), squash a001 to a002\n",
    );
    expect((await project.limbeck("heads")).stdout).toBe("s001 (head) (replaces 2 revisions)\n");
    expect((await project.limbeck("history -v")).stdout).toContain("\nReplaces: a001, a002\n");
  });

  it("writes what the revisions did, in one file", async () => {
    await project.limbeck(`squash a001..a002 --rev-id s001 -m "the beginning"`);
    expect(project.read("migrations/versions/2026_02_21_001_the_beginning.ts")).toBe(`/**
 * the beginning
 *
 * Created 2026-02-21 10:00:00 UTC
 *
 * Does what 2 revisions did, a001 to a002.
 * The downgrade destroys all rows of todos.
 */
import type { Operations } from "limbeck";
import { integer, text } from "limbeck/schema";

export const revision = "s001";
export const downRevision = null;
export const branchLabels: string[] = [];
export const dependsOn: string[] = [];
export const replaces = ["a001", "a002"];

export async function upgrade(op: Operations) {
  await op.createTable("todos", {
    id: integer().primaryKey(),
    title: text().notNull(),
    due: text(),
  });
}

export async function downgrade(op: Operations) {
  await op.dropTable("todos");
}
`);
  });

  it("says when there is no way back", async () => {
    project.writeRevision("a003", "a002", "for good", { up: `await op.dropColumn("todos", "due");` });
    const { exitCode, stderr } = await project.limbeck("squash a001..a003");
    expect(exitCode).toBe(0);
    expect(stderr).toContain("⚠ It has no downgrade: a003, which it replaces, has none.\n✔ Proven on scratch");
  });

  it("says why it cannot be done, and writes nothing", async () => {
    project.writeRevision("a003", "a002", "reads", { up: `await op.query("SELECT 1");`, down: "" });
    const { exitCode, stdout, stderr } = await project.limbeck("squash a001..a003");
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(/^✖ LB1247 The upgrade of a003 reads rows, so it cannot be squashed\.\n/);
    expect(stderr).toContain("  fix: limbeck squash a001..a002\n       limbeck show a003\n");
    expect((await project.limbeck("squash a001")).stderr).toContain(`LB1252 "a001" is no range.`);
  });
});

describe("merge and squash", () => {
  /** A hook that changes the text of the file. */
  const configure = (name: string, change: string): string => {
    project.write(
      `${name}.config.mjs`,
      `import { readFileSync, writeFileSync } from "node:fs";
export default {
  url: "sqlite:todo.db",
  postWriteHooks: [function change(path) { writeFileSync(path, readFileSync(path, "utf8").replace(${change})); }],
};`,
    );
    return `-c ${name}.config.mjs`;
  };

  beforeEach(() => {
    writeBranch("b002", `await op.addColumn("todos", "note", text());`, `await op.dropColumn("todos", "note");`);
  });

  it("run the hooks on what they write, and prove what comes of it", async () => {
    const config = configure("format", `/^/, "// formatted\\n"`);
    expect((await project.limbeck(`${config} merge --rev-id c003`)).exitCode).toBe(0);
    expect(project.read("migrations/versions/2026_02_21_001_merge_a002_and_b002.ts")).toMatch(/^\/\/ formatted\n/);
    expect((await project.limbeck(`${config} squash base..c003 --rev-id s001`)).exitCode).toBe(0);
    expect(project.read("migrations/versions/2026_02_21_002_squash_a001_to_c003.ts")).toMatch(/^\/\/ formatted\n/);
    expect((await project.limbeckJson(`${config} upgrade head`)).exitCode).toBe(0);
  });

  it("say so when a hook changes what the file does", async () => {
    const breaking = configure(
      "break",
      `/\\/\\/ Brings branches together; nothing changes\\./, 'throw new Error("oh");'`,
    );
    expect(await project.limbeckJson(`${breaking} merge --rev-id c003`)).toMatchObject({
      exitCode: 2,
      error: { code: "LB0242", context: { revision: "c003", names: ["change"] } },
    });
    project.remove("migrations/versions/2026_02_21_001_merge_a002_and_b002.ts");
    project.remove("migrations/versions/b002_branch_b002.ts");
    const other = configure("other", `/due: text\\(\\)/, "due: integer()"`);
    expect(await project.limbeckJson(`${other} squash base..a002 --rev-id s001`)).toMatchObject({
      exitCode: 2,
      error: { code: "LB0242", context: { revision: "s001" } },
    });
  });

  it("write beside the revisions that they are about", async () => {
    project.write(
      "several.config.ts",
      `export default { url: "sqlite:todo.db", versionLocations: ["migrations/versions", "more/versions"] };`,
    );
    project.write(
      "more/versions/c002.ts",
      `export const revision = "c002"; export const downRevision = "b002"; export async function upgrade() {} export async function downgrade() {}`,
    );
    const config = "-c several.config.ts";
    expect((await project.limbeck(`${config} merge c002 a002 --rev-id d003`)).stdout).toBe(
      "more/versions/2026_02_21_001_merge_c002_and_a002.ts\n",
    );
    expect((await project.limbeck(`${config} squash b002..c002 --rev-id s001`)).stdout).toBe(
      "more/versions/2026_02_21_002_squash_b002_to_c002.ts\n",
    );
    expect(await project.limbeckJson(`${config} rebase s001 --onto a002`)).toMatchObject({
      exitCode: 0,
      data: { files: [{ revision: "b002" }, { revision: "s001" }, { revision: "d003" }], heads: ["d003"] },
    });
    expect((await project.limbeckJson(`${config} upgrade head`)).exitCode).toBe(0);
  });
});
