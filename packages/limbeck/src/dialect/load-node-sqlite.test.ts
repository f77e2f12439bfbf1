import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { loadNodeSqlite } from "./load-node-sqlite.ts";

describe("loadNodeSqlite", () => {
  it("gives a working module and leaves the process as it was", () => {
    const before = Object.getOwnPropertyDescriptor(process, "emitWarning");
    const { DatabaseSync } = loadNodeSqlite();
    expect(new DatabaseSync(":memory:").prepare("SELECT 1 AS one").get()).toEqual({ one: 1 });
    expect(Object.getOwnPropertyDescriptor(process, "emitWarning")).toEqual(before);
  });

  it("keeps the one warning out and lets all others through", () => {
    const module = new URL("load-node-sqlite.ts", import.meta.url).href;
    // Newer versions of Node don't warn about SQLite any more, so getBuiltinModule is made to.
    const code = `const { loadNodeSqlite } = await import(${JSON.stringify(module)});
      const load = process.getBuiltinModule;
      process.getBuiltinModule = (name) => {
        process.emitWarning("SQLite is an experimental feature and might change at any time", "ExperimentalWarning");
        process.emitWarning("something else", "ExperimentalWarning");
        return load(name);
      };
      loadNodeSqlite();
      process.emitWarning("SQLite is mentioned later", "ExperimentalWarning");`;
    const { stderr, status } = spawnSync(process.execPath, ["--input-type=module", "--eval", code], {
      encoding: "utf8",
    });
    expect(status).toBe(0);
    expect(stderr).not.toContain("might change at any time");
    expect(stderr).toContain("something else");
    expect(stderr).toContain("SQLite is mentioned later");
  });
});
