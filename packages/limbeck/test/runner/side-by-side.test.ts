import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";

let project: TestProject;

// The second revision commits its first statement, and then goes on only when the test says so.
beforeEach(() => {
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };\n`);
  project.writeRevision("a1", null, "first", { up: `await op.createTable("t", { id: integer() });` });
  const [inside, goOn] = ["inside", "go-on"].map((name) => JSON.stringify(join(project.folder, name)));
  project.writeRevision("b2", "a1", "second", {
    up: `const { existsSync, writeFileSync } = await import("node:fs");
         await op.autocommit(async () => op.addColumn("t", "n", integer()));
         writeFileSync(${inside}, "");
         while (!existsSync(${goOn})) await new Promise((resolve) => setTimeout(resolve, 5));
         await op.addColumn("t", "m", integer());`,
  });
});

afterEach(() => project.dispose());

describe("a revision that another run is in the middle of", () => {
  it.each(["upgrade a1", "upgrade head"])("is waited for by %s, and not taken for one that was left", async (line) => {
    const first = project.limbeckJson("upgrade head");
    await vi.waitFor(() => expect(project.has("inside")).toBe(true), { timeout: 30_000 });
    const second = project.limbeckJson(line);
    const waits = await Promise.race([second, new Promise((resolve) => setTimeout(() => resolve("waits"), 300))]);
    project.write("go-on", "");
    expect(waits).toBe("waits");
    expect(await first).toMatchObject({ exitCode: 0, data: { to: ["b2"] } });
    expect(await second).toMatchObject({ exitCode: 0, data: { steps: [] } });
  });
});
