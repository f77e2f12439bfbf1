import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createBranchesProject, type BranchesProject } from "./branches-project.ts";

let project: BranchesProject;

beforeEach(() => {
  project = createBranchesProject();
});

afterEach(() => project.dispose());

describe("a history that is not sound", () => {
  const readError = async (line: string): Promise<string> => (await project.limbeck(line)).stderr;
  const place = (name: string): string => join(project.folder, "migrations/versions", name);

  it("is told by file and line, in the words of the file", async () => {
    project.writeSql("b0001", "gone1");
    const error = await readError("history");
    expect(error).toContain("LB0333");
    expect(error).toContain(`b0001: ${place("b0001.sql")}:4`);
    expect(error).toContain("set down_revision in");
    expect(error).not.toContain("downRevision");
    expect(error).not.toContain("limbeck history");
    project.write(
      "migrations/versions/e.ts",
      'export const revision = "e0001";\nexport const downRevision = "e0001";\n',
    );
    project.remove("migrations/versions/b0001.sql");
    project.remove("migrations/versions/b0002.sql");
    const other = await readError("history");
    expect(other).toContain("LB0330");
    expect(other.replaceAll(/\s+/g, " ")).toContain(`In ${place("e.ts")}:2, set downRevision`);
  });

  it.each([
    ["dependsOn", () => project.writeSql("b0001", "a0001", "-- depends_on: gone1\n"), "LB0334", "b0001.sql:5"],
    ["a circle", () => project.writeSql("b0001", "b0002"), "LB0331", "b0002.sql:4"],
    [
      "a circle of dependencies",
      () => project.writeSql("a0001", "none", "-- depends_on: b0001\n"),
      "LB0332",
      "a0001.sql:5",
    ],
    ["a label twice", () => project.writeSql("b0001", "a0001", "-- branch_labels: c0001\n"), "LB0336", "b0001.sql:5"],
  ])("in its place: %s", async (_what, breakIt, code, where) => {
    breakIt();
    const error = await readError("history");
    expect(error).toContain(code);
    expect(error).toContain(place(where));
  });

  it.each([
    ["LB0333", `downRevision = "";`, "The downRevision of revision e0001 is an empty text", "write null if it is the"],
    ["LB0333", `downRevision = ["a0001", ""];`, "The downRevision of revision e0001 is an empty text", "write null if"],
    [
      "LB0334",
      `downRevision = null, dependsOn = [""];`,
      "The dependsOn of revision e0001 has an empty text",
      `take ""`,
    ],
  ])("leaves no gap where a name is empty: %s, %s", async (code, header, title, advice) => {
    project.write(".git/HEAD", "");
    const text = `export const revision = "e0001";\nexport const ${header}\nexport const upgrade = () => {};\n`;
    project.write("migrations/versions/e.ts", text);
    expect(await project.readFixes("history")).toEqual(["limbeck edit e0001"]);
    const error = (await readError("history")).replaceAll(/\s+/g, " ");
    expect(error).toContain(`${code} ${title}`);
    expect(error).toContain(`In ${place("e.ts")}:2, `);
    expect(error).toContain(advice);
  });

  it("says what to change where lines are wrapped, and offers commands only", async () => {
    project.writeSql("b0001", "gone1");
    expect(await project.readFixes("upgrade heads")).toEqual(["limbeck edit b0001"]);
    project.write(".git/HEAD", "");
    expect(await project.readFixes("upgrade heads")).toEqual([
      `git log --all --oneline -S "gone1"`,
      "limbeck edit b0001",
    ]);
    const { stderr } = await project.limbeck("upgrade heads");
    expect(stderr).toContain("If gone1 is gone for good, set down_revision in");
    expect(stderr.split("\n").filter((line) => line.length > 80 && !line.includes(project.folder))).toEqual([]);
  });

  it("is mended with the command that the error prints", async () => {
    project.writeSql("b0001", "gone1");
    const fixes = await project.readFixes("upgrade heads");
    expect(fixes).toContain("limbeck edit b0001");
    const edited = await project.limbeck("edit b0001", {
      env: { EDITOR: "ed" },
      handOver: async () => {
        project.writeSql("b0001", "a0001");
        return "well";
      },
    });
    expect(edited).toMatchObject({ exitCode: 0, stdout: "migrations/versions/b0001.sql\n" });
    await project.run("upgrade heads");
  });
});

describe("a squash that is not used any more", () => {
  it("is told, and is in the way of another one", async () => {
    for (const id of ["c0001", "d0001"]) project.remove(`migrations/versions/${id}.sql`);
    project.writeSql("b0003", "b0002");
    await project.run("squash b0001..b0003 --rev-id e0001");
    expect((await project.limbeck("heads")).stderr).toBe("");
    project.writeSql("f0001", "b0002");
    const told = "⚠ The squashed revision e0001 is not used: f0001 needs one from the middle of what it replaces.";
    for (const line of ["history", "heads", "status"]) {
      const { stdout, stderr } = await project.limbeck(line);
      expect((stdout + stderr).replaceAll(/\s+/g, " ")).toContain(told);
    }
    expect(await project.limbeckJson("heads")).toMatchObject({
      data: { unusedSquashes: [{ revision: "e0001", because: ["f0001"] }] },
    });
    project.remove("migrations/versions/f0001.sql");
    project.writeSql("f0001", "b0003", "-- depends_on: b0002\n");
    const { stderr } = await project.limbeck("squash base..f0001");
    expect(stderr).toContain("LB1254 e0001 stands for b0001, b0002 and b0003 already.");
    expect(stderr).toContain("If no database has run e0001, delete");
  });
});

describe("targets of which one could think that they work", () => {
  it("count down to base in a squash as well", async () => {
    for (const id of ["b0002", "c0001", "d0001"]) project.remove(`migrations/versions/${id}.sql`);
    expect(await project.limbeckJson("squash head-2..head --rev-id e0001")).toMatchObject({
      ok: true,
      data: { replaces: ["a0001", "b0001"] },
    });
  });

  it("lie in no folder that does not exist", async () => {
    for (const line of ["current", "status", "upgrade heads"])
      expect(await project.limbeckJson(`${line} --url sqlite:gone/x.db`)).toMatchObject({
        exitCode: 2,
        error: { code: "LB0604" },
      });
    // A file that is not there yet is a database at base.
    expect(await project.limbeckJson("current --url sqlite:new.db")).toMatchObject({
      ok: true,
      data: { revisions: [] },
    });
  });

  it("undo more than was named, with a warning", async () => {
    project.writeSql("b0001", "a0001", "-- branch_labels: billing\n");
    await project.run("upgrade heads");
    const { stderr } = await project.limbeck("downgrade billing@base");
    expect(stderr).toContain("⚠ The branch billing shares its beginning with others, so c0001 goes with it.");
  });
});
