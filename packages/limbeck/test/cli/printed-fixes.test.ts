import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createBranchesProject, type BranchesProject } from "./branches-project.ts";

let project: BranchesProject;

beforeEach(() => {
  project = createBranchesProject();
});

afterEach(() => project.dispose());

describe("the downgrade that a refused rebase offers", () => {
  it.each([
    ["d0001", "c0001", ["a0001", "b0001", "b0002", "c0001"]],
    ["b0001", "c0001", ["a0001", "c0001", "d0001"]],
    ["b0002", "c0001", ["a0001", "c0001", "d0001"]],
    ["c0001", "b0002", ["a0001", "b0001", "b0002", "d0001"]],
  ])("undoes the branch that moves and nothing else: %s onto %s", async (branch, onto, left) => {
    await project.run("upgrade heads");
    const fixes = await project.readFixes(`rebase ${branch} --onto ${onto}`);
    const downgrades = fixes.filter((fix) => fix.includes("downgrade"));
    expect(downgrades).toHaveLength(1);
    await project.run(downgrades[0] ?? "");
    expect(project.listTables()).toEqual(left);
    await project.run(`rebase ${branch} --onto ${onto}`);
  });

  it("comes with a word about the rows", async () => {
    await project.run("upgrade heads");
    expect((await project.limbeck("rebase d0001 --onto c0001")).stderr).toContain("loses the rows");
  });

  it("is not there where one downgrade cannot do it", async () => {
    project.writeSql("b0003", "b0001");
    await project.run("upgrade heads");
    expect((await project.readFixes("rebase b0001 --onto c0001")).filter((fix) => fix.includes("downgrade"))).toEqual(
      [],
    );
  });
});

describe("a rebase is only offered for what is not applied", () => {
  const conflict = (): void => {
    project.remove("migrations/versions/d0001.sql");
    project.writeSql("b0001", "a0001", "", "UPDATE a0001 SET a = 1");
    project.writeSql("c0001", "a0001", "", "UPDATE a0001 SET a = 2");
  };
  const listRebases = async (line: string): Promise<readonly string[]> =>
    (await project.readFixes(line)).filter((fix) => fix.includes("rebase"));

  it.each([
    ["a0001", ["limbeck rebase c0001 --onto b0002"]],
    ["b0001", ["limbeck rebase c0001 --onto b0002"]],
    ["c0001", ["limbeck rebase b0002 --onto c0001"]],
    ["heads", []],
  ])("by a merge, with the database at %s", async (target, expected) => {
    conflict();
    await project.run(`upgrade ${target}`);
    expect(await listRebases("merge heads")).toEqual(expected);
    for (const fix of expected) await project.run(fix);
  });

  it("by a rebase that nobody has named", async () => {
    await project.run("upgrade b0001");
    expect(await listRebases("rebase")).not.toContainEqual(expect.stringContaining("rebase b0002"));
    await project.run("upgrade heads");
    expect(await project.readFixes("rebase")).toEqual(["limbeck merge heads"]);
  });

  it("by one that goes in a circle", async () => {
    project.writeSql("c0001", "a0001", "-- depends_on: b0002\n");
    expect(await listRebases("rebase b0001 --onto c0001")).toEqual(["limbeck rebase c0001 --onto b0002"]);
    await project.run("upgrade c0001");
    expect(await listRebases("rebase b0001 --onto c0001")).toEqual([]);
  });
});

describe("rows that others include", () => {
  it("are shown, keep no gate open, and go away when the heads are stamped", async () => {
    await project.run("upgrade heads");
    for (const line of ["status --check", "current --check-heads"]) await project.run(line);
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
    await project.run("stamp heads");
    expect(project.query("SELECT version_num FROM limbeck_version ORDER BY 1")).toEqual(["b0002", "c0001", "d0001"]);
    for (const line of ["status --check", "current --check-heads"]) await project.run(line);
  });

  const addRow = (revision: string): void => project.execute(`INSERT INTO limbeck_version VALUES ('${revision}')`);

  it("are purged without those of another branch: the fix of LB0328", async () => {
    await project.run("upgrade b0001");
    await project.run("upgrade d0001");
    addRow("a0001");
    const fixes = await project.readFixes("upgrade heads");
    const stamps = fixes.filter((fix) => fix.includes("stamp"));
    expect(stamps).toHaveLength(1);
    await project.run(stamps[0] ?? "");
    expect(project.query("SELECT version_num FROM limbeck_version ORDER BY 1")).toEqual(["b0001", "d0001"]);
    await project.run("upgrade heads");
    expect(project.listTables()).toEqual(["a0001", "b0001", "b0002", "c0001", "d0001"]);
  });
});

describe("a downgrade that comes to a merge", () => {
  it.each([
    ["downgrade -1", ["a0001", "b0001", "b0002", "c0001"], ["b0002", "c0001"]],
    ["downgrade b0001@-1", ["a0001", "b0001", "b0002", "c0001"], ["b0002", "c0001"]],
    // By b0002, which goes, and by c0001.
    ["downgrade -2", ["a0001", "b0001", "c0001"], ["b0001", "c0001"]],
  ])("offers ways that undo what was asked for: %s", async (line, tables, rows) => {
    project.remove("migrations/versions/d0001.sql");
    await project.run("merge b0002 c0001 --rev-id m0001");
    await project.run("upgrade head");
    const [first = "", second = ""] = await project.readFixes(line);
    for (const fix of [first, second]) expect(fix).toMatch(/^limbeck downgrade [bc]000\d/);
    await project.run(first);
    expect({
      tables: project.listTables(),
      rows: project.query("SELECT version_num FROM limbeck_version ORDER BY 1"),
    }).toEqual({
      tables,
      rows,
    });
    await project.run("upgrade head");
    await project.run(second);
    expect(project.listTables()).toContain("a0001");
  });
});
