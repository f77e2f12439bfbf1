import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "./test-project.ts";

let project: TestProject;

/** Two branches and a root of its own: `a0001 > (b0001 > b0002, c0001)`, `d0001`. */
beforeEach(() => {
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };\n`);
  write("a0001", "none");
  write("b0001", "a0001");
  write("b0002", "b0001");
  write("c0001", "a0001");
  write("d0001", "none");
});

afterEach(() => project.dispose());

function write(id: string, parent: string, more = ""): void {
  const header = `-- revision: ${id}\n-- down_revision: ${parent}\n${more}`;
  const body = `-- limbeck: upgrade\nCREATE TABLE ${id} (a);\n-- limbeck: downgrade\nDROP TABLE ${id};\n`;
  project.write(`migrations/versions/${id}.sql`, `-- step ${id}\n--\n${header}${body}`);
}

/** What an error prints under `fix:`. */
async function readFixes(line: string): Promise<readonly string[]> {
  const { ok, error } = await project.limbeckJson(line);
  expect(ok).toBe(false);
  if (typeof error !== "object" || error === null || !("fix" in error) || !Array.isArray(error.fix))
    throw new Error(`${line} printed no fix.`);
  return error.fix.map(String);
}

const run = async (line: string): Promise<void> => {
  const { exitCode, stderr } = await project.limbeck(line.replace(/^limbeck /, ""));
  expect({ line, exitCode, stderr: exitCode === 0 ? "" : stderr }).toEqual({ line, exitCode: 0, stderr: "" });
};

function query(sql: string): readonly unknown[] {
  const database = new DatabaseSync(join(project.folder, "app.db"));
  try {
    return database.prepare(sql).all().flatMap(Object.values);
  } finally {
    database.close();
  }
}

/** The tables that revisions have made. */
const listTables = (): readonly unknown[] =>
  query("SELECT name FROM sqlite_schema WHERE name GLOB '[abcdm]0*' ORDER BY name");

describe("the downgrade that a refused rebase offers", () => {
  it.each([
    ["d0001", "c0001", ["a0001", "b0001", "b0002", "c0001"]],
    ["b0001", "c0001", ["a0001", "c0001", "d0001"]],
    ["b0002", "c0001", ["a0001", "c0001", "d0001"]],
    ["c0001", "b0002", ["a0001", "b0001", "b0002", "d0001"]],
  ])("undoes the branch that moves and nothing else: %s onto %s", async (branch, onto, left) => {
    await run("upgrade heads");
    const fixes = await readFixes(`rebase ${branch} --onto ${onto}`);
    const downgrades = fixes.filter((fix) => fix.includes("downgrade"));
    expect(downgrades).toHaveLength(1);
    await run(downgrades[0] ?? "");
    expect(listTables()).toEqual(left);
    await run(`rebase ${branch} --onto ${onto}`);
  });

  it("comes with a word about the rows", async () => {
    await run("upgrade heads");
    expect((await project.limbeck("rebase d0001 --onto c0001")).stderr).toContain("loses the rows");
  });

  it("is not there where one downgrade cannot do it", async () => {
    write("b0003", "b0001");
    await run("upgrade heads");
    expect((await readFixes("rebase b0001 --onto c0001")).filter((fix) => fix.includes("downgrade"))).toEqual([]);
  });
});

describe("rows that others include", () => {
  it("are shown, keep no gate open, and go away when the heads are stamped", async () => {
    await run("upgrade heads");
    for (const line of ["status --check", "current --check-heads"]) await run(line);
    addRow("a0001");
    const status = await project.limbeck("status --check");
    expect(status.exitCode).not.toBe(0);
    expect(status.stdout).toContain("a0001  (surplus row: another one includes it)");
    expect(status.stdout).toContain("limbeck stamp --purge b0002 c0001 d0001");
    const current = await project.limbeck("current --check-heads");
    expect(current.exitCode).not.toBe(0);
    expect(current.stdout).toContain("a0001 (surplus row: another one includes it)");
    expect(current.stderr).toContain("limbeck explain LB0328");
    expect(await project.limbeckJson("current")).toMatchObject({ data: { surplus: ["a0001"], errorCode: "LB0328" } });
    await run("stamp heads");
    expect(query("SELECT version_num FROM limbeck_version ORDER BY 1")).toEqual(["b0002", "c0001", "d0001"]);
    for (const line of ["status --check", "current --check-heads"]) await run(line);
  });

  const addRow = (revision: string): void => {
    const database = new DatabaseSync(join(project.folder, "app.db"));
    database.exec(`INSERT INTO limbeck_version VALUES ('${revision}')`);
    database.close();
  };

  it("are purged without those of another branch: the fix of LB0328", async () => {
    await run("upgrade b0001");
    await run("upgrade d0001");
    addRow("a0001");
    const fixes = await readFixes("upgrade heads");
    const stamps = fixes.filter((fix) => fix.includes("stamp"));
    expect(stamps).toHaveLength(1);
    await run(stamps[0] ?? "");
    expect(query("SELECT version_num FROM limbeck_version ORDER BY 1")).toEqual(["b0001", "d0001"]);
    await run("upgrade heads");
    expect(listTables()).toEqual(["a0001", "b0001", "b0002", "c0001", "d0001"]);
  });
});
