import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "./test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
  project.write("migrations/versions/.gitkeep", "");
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db", models: () => import("./models.ts") };\n`);
});

afterEach(() => project.dispose());

const COMMANDS = ["check", "diff", "revision -m first --autogenerate"];

describe.each(COMMANDS)("%s says that the models are to be corrected", (line) => {
  it.each([
    ["a check of a column that is not there", "LB0420", `integer().notNull().check("totl >= 0")`],
    ["a column that cannot count on this engine", "LB0515", "bigint().primaryKey().autoIncrement()"],
  ])("for %s", async (_what, code, column) => {
    project.write(
      "models.ts",
      `import { bigint, integer, table } from "limbeck/schema";
      export const things = table("things", { total: ${column} });
      export const unused = [bigint, integer];\n`.replace("export const unused", "const unused"),
    );
    const { exitCode, stderr } = await project.limbeck(line);
    expect(stderr).toContain(code);
    // No revision ran, so none failed.
    expect(exitCode).toBe(2);
    expect(stderr).toContain("fix: correct the models\n");
    expect(stderr).not.toContain("by hand");
    expect(stderr).not.toContain("rolled back");
  });
});
