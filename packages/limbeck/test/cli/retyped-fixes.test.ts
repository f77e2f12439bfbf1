import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createBranchesProject, type BranchesProject } from "./branches-project.ts";

let project: BranchesProject;

beforeEach(() => {
  project = createBranchesProject();
});

afterEach(() => project.dispose());

describe("fixes are the command that was typed, changed", () => {
  /** What the typed command becomes: as many fixes as are expected; others name other commands, or come behind. */
  const readFirst = async (line: string, number: number): Promise<readonly string[]> =>
    (await project.readFixes(line)).slice(0, number);

  it("where there are several heads", async () => {
    project.remove("migrations/versions/d0001.sql");
    const common = ["limbeck heads", "limbeck merge heads"];
    expect(await readFirst("stamp head", 3 + common.length)).toEqual([
      "limbeck stamp heads",
      "limbeck stamp b0002",
      "limbeck stamp c0001",
      ...common,
    ]);
    expect(await readFirst("upgrade base:head --sql", 2)).toEqual([
      "limbeck upgrade base:heads --sql",
      "limbeck upgrade base:b0002 --sql",
    ]);
    expect(await readFirst("downgrade head-1", 2 + common.length)).toEqual([
      "limbeck downgrade b0002-1",
      "limbeck downgrade c0001-1",
      ...common,
    ]);
    expect(await readFirst("show head", 3 + common.length)).toEqual([
      "limbeck show heads",
      "limbeck show b0002",
      "limbeck show c0001",
      ...common,
    ]);
    expect(await readFirst("edit head", 2)).toEqual(["limbeck edit heads", "limbeck edit b0002"]);
    expect(await readFirst("test head --seed 3", 2)).toEqual([
      "limbeck test heads --seed 3",
      "limbeck test b0002 --seed 3",
    ]);
    expect(await readFirst("squash base..head -m x", 2)).toEqual([
      "limbeck squash base..b0002 -m x",
      "limbeck squash base..c0001 -m x",
    ]);
    await project.run("upgrade heads");
    expect(await readFirst("history -r current-1:", 2 + common.length)).toEqual([
      "limbeck history -r b0002-1:",
      "limbeck history -r c0001-1:",
      ...common,
    ]);
    for (const fix of [
      ...(await project.readFixes("history -r current-1:")),
      ...(await project.readFixes("show head")),
    ].slice(0, 2))
      await project.run(fix);
    expect((await project.readFixes("upgrade head")).filter((fix) => /stamp|downgrade/.test(fix))).toEqual([]);
  });

  it("without a target that another one includes", async () => {
    expect(await readFirst("stamp a0001 d0001 b0001", 1)).toEqual(["limbeck stamp d0001 b0001"]);
    expect(await readFirst("stamp base:a000 base:b0001 --sql", 1)).toEqual(["limbeck stamp base:b0001 --sql"]);
    expect((await project.readFixes("stamp a0001 b0001")).filter((fix) => fix.includes("upgrade"))).toEqual([]);
  });

  it("where a range leads the other way", async () => {
    expect(await readFirst("downgrade a0001:b0001 --sql", 2)).toEqual([
      "limbeck upgrade a0001:b0001 --sql",
      "limbeck downgrade b0001:a0001 --sql",
    ]);
    expect(await readFirst("upgrade b0002:base --sql --target-version 3.40", 2)).toEqual([
      "limbeck downgrade b0002:base --sql --target-version 3.40",
      "limbeck upgrade base:b0002 --sql --target-version 3.40",
    ]);
    expect(await readFirst("history -r b0002:base", 1)).toEqual(["limbeck history -r base:b0002"]);
    for (const line of ["downgrade a0001:b0001 --sql", "upgrade b0002:base --sql"])
      for (const fix of (await project.readFixes(line)).slice(0, 2)) await project.run(fix);
  });

  it("with a version that is supported", async () => {
    const [fix = ""] = await project.readFixes("ensure-version --sql --target-version 3.8");
    expect(fix).toMatch(/^limbeck ensure-version --sql --target-version 3\.\d+/);
    await project.run(fix);
    expect((await project.readFixes("ensure-version --sql --target-version x"))[0]).toBe(fix);
  });

  it("with another id, or none", async () => {
    expect(await readFirst("squash a0001..b0002 --rev-id b0001", 2)).toEqual([
      "limbeck squash a0001..b0002",
      "limbeck show b0001",
    ]);
    expect(await readFirst('revision -m "two words" --rev-id a@b --head c0001', 1)).toEqual([
      'limbeck revision -m "two words" --head c0001',
    ]);
    // The id comes first: what follows must not repeat it.
    expect(await readFirst("revision -m x --rev-id b0001 --head a0001", 1)).toEqual([
      "limbeck revision -m x --head a0001",
    ]);
    expect(await readFirst("merge b0001 c0001 -m again", 1)).toEqual(["limbeck merge b0001 c0001 -m again --splice"]);
  });

  it("with the name that was meant", async () => {
    const { stderr } = await project.limbeck("downgrade haed-1");
    expect(stderr).toContain(`Did you mean "head"?`);
    expect(await readFirst("stamp haeds --purge", 1)).toEqual(["limbeck stamp heads --purge"]);
    expect(await readFirst("upgrade bsae:d0010 --sql", 1)).toEqual(["limbeck upgrade base:d0010 --sql"]);
    expect(await readFirst("show d0010", 2)).toEqual(["limbeck show d0001", "limbeck history"]);
    expect(await readFirst("show anything-else", 1)).toEqual(["limbeck history"]);
  });

  it("with the whole id", async () => {
    expect(await readFirst("stamp b000 --purge", 2)).toEqual([
      "limbeck stamp b0001 --purge",
      "limbeck stamp b0002 --purge",
    ]);
    expect(await readFirst("upgrade base:b000 --sql", 1)).toEqual(["limbeck upgrade base:b0001 --sql"]);
    expect(await readFirst("history -r b000:", 2)).toEqual(["limbeck history -r b0001:", "limbeck history -r b0002:"]);
  });

  it("without what may be secret, and with what says which project is meant", async () => {
    const { stderr } = await project.limbeck(
      "stamp head --url sqlite:other.db -x token=secret -c limbeck.config.ts --no-color",
    );
    expect(stderr).toContain("fix: limbeck --config limbeck.config.ts --url sqlite:other.db stamp heads\n");
    expect(stderr).not.toContain("secret");
  });

  it("where the config or the database is not known", async () => {
    project.remove("limbeck.config.ts");
    project.write("package.json", "{}");
    expect(await readFirst("upgrade heads --sql", 2)).toEqual([
      "limbeck upgrade heads --sql --config path/to/limbeck.config.ts",
      "limbeck init",
    ]);
    project.write(
      "limbeck.config.ts",
      `export default { databases: { one: { url: "sqlite:1.db" }, two: { url: "sqlite:2.db" } } };\n`,
    );
    expect(await readFirst("stamp heads", 2)).toEqual([
      "limbeck stamp heads -x db=one",
      "limbeck stamp heads -x db=two",
    ]);
    expect(await readFirst("stamp heads --url= -x db=one", 2)).toEqual([
      "limbeck stamp heads",
      "limbeck stamp heads --url URL",
    ]);
  });
});

describe("the fixes of init", () => {
  it("name another folder only where the folder is what is there", async () => {
    expect(await project.readFixes("init")).not.toContain("limbeck init another-folder");
    project.remove("limbeck.config.ts");
    const [fix = ""] = await project.readFixes("init");
    expect(fix).toBe("limbeck init another-folder");
    await project.run(fix);
  });
});
