import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type JsonRun, type RevisionBody, type TestProject } from "../cli/test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };`);
  project.writeRevision("a1", null, "create todos", {
    up: `await op.createTable("todos", { id: integer().primaryKey(), title: text().notNull(), state: text() });`,
    down: `await op.dropTable("todos");`,
  });
});

afterEach(() => project.dispose());

/** A column that nobody else knows of. */
const add = (column: string): RevisionBody => ({
  up: `await op.addColumn("todos", "${column}", text());`,
  down: `await op.dropColumn("todos", "${column}");`,
});

/** Writes the revisions of a branch that starts at `a1`, called `b1`, `b2` and so on. */
function branch(letter: string, ...bodies: readonly RevisionBody[]): void {
  for (const [index, body] of bodies.entries())
    project.writeRevision(`${letter}${index + 1}`, index === 0 ? "a1" : `${letter}${index}`, "step", body);
}

const snapshot = (): Readonly<Record<string, string>> => {
  const folder = join(project.folder, "migrations/versions");
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));
};

/** Rebases, and makes sure that what failed has changed nothing. */
async function rebase(args = ""): Promise<JsonRun> {
  const before = snapshot();
  const run = await project.limbeckJson(`rebase ${args}`);
  const isUnchanged = JSON.stringify(snapshot()) === JSON.stringify(before);
  expect(isUnchanged).toBe(!run.ok || args.includes("--dry-run"));
  return run;
}

const upgrade = async (target: string): Promise<void> => {
  expect(await project.limbeckJson(`upgrade ${target}`)).toMatchObject({ exitCode: 0 });
};

const columns = (): readonly unknown[] => {
  const database = new DatabaseSync(join(project.folder, "app.db"));
  const names = database.prepare("SELECT name FROM pragma_table_info('todos')").all();
  database.close();
  return names.map(({ name }) => name);
};

describe("rebase", () => {
  it("moves the branch that the database has nothing of, and the database follows", async () => {
    branch("b", add("b1"), add("b2"));
    branch("c", add("c1"), add("c2"));
    await upgrade("b1");
    const run = await rebase();
    expect(run).toMatchObject({
      exitCode: 0,
      data: {
        database: `sqlite:${project.folder}/app.db`,
        onto: "b2",
        moved: ["c1", "c2"],
        heads: ["c2"],
        proof: "proven",
        files: [
          {
            revision: "c1",
            from: ["a1"],
            to: ["b2"],
            removed: ['export const downRevision = "a1";'],
            added: ['export const downRevision = "b2";'],
          },
        ],
      },
    });
    await upgrade("head");
    expect(columns()).toEqual(["id", "title", "state", "b1", "b2", "c1", "c2"]);
    expect(await project.limbeckJson("downgrade base")).toMatchObject({ exitCode: 0 });
  });

  it("moves what it is told, and shows it first", async () => {
    branch("b", add("b1"));
    branch("c", add("c1"));
    expect(await rebase("c1 --onto b1 --dry-run")).toMatchObject({
      exitCode: 0,
      data: { isDryRun: true, heads: ["c1"] },
    });
    expect(await rebase("b1 --dry-run")).toMatchObject({ data: { onto: "c1", moved: ["b1"] } });
    expect(await rebase("--onto b1")).toMatchObject({ data: { onto: "b1", moved: ["c1"], isDryRun: false } });
    expect(await rebase("--onto b1")).toMatchObject({ exitCode: 2, error: { code: "LB1221" } });
  });

  it("puts a branch on top of where the database stands", async () => {
    branch("b", add("b1"), add("b2"));
    branch("c", add("c1"));
    await upgrade("b1");
    expect(await rebase("c1 --onto current")).toMatchObject({ exitCode: 0, data: { onto: "b1", heads: ["b2", "c1"] } });
  });

  it("changes files of all kinds, several at once", async () => {
    branch("b", add("b1"));
    project.write(
      "migrations/versions/c1.sql",
      "-- revision: c1\n-- down_revision: a1\n-- limbeck: upgrade\nCREATE TABLE c (id INTEGER);\n-- limbeck: downgrade\nDROP TABLE c;\n",
    );
    project.write(
      "migrations/versions/d1.mjs",
      "// keeps its comment\nexport const revision = 'd1', downRevision = 'a1';\nexport function upgrade() {}\nexport function downgrade() {}\n",
    );
    project.write(
      "migrations/versions/m.js",
      `export const revision = "m"; export const downRevision = ["c1", "d1"];\nexport async function upgrade() {}\nexport async function downgrade() {}\n`,
    );
    expect(await rebase("m --onto b1")).toMatchObject({ exitCode: 0, data: { heads: ["m"], proof: "proven" } });
    expect(project.read("migrations/versions/c1.sql")).toContain("-- down_revision: b1\n");
    expect(project.read("migrations/versions/d1.mjs")).toBe(
      "// keeps its comment\nexport const revision = 'd1', downRevision = 'b1';\nexport function upgrade() {}\nexport function downgrade() {}\n",
    );
    await upgrade("head");
  });

  it("moves the whole branch also when a revision in its middle is named", async () => {
    branch("b", add("b1"));
    branch("c", add("c1"), add("c2"), add("c3"));
    expect(await rebase("c2 --onto b1")).toMatchObject({ exitCode: 0, data: { moved: ["c1", "c2", "c3"] } });
  });

  it("does not move what is applied, and says what to do instead", async () => {
    branch("b", add("b1"));
    branch("c", add("c1"), add("c2"));
    await upgrade("c1");
    expect(await rebase("c2 --onto b1")).toMatchObject({
      exitCode: 2,
      error: {
        code: "LB1223",
        context: { applied: ["c1"] },
        fix: ["limbeck rebase b1 --onto c2", "limbeck merge b1 c2", "limbeck downgrade c1@-1"],
      },
    });
    await upgrade("heads");
    expect(await rebase()).toMatchObject({ exitCode: 2, error: { code: "LB1223", context: { canSwap: false } } });
  });

  it("asks the database that it is given", async () => {
    branch("b", add("b1"));
    branch("c", add("c1"));
    await upgrade("heads");
    const run = await rebase("c1 --onto b1 --url sqlite:other.db");
    expect(run).toMatchObject({ exitCode: 0, data: { database: `sqlite:${project.folder}/other.db` } });
    expect(project.has("other.db")).toBe(false);
  });

  it.each([
    ["", "LB1222"],
    ["zz", "LB0301"],
    ["a1", "LB1221"],
    ["b1 --onto a1", "LB1225"],
    ["a1 --onto b1", "LB1225"],
    ["b1 --onto b1", "LB1225"],
  ])("refuses what makes no sense: %s", async (args, code) => {
    branch("b", add("b1"));
    branch("c", add("c1"));
    expect(await rebase(args)).toMatchObject({ exitCode: 2, error: { code } });
  });

  it("asks for names where there are more than two branches", async () => {
    for (const letter of ["b", "c", "d"]) branch(letter, add(letter));
    expect(await rebase()).toMatchObject({ exitCode: 2, error: { code: "LB1221" } });
    expect(await rebase("d1 --onto c1")).toMatchObject({ exitCode: 0, data: { heads: ["b1", "d1"] } });
  });

  it("refuses a circle of dependencies", async () => {
    branch("b", add("b1"));
    project.write(
      "migrations/versions/c1.ts",
      `export const revision = "c1"; export const downRevision = "a1"; export const dependsOn = ["b1"];
export async function upgrade() {}
export async function downgrade() {}`,
    );
    expect(await rebase("b1 --onto c1")).toMatchObject({ exitCode: 2, error: { code: "LB1224" } });
    expect(await rebase("c1 --onto b1")).toMatchObject({ exitCode: 0 });
  });

  it("refuses a database that stands at an unknown revision", async () => {
    branch("b", add("b1"));
    branch("c", add("c1"));
    await upgrade("b1");
    project.remove("migrations/versions/b1_step.ts");
    branch("d", add("d1"));
    expect(await rebase("d1 --onto c1")).toMatchObject({ exitCode: 2, error: { code: "LB1002" } });
  });
});

describe("a branch in its new place", () => {
  const RENAME: RevisionBody = {
    up: `await op.renameColumn("todos", "title", "name");`,
    down: `await op.renameColumn("todos", "name", "title");`,
  };
  const INDEX: RevisionBody = {
    up: `await op.createIndex("ix_title", "todos", ["title"]);`,
    down: `await op.dropIndex("ix_title", "todos");`,
  };

  it("is not put where it fails", async () => {
    branch("b", RENAME);
    branch("c", add("c1"), INDEX);
    expect(await rebase("c2 --onto b1")).toMatchObject({
      exitCode: 6,
      error: { code: "LB1226", context: { revision: "c2", onto: "b1" } },
    });
    expect(await rebase("c2 --onto b1 --no-proof")).toMatchObject({ exitCode: 0, data: { proof: "unproven" } });
  });

  it("is not put where what depends on it fails", async () => {
    branch("b", RENAME);
    branch("c", add("c1"));
    project.write(
      "migrations/versions/e1.sql",
      `-- revision: e1\n-- down_revision: none\n-- depends_on: c1\n-- limbeck: upgrade\nUPDATE todos SET title = 'x';\n-- limbeck: downgrade\nUPDATE todos SET title = 'y';\n`,
    );
    expect(await rebase("c1 --onto b1")).toMatchObject({
      exitCode: 6,
      error: { code: "LB1226", context: { revision: "e1", onto: "b1" } },
    });
  });

  it("may come out where the other order fails", async () => {
    branch("b", RENAME);
    branch("c", INDEX);
    expect(await rebase("b1 --onto c1")).toMatchObject({
      exitCode: 0,
      data: { differences: [], notes: ["the old order could not be run to the end, because c1 fails in it"] },
    });
    await upgrade("head");
  });

  it("is not put where it cannot be taken back to what was there", async () => {
    const setDefault = (value: string): RevisionBody => ({
      up: `await op.alterColumn("todos", "state", { default: ${JSON.stringify(value)} });`,
      down: `await op.alterColumn("todos", "state", { default: null });`,
    });
    branch("b", setDefault("b"));
    branch("c", setDefault("c"));
    const run = await rebase("c1 --onto b1");
    expect(run).toMatchObject({ exitCode: 6, error: { code: "LB1226" } });
    expect(JSON.stringify(run["error"])).toContain(
      "Its downgrade does not lead back to what was there before its upgrade. Still to do after it:",
    );
  });

  it("may give other rows than in the old order, which is told", async () => {
    branch("b", { up: `await op.execute("UPDATE todos SET state = 'open' WHERE state IS NULL");`, down: "" });
    branch("c", { up: `await op.execute("DELETE FROM todos WHERE state IS NULL");`, down: "" });
    expect(await rebase("c1 --onto b1")).toMatchObject({
      exitCode: 0,
      data: { differences: [{ revisions: ["b1", "c1"], schema: [], rows: [{ table: "todos" }] }] },
    });
  });

  it("may give another schema than in the old order, which is told", async () => {
    const setDefault = (value: string, before: string | null): RevisionBody => ({
      up: `await op.alterColumn("todos", "state", { default: ${JSON.stringify(value)} });`,
      down: `await op.alterColumn("todos", "state", { default: ${JSON.stringify(before)} });`,
    });
    branch("b", setDefault("b", null));
    branch("c", setDefault("c", "b"));
    const run = await project.limbeck("rebase c1 --onto b1");
    expect(run).toMatchObject({ exitCode: 0 });
    expect(run.stderr).toContain("In the old order b1 and c1 would have given another schema;");
    expect(run.stderr).toContain('    set default of todos.state to "b"\n');
  });
});
