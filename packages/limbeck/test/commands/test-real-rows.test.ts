import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TestResult } from "../../src/commands/test-revisions.ts";
import { sqlite } from "../../src/dialects/sqlite/index.ts";
import { createTestProject, type RevisionBody, type TestProject } from "../cli/test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };`);
  project.writeRevision("a1", null, "create todos", {
    up: `await op.createTable("todos", { id: integer().primaryKey(), title: text() });`,
    down: `await op.dropTable("todos");`,
  });
});

afterEach(() => project.dispose());

interface TestRun extends TestResult {
  readonly exitCode: number;
}

/** What `limbeck test --json` found. */
async function test(args = ""): Promise<TestRun> {
  const run = await project.limbeckJson(`test ${args}`);
  const { exitCode, ok, data } = run;
  if (ok !== (exitCode === 0) || data === undefined) throw new Error(`The test itself failed: ${JSON.stringify(run)}`);
  // The shape is checked by what the tests look at.
  return { ...(data as TestResult), exitCode };
}

const ADD_DUE: RevisionBody = {
  up: `await op.addColumn("todos", "due", text());`,
  down: `await op.dropColumn("todos", "due");`,
};

const verdicts = ({ revisions }: TestResult): Readonly<Record<string, string>> =>
  Object.fromEntries(revisions.map(({ revision, verdict }) => [revision, verdict]));

describe("limbeck test --data", () => {
  const query = (sql: string): readonly unknown[] => {
    const database = new DatabaseSync(join(project.folder, "app.db"));
    try {
      return database.prepare(sql).all();
    } finally {
      database.close();
    }
  };

  beforeEach(async () => {
    project.writeRevision("b2", "a1", "add due", ADD_DUE);
    await project.limbeck("upgrade b2");
    query("INSERT INTO todos VALUES (1, 'a', 'today'), (2, NULL, 'tomorrow'), (3, 'c', NULL)");
  });

  it("tries what is applied downwards, with the rows that are there, and changes none of them", async () => {
    const result = await test("--data");
    expect(result.exitCode).toBe(0);
    const real = result.revisions.map(({ losses }) => losses.filter(({ data }) => data === "real"));
    expect(real).toEqual([
      [{ table: "todos", column: null, kind: "lost", rows: 3, of: 3, direction: "downgrade", data: "real" }],
      [{ table: "todos", column: "due", kind: "changed", rows: 2, of: 3, direction: "downgrade", data: "real" }],
    ]);
    expect(query("SELECT * FROM todos")).toHaveLength(3);
    expect((await project.limbeck("current")).stdout).toBe("b2 (head)\n");
  });

  it("tries what is pending upwards; rows that stop it break it", async () => {
    project.writeRevision("c3", "b2", "narrow", {
      up: `await op.alterColumn("todos", "title", { nullable: false });`,
      down: `await op.alterColumn("todos", "title", { nullable: true });`,
    });
    project.writeRevision("d4", "c3", "more", {
      up: `await op.addColumn("todos", "z", text());`,
      down: `await op.dropColumn("todos", "z");`,
    });
    const result = await test("c3: --data");
    expect(result.exitCode).toBe(7);
    expect(verdicts(result)).toEqual({ c3: "broken", d4: "losesData" });
    expect(result.revisions[0]?.problems).toMatchObject([
      {
        stage: "upgrade",
        data: "real",
        error: {
          code: "LB0702",
          fix: [
            expect.stringMatching(
              /^limbeck edit \S+c3_narrow\.ts:\d+:\d+ {3}# put a step before this line that makes the rows fit$/,
            ),
            "limbeck show c3",
          ],
        },
      },
    ]);
    expect(result.revisions[1]?.notes).toEqual(["not tried on the real rows, because c3 stops at them"]);

    query("UPDATE todos SET title = 'b' WHERE id = 2");
    const repaired = await test("c3: --data");
    expect(repaired).toMatchObject({ exitCode: 0, usedRealData: true });
    expect(query("SELECT * FROM todos WHERE title IS NULL")).toEqual([]);
  });

  it("says below which revision it could not come", async () => {
    project.writeRevision("c3", "b2", "one way", { up: `await op.execute("UPDATE todos SET title = 'x'");` });
    await project.limbeck("upgrade head");
    const { revisions } = await test("--data");
    expect(revisions.map(({ notes }) => notes)).toEqual([
      ["not tried on the real rows, because c3 has no downgrade"],
      ["not tried on the real rows, because c3 has no downgrade"],
      [],
    ]);
  });

  it("copies a connection that is open already, and leaves it as it is", async () => {
    project.write(
      "open.config.ts",
      `import { DatabaseSync } from "node:sqlite";
       const connection = new DatabaseSync(${JSON.stringify(join(project.folder, "app.db"))});
       connection.exec("PRAGMA foreign_keys=OFF");
       export default { connection: () => connection };`,
    );
    const result = await test("b2 --data -c open.config.ts");
    expect(result.revisions[0]?.losses.filter(({ data }) => data === "real")).toMatchObject([
      { column: "due", rows: 2 },
    ]);
    expect(query("SELECT * FROM todos")).toHaveLength(3);
  });

  it("tries on the engine of the driver that is configured", async () => {
    project.write("other.config.ts", `export default { url: "sqlite:app.db", driver: "better-sqlite3" };`);
    project.writeRevision("c3", "b2", "version", {
      up: `const [row] = await op.query("SELECT sqlite_version() AS v"); throw new Error("version " + row?.v);`,
    });
    const { revisions } = await test("c3 --data -c other.config.ts");
    const scratch = await sqlite.openScratch({ driver: "better-sqlite3" });
    const { serverVersion } = scratch;
    await scratch.close();
    expect(revisions[0]?.problems.map(({ data, error }) => [data, error?.title])).toEqual([
      ["generated", expect.stringContaining(`version ${serverVersion}`)],
      ["real", expect.stringContaining(`version ${serverVersion}`)],
    ]);
  });

  it("needs a database whose position is known", async () => {
    project.remove("migrations/versions/b2_add_due.ts");
    expect(await project.limbeckJson("test --data")).toMatchObject({ exitCode: 2, error: { code: "LB1002" } });
    project.remove("app.db");
    expect(await project.limbeckJson("test --data")).toMatchObject({ ok: false, exitCode: 2 });
    expect(project.has("app.db")).toBe(false);
  });
});
