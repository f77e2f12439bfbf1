import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLimbeck } from "../../src/commands/create-limbeck.ts";
import type { LimbeckConfig } from "../../src/config/limbeck-config.ts";
import { createTodoProject, type TestProject } from "../cli/test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTodoProject();
});

afterEach(() => project.dispose());

const open = (config?: LimbeckConfig) =>
  createLimbeck({ cwd: project.folder, env: {}, ...(config && { config }) }, { onEvent: () => undefined });

describe("createLimbeck", () => {
  it("has the commands of the project of a config file", async () => {
    const limbeck = await open();
    expect((await limbeck.upgrade({ target: "+1" })).to).toEqual(["a001"]);
    expect((await limbeck.status()).pending).toMatchObject([{ revision: "a002" }]);
    expect(limbeck.heads().revisions).toMatchObject([{ revision: "a002" }]);
    expect((await limbeck.downgrade({ target: "base" })).to).toEqual([]);
  });

  it("takes the config itself, with paths from the folder that it is given", async () => {
    project.remove("limbeck.config.ts");
    const limbeck = await open({ url: "sqlite:other.db" });
    await limbeck.upgrade({ target: "head" });
    expect(project.has("other.db")).toBe(true);
    expect(await limbeck.current()).toMatchObject({ isAtHead: true });
    await expect(open({ url: "sqlite:x.db", versionTable: "" })).rejects.toMatchObject({ code: "LB0106" });
    await expect(open({})).rejects.toMatchObject({ code: "LB0107" });
  });

  it("says whether the application may serve", async () => {
    const limbeck = await open();
    expect(await limbeck.ready()).toEqual({ ready: false, state: "behind", pending: ["a001", "a002"], unknown: [] });
    expect(project.has("todo.db")).toBe(false);
    await limbeck.upgrade({ target: "head" });
    expect(await limbeck.ready()).toEqual({ ready: true, state: "atHead", pending: [], unknown: [] });
    const database = new DatabaseSync(join(project.folder, "todo.db"));
    database.exec("UPDATE limbeck_version SET version_num = 'b999'");
    database.close();
    expect(await limbeck.ready()).toEqual({ ready: true, state: "ahead", pending: [], unknown: ["b999"] });
  });

  it("says that it may not while a revision is committed in part", async () => {
    project.writeRevision("a003", "a002", "in parts", {
      up: `await op.autocommit(async (op) => { await op.execute("CREATE TABLE kept (id INTEGER)"); }); throw new Error("stop");`,
    });
    const limbeck = await open();
    await expect(limbeck.upgrade({ target: "head" })).rejects.toMatchObject({ exitCode: 7 });
    expect(await limbeck.ready()).toEqual({ ready: false, state: "halfway", pending: ["a003"], unknown: [] });
  });

  it("may be called by ten at once", async () => {
    const instances = await Promise.all(Array.from({ length: 10 }, () => open()));
    const results = await Promise.all(instances.map((limbeck) => limbeck.upgrade({ target: "head" })));
    expect(results.filter(({ steps }) => steps.length === 2)).toHaveLength(1);
    expect(results.filter(({ steps }) => steps.length === 0)).toHaveLength(9);
  });
});
