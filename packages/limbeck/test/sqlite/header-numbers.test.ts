import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };`);
});

afterEach(() => project.dispose());

/** What `limbeck test` says of a revision that sets both numbers, and of its way back. */
async function testDowngrade(down: string): Promise<unknown> {
  const up = `await op.execute("PRAGMA user_version = 4"); await op.execute("PRAGMA application_id = 9");`;
  project.writeRevision("a1", null, "numbers", { up, down });
  return project.limbeckJson("test");
}

describe("the numbers in the header of the file", () => {
  it("are broken by a downgrade that leaves them", async () => {
    expect(await testDowngrade("")).toMatchObject({
      exitCode: 7,
      data: {
        revisions: [
          {
            verdict: "broken",
            problems: [{ differences: ["too much: application id 9", "too much: user version 4"] }],
          },
        ],
      },
    });
  });

  it("are given back by one that sets them back", async () => {
    const down = `await op.execute("PRAGMA user_version = 0"); await op.execute("PRAGMA application_id = 0");`;
    expect(await testDowngrade(down)).toMatchObject({ exitCode: 0, data: { revisions: [{ verdict: "reversible" }] } });
  });
});
