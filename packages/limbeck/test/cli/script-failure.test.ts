import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "./test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };\n`);
});

afterEach(() => project.dispose());

describe("a revision that fails while a script is written", () => {
  it.each([
    ["upgrade head --sql", `await op.execute("SELECT nothing");`],
    ["upgrade head --dry-run", `await op.execute("SELECT nothing");`],
    ["upgrade head --sql", `await op.dropTable("nothing");`],
    ["upgrade head --sql", `throw new Error("nothing");`],
    [
      "upgrade head --sql",
      `await op.autocommit((op) => op.execute("CREATE TABLE t (a)")); await op.execute("SELECT nothing");`,
    ],
    ["downgrade b2:a1 --sql", `await op.execute("SELECT nothing");`],
  ])("is not told as one that ran: %s of %s", async (line, up) => {
    project.writeRevision("a1", null, "first", { up });
    project.writeRevision("b2", "a1", "second", { up: "", down: "" });
    const { exitCode, stderr } = await project.limbeck(line);
    expect(exitCode).not.toBe(0);
    const text = stderr.replaceAll(/\s+/g, " ");
    expect(text).toContain("nothing");
    expect(text).toContain("That was on a scratch database");
    expect(text).not.toMatch(/rolled back|stay applied|goes on from there/);
    const run = await project.limbeck("upgrade head");
    expect(run.stderr.replaceAll(/\s+/g, " ")).toMatch(/rolled back/);
  });
});
