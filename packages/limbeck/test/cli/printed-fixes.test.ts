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

function write(id: string, parent: string, more = "", up = `CREATE TABLE ${id} (a)`): void {
  const header = `-- revision: ${id}\n-- down_revision: ${parent}\n${more}`;
  const body = `-- limbeck: upgrade\n${up};\n-- limbeck: downgrade\nDROP TABLE IF EXISTS ${id};\n`;
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

describe("a rebase is only offered for what is not applied", () => {
  const conflict = (): void => {
    project.remove("migrations/versions/d0001.sql");
    write("b0001", "a0001", "", "UPDATE a0001 SET a = 1");
    write("c0001", "a0001", "", "UPDATE a0001 SET a = 2");
  };
  const listRebases = async (line: string): Promise<readonly string[]> =>
    (await readFixes(line)).filter((fix) => fix.includes("rebase"));

  it.each([
    ["a0001", ["limbeck rebase c0001 --onto b0002"]],
    ["b0001", ["limbeck rebase c0001 --onto b0002"]],
    ["c0001", ["limbeck rebase b0002 --onto c0001"]],
    ["heads", []],
  ])("by a merge, with the database at %s", async (target, expected) => {
    conflict();
    await run(`upgrade ${target}`);
    expect(await listRebases("merge heads")).toEqual(expected);
    for (const fix of expected) await run(fix);
  });

  it("by a rebase that nobody has named", async () => {
    await run("upgrade b0001");
    expect(await listRebases("rebase")).not.toContainEqual(expect.stringContaining("rebase b0002"));
    await run("upgrade heads");
    expect(await readFixes("rebase")).toEqual(["limbeck merge heads"]);
  });

  it("by one that goes in a circle", async () => {
    write("c0001", "a0001", "-- depends_on: b0002\n");
    expect(await listRebases("rebase b0001 --onto c0001")).toEqual(["limbeck rebase c0001 --onto b0002"]);
    await run("upgrade c0001");
    expect(await listRebases("rebase b0001 --onto c0001")).toEqual([]);
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

describe("fixes are the command that was typed, changed", () => {
  /** What the typed command becomes; other fixes name other commands, or come behind. */
  const expectFixes = async (line: string, ...expected: readonly string[]): Promise<void> => {
    expect((await readFixes(line)).slice(0, expected.length)).toEqual(expected);
  };

  it("where there are several heads", async () => {
    project.remove("migrations/versions/d0001.sql");
    const common = ["limbeck heads", "limbeck merge heads"];
    await expectFixes("stamp head", "limbeck stamp heads", "limbeck stamp b0002", "limbeck stamp c0001", ...common);
    await expectFixes(
      "upgrade base:head --sql",
      "limbeck upgrade base:heads --sql",
      "limbeck upgrade base:b0002 --sql",
    );
    await expectFixes("downgrade head-1", "limbeck downgrade b0002-1", "limbeck downgrade c0001-1", ...common);
    await expectFixes("show head", "limbeck show heads", "limbeck show b0002", "limbeck show c0001", ...common);
    await expectFixes("edit head", "limbeck edit heads", "limbeck edit b0002");
    await expectFixes("test head --seed 3", "limbeck test heads --seed 3", "limbeck test b0002 --seed 3");
    await expectFixes("squash base..head -m x", "limbeck squash base..b0002 -m x", "limbeck squash base..c0001 -m x");
    await run("upgrade heads");
    await expectFixes("history -r current-1:", "limbeck history -r b0002-1:", "limbeck history -r c0001-1:", ...common);
    for (const fix of [...(await readFixes("history -r current-1:")), ...(await readFixes("show head"))].slice(0, 2))
      await run(fix);
    expect((await readFixes("upgrade head")).filter((fix) => /stamp|downgrade/.test(fix))).toEqual([]);
  });

  it("without a target that another one includes", async () => {
    await expectFixes("stamp a0001 d0001 b0001", "limbeck stamp d0001 b0001");
    await expectFixes("stamp base:a000 base:b0001 --sql", "limbeck stamp base:b0001 --sql");
    expect((await readFixes("stamp a0001 b0001")).filter((fix) => fix.includes("upgrade"))).toEqual([]);
  });

  it("where a range leads the other way", async () => {
    await expectFixes(
      "downgrade a0001:b0001 --sql",
      "limbeck upgrade a0001:b0001 --sql",
      "limbeck downgrade b0001:a0001 --sql",
    );
    await expectFixes(
      "upgrade b0002:base --sql --target-version 3.40",
      "limbeck downgrade b0002:base --sql --target-version 3.40",
      "limbeck upgrade base:b0002 --sql --target-version 3.40",
    );
    await expectFixes("history -r b0002:base", "limbeck history -r base:b0002");
    for (const line of ["downgrade a0001:b0001 --sql", "upgrade b0002:base --sql"])
      for (const fix of (await readFixes(line)).slice(0, 2)) await run(fix);
  });

  it("with a version that is supported", async () => {
    const [fix = ""] = await readFixes("ensure-version --sql --target-version 3.8");
    expect(fix).toMatch(/^limbeck ensure-version --sql --target-version 3\.\d+/);
    await run(fix);
    expect((await readFixes("ensure-version --sql --target-version x"))[0]).toBe(fix);
  });

  it("with another id, or none", async () => {
    await expectFixes("squash a0001..b0002 --rev-id b0001", "limbeck squash a0001..b0002", "limbeck show b0001");
    await expectFixes(
      'revision -m "two words" --rev-id a@b --head c0001',
      'limbeck revision -m "two words" --head c0001',
    );
    // The id comes first: what follows must not repeat it.
    await expectFixes("revision -m x --rev-id b0001 --head a0001", "limbeck revision -m x --head a0001");
    await expectFixes("merge b0001 c0001 -m again", "limbeck merge b0001 c0001 -m again --splice");
  });

  it("with the whole id", async () => {
    await expectFixes("stamp b000 --purge", "limbeck stamp b0001 --purge", "limbeck stamp b0002 --purge");
    await expectFixes("upgrade base:b000 --sql", "limbeck upgrade base:b0001 --sql");
    await expectFixes("history -r b000:", "limbeck history -r b0001:", "limbeck history -r b0002:");
  });

  it("without what may be secret, and with what says which project is meant", async () => {
    const { stderr } = await project.limbeck(
      "stamp head --url sqlite:secret.db -x token=secret -c limbeck.config.ts --no-color",
    );
    expect(stderr).toContain("fix: limbeck --config limbeck.config.ts stamp heads\n");
    expect(stderr).not.toContain("secret");
  });

  it("where the config or the database is not known", async () => {
    project.remove("limbeck.config.ts");
    project.write("package.json", "{}");
    await expectFixes(
      "upgrade heads --sql",
      "limbeck upgrade heads --sql --config path/to/limbeck.config.ts",
      "limbeck init",
    );
    project.write(
      "limbeck.config.ts",
      `export default { databases: { one: { url: "sqlite:1.db" }, two: { url: "sqlite:2.db" } } };\n`,
    );
    await expectFixes("stamp heads", "limbeck stamp heads -x db=one", "limbeck stamp heads -x db=two");
    await expectFixes("stamp heads --url= -x db=one", "limbeck stamp heads", "limbeck stamp heads --url URL");
  });
});

describe("the fixes of init", () => {
  it("name another folder only where the folder is what is there", async () => {
    expect(await readFixes("init")).not.toContain("limbeck init another-folder");
    project.remove("limbeck.config.ts");
    const [fix = ""] = await readFixes("init");
    expect(fix).toBe("limbeck init another-folder");
    await run(fix);
  });
});

describe("a history that is not sound", () => {
  const readError = async (line: string): Promise<string> => (await project.limbeck(line)).stderr;
  const place = (name: string): string => join(project.folder, "migrations/versions", name);

  it("is told by file and line, in the words of the file", async () => {
    write("b0001", "gone1");
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
    expect(other).toContain(`fix: In ${place("e.ts")}:2, set downRevision`);
  });

  it.each([
    ["dependsOn", () => write("b0001", "a0001", "-- depends_on: gone1\n"), "LB0334", "b0001.sql:5"],
    ["a circle", () => write("b0001", "b0002"), "LB0331", "b0002.sql:4"],
    ["a circle of dependencies", () => write("a0001", "none", "-- depends_on: b0001\n"), "LB0332", "a0001.sql:5"],
    ["a label twice", () => write("b0001", "a0001", "-- branch_labels: c0001\n"), "LB0336", "b0001.sql:5"],
  ])("in its place: %s", async (_what, breakIt, code, where) => {
    breakIt();
    const error = await readError("history");
    expect(error).toContain(code);
    expect(error).toContain(place(where));
  });

  it("is mended with the command that the error prints", async () => {
    write("b0001", "gone1");
    const fixes = await readFixes("upgrade heads");
    expect(fixes).toContain("limbeck edit b0001");
    const edited = await project.limbeck("edit b0001", {
      env: { EDITOR: "ed" },
      handOver: async () => {
        write("b0001", "a0001");
        return "well";
      },
    });
    expect(edited).toMatchObject({ exitCode: 0, stdout: "migrations/versions/b0001.sql\n" });
    await run("upgrade heads");
  });
});

describe("a squash that is not used any more", () => {
  it("is told, and is in the way of another one", async () => {
    for (const id of ["c0001", "d0001"]) project.remove(`migrations/versions/${id}.sql`);
    write("b0003", "b0002");
    await run("squash b0001..b0003 --rev-id e0001");
    expect((await project.limbeck("heads")).stderr).toBe("");
    write("f0001", "b0002");
    const told = "⚠ The squashed revision e0001 is not used: f0001 needs one from the middle of what it replaces.";
    for (const line of ["history", "heads", "status"]) {
      const { stdout, stderr } = await project.limbeck(line);
      expect((stdout + stderr).replaceAll(/\s+/g, " ")).toContain(told);
    }
    expect(await project.limbeckJson("heads")).toMatchObject({
      data: { unusedSquashes: [{ revision: "e0001", because: ["f0001"] }] },
    });
    project.remove("migrations/versions/f0001.sql");
    write("f0001", "b0003", "-- depends_on: b0002\n");
    const { stderr } = await project.limbeck("squash base..f0001");
    expect(stderr).toContain("LB1254 e0001 stands for b0001, b0002 and b0003 already.");
    expect(stderr).toContain("If no database has run e0001, delete");
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
    await run("merge b0002 c0001 --rev-id m0001");
    await run("upgrade head");
    const [first = "", second = ""] = await readFixes(line);
    for (const fix of [first, second]) expect(fix).toMatch(/^limbeck downgrade [bc]000\d/);
    await run(first);
    expect({ tables: listTables(), rows: query("SELECT version_num FROM limbeck_version ORDER BY 1") }).toEqual({
      tables,
      rows,
    });
    await run("upgrade head");
    await run(second);
    expect(listTables()).toContain("a0001");
  });
});

describe("targets of which one could think that they work", () => {
  it("count down to base in a squash as well", async () => {
    for (const id of ["b0002", "c0001", "d0001"]) project.remove(`migrations/versions/${id}.sql`);
    await run("squash head-2..head --rev-id e0001");
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
    write("b0001", "a0001", "-- branch_labels: billing\n");
    await run("upgrade heads");
    const { stderr } = await project.limbeck("downgrade billing@base");
    expect(stderr).toContain("⚠ The branch billing shares its beginning with others, so c0001 goes with it.");
  });
});
