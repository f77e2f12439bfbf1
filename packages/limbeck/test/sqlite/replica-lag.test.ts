import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sqlite } from "../../src/dialects/sqlite/index.ts";
import { createReplicaProject, FILL, listNotices, type ReplicaProject } from "../support/replica-project.ts";

let project: ReplicaProject;

beforeEach(async () => {
  project = createReplicaProject("maxReplicaLag: 1");
  const connection = await sqlite.connect(`sqlite:${project.folder}/app.db`);
  for (const sql of FILL) await connection.execute(sql);
  await connection.close();
});

afterEach(() => project.dispose());

describe("op.backfill with maxReplicaLag on SQLite", () => {
  it("passes the option of a revision over, and says so", async () => {
    project.configure({ url: "sqlite:app.db" });
    const { ended, events } = project.start();
    expect(await ended).toBeUndefined();
    expect(listNotices(events)).toEqual(["maxReplicaLag is passed over: sqlite has no replicas."]);
  });

  it.each([{ maxReplicaLag: 1 }, { replicas: ["reports"] }])("refuses the key of a config: %o", async (keys) => {
    project.configure({ url: "sqlite:app.db", ...keys });
    expect(await project.start().ended).toMatchObject({ code: "LB0127" });
  });

  it("refuses the option of the command line", async () => {
    project.configure({ url: "sqlite:app.db" });
    const refused = await project.limbeckJson("upgrade head --max-replica-lag 5");
    expect(refused).toMatchObject({
      exitCode: 2,
      error: { code: "LB0127", title: "--max-replica-lag means nothing to sqlite.", fix: ["limbeck upgrade --help"] },
    });
  });

  it.each(["maxReplicaLag: 0", 'maxReplicaLag: "5"', "replicas: []", 'replicas: "secret"'])(
    "refuses a value that means nothing: %s",
    async (text) => {
      project.write("limbeck.config.ts", `export default { url: "sqlite:app.db", ${text} };\n`);
      const { exitCode, stderr } = await project.limbeck("upgrade head");
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining(text.split(":")[0] ?? "")]);
      expect(stderr).not.toContain("LB0127");
    },
  );

  it("refuses an option of the revision that is no number of seconds", async () => {
    project.writeRevision("a1", null, "count", {
      up: `await op.backfill("todos", { set: { n: "1" }, maxReplicaLag: 0 });`,
    });
    project.configure({ url: "sqlite:app.db" });
    expect(await project.start().ended).toMatchObject({ code: "LB0517" });
  });
});
