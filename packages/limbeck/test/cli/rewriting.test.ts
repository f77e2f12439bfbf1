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
        "✔ Proven on scratch databases: in whatever order they run, schema and rows are",
        "  the same.",
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
