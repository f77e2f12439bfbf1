import { afterEach, beforeEach, expect, it } from "vitest";
import { createTestProject, type TestProject } from "./test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };\n`);
  project.writeRevision("a001", null, "first", { up: `await op.execute("CREATE TABLE a (b)");`, down: "" });
});

afterEach(() => project.dispose());

const WARNING = "The downgrade of a001 is empty, so what its upgrade did is still there.";

it("says that an empty downgrade leaves everything as it is, and goes down", async () => {
  await project.limbeck("upgrade head");
  const { exitCode, stderr } = await project.limbeck("downgrade -1");
  expect(exitCode).toBe(0);
  expect(stderr).toContain(`⚠ ${WARNING}\n  limbeck edit a001\n`);
  expect(stderr).toContain("the database stands at base");
});

it("says so as data, for files of SQL as well", async () => {
  project.write(
    "migrations/versions/a002.sql",
    "-- x\n--\n-- revision: a002\n-- down_revision: a001\n-- limbeck: upgrade\nCREATE TABLE c (d);\n-- limbeck: downgrade\n-- nothing\n",
  );
  await project.limbeck("upgrade head");
  expect(await project.limbeckJson("downgrade base")).toMatchObject({
    exitCode: 0,
    data: { emptyDowngrades: ["a002", "a001"] },
  });
});

it.each([
  ["a downgrade that does something", `await op.execute("CREATE TABLE a (b)");`, `await op.execute("DROP TABLE a");`],
  ["an upgrade that does nothing either", "/* nothing to do */", "// nothing\n"],
])("says nothing about %s", async (_what, up, down) => {
  project.writeRevision("a001", null, "first", { up, down });
  await project.limbeck("upgrade head");
  expect((await project.limbeck("downgrade -1")).stderr).not.toContain("is empty");
  await project.limbeck("upgrade head");
  expect((await project.limbeckJson("downgrade base"))["data"]).not.toHaveProperty("emptyDowngrades");
});
