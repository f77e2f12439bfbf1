import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";

let project: TestProject;

const A = "migrations/versions/a1_first.ts";
const B = "migrations/versions/b2_second.ts";

beforeEach(() => {
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };\n`);
  project.writeRevision("a1", null, "first", {
    up: `await op.createTable("t", { id: integer() });`,
    down: `await op.dropTable("t");`,
  });
  project.writeRevision("b2", "a1", "second", {
    up: `await op.addColumn("t", "n", integer());`,
    down: `await op.dropColumn("t", "n");`,
  });
});

afterEach(() => project.dispose());

function run(sql: string): void {
  const database = new DatabaseSync(join(project.folder, "app.db"));
  database.exec(sql);
  database.close();
}

async function expectOk(...lines: readonly string[]): Promise<void> {
  for (const line of lines) {
    const { exitCode, stderr } = await project.limbeck(line);
    expect([line, exitCode, stderr]).toEqual([line, 0, expect.any(String)]);
  }
}

const edit = (path: string, text = "// edited"): void => project.write(path, `${project.read(path)}\n${text}\n`);

/** What `verify` says: the revisions whose files were edited, or how many are as they were. */
async function verified(): Promise<unknown> {
  const { data, error } = await project.limbeckJson("verify");
  // Both come from JSON, as the command writes it.
  const { edited } = ((error as { context?: unknown } | undefined)?.context ?? {}) as {
    edited?: readonly { revision: string }[];
  };
  return edited ? edited.map(({ revision }) => revision) : (data ?? error);
}

const whole = (count: number): unknown => expect.objectContaining({ verified: count, unverified: [] });

describe("after a stamp", () => {
  it("an edit of what ran before is seen, and what was edited before it is taken", async () => {
    await expectOk("upgrade head");
    edit(A);
    expect(await verified()).toEqual(["a1"]);
    await expectOk("stamp head");
    expect(await verified()).toEqual(whole(2));
    edit(A, "// once more");
    expect(await verified()).toEqual(["a1"]);
    edit(B);
    expect(await verified()).toEqual(["a1", "b2"]);
    expect(await project.limbeckJson("status")).toMatchObject({ data: { edited: [{ revision: "a1" }, {}] } });
    project.write("limbeck.config.ts", `export default { url: "sqlite:app.db", requireUnedited: true };\n`);
    project.writeRevision("c3", "b2", "third", { up: "" });
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 2, error: { code: "LB1305" } });
  });

  it.each(["stamp head", "stamp head --sql"])(
    "the files of a database that is adopted are protected: %s",
    async (line) => {
      const { exitCode, stdout } = await project.limbeck(line);
      expect(exitCode).toBe(0);
      if (line.endsWith("--sql")) run(stdout.replace(/^\.bail on$/m, ""));
      expect(await verified()).toEqual(whole(2));
      edit(B);
      expect(await verified()).toEqual(["b2"]);
    },
  );

  it("only what the database has from then on counts", async () => {
    await expectOk("upgrade head", "stamp a1");
    edit(B);
    expect(await verified()).toEqual(whole(1));
    run("ALTER TABLE t DROP COLUMN n");
    await expectOk("upgrade head");
    expect(await verified()).toEqual(whole(2));
    await expectOk("stamp base");
    edit(A);
    expect(await verified()).toEqual(whole(0));
  });

  it("a file that is gone is missed, until the next stamp takes that as well", async () => {
    await expectOk("stamp head");
    project.remove(A);
    expect(await verified()).toMatchObject({ code: "LB1306" });
    project.write(B, project.read(B).replace('downRevision = "a1"', "downRevision = null"));
    expect(await verified()).toMatchObject({ code: "LB1306" });
    await expectOk("stamp head");
    expect(await verified()).toEqual(whole(1));
  });

  it("the journal knows the revision of a file that is gone", async () => {
    await expectOk("stamp head");
    project.remove(B);
    expect(await verified()).toMatchObject({ code: "LB1308", context: { ahead: ["b2"] } });
  });

  it("of an older Limbeck, which noted no checksums, what ran before it is not compared", async () => {
    await expectOk("upgrade head");
    edit(A);
    run(`INSERT INTO limbeck_history (id, run_id, revision, direction, event, recorded_at, tool_version)
         VALUES (3, 'old', 'b2', 'stamp', 'stamped', '2026-01-01', '0.0.1')`);
    expect(await verified()).toMatchObject({ verified: 0, unverified: ["a1", "b2"] });
  });
});

describe("after `revision --from-database`", () => {
  beforeEach(async () => {
    await expectOk("upgrade head");
    run("ALTER TABLE t ADD COLUMN note text");
  });

  const adopt = (): Promise<void> => expectOk("revision -m adopted --from-database");
  const findAdopted = (): string =>
    `migrations/versions/${project.list("migrations/versions").find((name) => name.includes("adopted")) ?? ""}`;

  it("the others are still to be as they ran, and the new one as it was written", async () => {
    await adopt();
    expect(await verified()).toEqual(whole(3));
    edit(A);
    expect(await verified()).toEqual(["a1"]);
    edit(findAdopted());
    expect(await verified()).toHaveLength(2);
  });

  it("a file that was edited before is not taken along", async () => {
    edit(A);
    await adopt();
    expect(await verified()).toEqual(["a1"]);
  });

  it("the journal knows the revision whose file is gone", async () => {
    await adopt();
    project.remove(findAdopted());
    expect(await verified()).toMatchObject({ code: "LB1308" });
  });
});
