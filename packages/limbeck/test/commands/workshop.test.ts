import { cpSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { createTestProject } from "../cli/test-project.ts";

const WORKSHOP = join(import.meta.dirname, "../../../../workshop/00_personal_todo");
const project = createTestProject();

afterEach(() => project.dispose());

describe("the workshop's history", () => {
  it("leads to its models, and back, and again", async () => {
    for (const name of ["limbeck.config.ts", "app", "migrations"]) {
      cpSync(join(WORKSHOP, name), join(project.folder, name), { recursive: true });
    }
    for (const line of ["upgrade head", "check", "downgrade base", "upgrade head", "check", "status --check"]) {
      const { exitCode, stderr } = await project.limbeck(line);
      expect([line, exitCode, stderr]).toEqual([line, 0, expect.anything()]);
    }
    const run = await project.limbeckJson("history");
    const { revisions } = run["data"] as { readonly revisions: readonly { readonly revision: string }[] };
    expect(revisions.map(({ revision }) => revision)).toEqual([
      "2026_02_21_004",
      "2026_02_21_003",
      "2026_02_21_002",
      "2026_02_21_001",
    ]);
  });
});
