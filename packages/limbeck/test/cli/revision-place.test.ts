import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type JsonRun, type TestProject } from "./test-project.ts";

let project: TestProject;

function begin(): void {
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:todo.db" };\n`);
  project.write("migrations/versions/.gitkeep", "");
}

beforeEach(begin);

afterEach(() => project.dispose());

function beginAnew(): void {
  project.dispose();
  begin();
}

/** Writes revisions; each line is the options of one. */
async function write(...lines: readonly string[]): Promise<void> {
  for (const line of lines) {
    const { exitCode, stderr } = await project.limbeck(`revision -m step ${line}`);
    expect({ line, exitCode, stderr: exitCode === 0 ? "" : stderr }).toEqual({ line, exitCode: 0, stderr: "" });
  }
}

/** `aaaa1 > aaaa2`, and `bbbb1 > bbbb2` with the label billing, which grew from aaaa1. */
const writeBranches = (): Promise<void> =>
  write(
    "--rev-id aaaa1",
    "--rev-id aaaa2",
    "--rev-id bbbb1 --head aaaa1 --splice --branch-label billing",
    "--rev-id bbbb2 --head billing@head",
  );

const historyOf = async (): Promise<readonly string[]> => (await project.limbeck("history")).stdout.trim().split("\n");

/**
 * A call that is refused; then everything that its error proposes is run, each on a project of its own.
 *
 * @returns the error
 */
async function refuse(line: string, prepare: () => Promise<void>): Promise<Readonly<Record<string, unknown>>> {
  beginAnew();
  await prepare();
  const before = await historyOf();
  const { ok, exitCode, error } = await project.limbeckJson(line);
  expect({ ok, exitCode }).toEqual({ ok: false, exitCode: 2 });
  expect(await historyOf()).toEqual(before);
  if (typeof error !== "object" || error === null || !("fix" in error) || !Array.isArray(error.fix)) {
    throw new Error(`No fix: ${JSON.stringify(error)}`);
  }
  const fixes = error.fix.map(String);
  expect(fixes.length).toBeGreaterThan(0);
  for (const fix of fixes) {
    beginAnew();
    await prepare();
    const run = await project.limbeck(fix.replace(/^limbeck /, ""));
    expect({ fix, exitCode: run.exitCode, stderr: run.exitCode === 0 ? "" : run.stderr }).toEqual({
      fix,
      exitCode: 0,
      stderr: "",
    });
  }
  return { ...error };
}

describe("a new revision", () => {
  it("builds on the one head, on any head by name, or on nothing", async () => {
    await writeBranches();
    await write("--rev-id aaaa3 --head aaaa2", "--rev-id bbbb3 --head bbbb2", "--rev-id bbbb4 --head billing@head");
    await write("--rev-id cccc1 --head base --branch-label audit");
    const lines = await historyOf();
    expect(lines.toSorted()).toEqual([
      "<base> -> aaaa1 (branchpoint), step",
      "<base> -> cccc1 (audit) (head), step",
      "aaaa1 -> aaaa2, step",
      "aaaa1 -> bbbb1 (billing), step",
      "aaaa2 -> aaaa3 (head), step",
      "bbbb1 -> bbbb2 (billing), step",
      "bbbb2 -> bbbb3 (billing), step",
      "bbbb3 -> bbbb4 (billing) (head), step",
    ]);
  });

  it("tells of its place, and of the heads that there are now", async () => {
    await writeBranches();
    const line = "revision -m audit --rev-id cccc1 --head base --branch-label audit --branch-label log";
    const { stderr } = await project.limbeck(`${line} --depends-on aaaa2 --depends-on billing`);
    expect(stderr).toBe(
      [
        "Revision cccc1, on top of base.",
        "Begins the branch audit, log.",
        "Depends on aaaa2, billing.",
        "Write its upgrade and downgrade now.",
        "Next: limbeck show cccc1",
        "",
      ].join("\n"),
    );
    expect(await project.limbeckJson("revision -m more --head audit@head --rev-id cccc2")).toMatchObject({
      data: { downRevision: ["cccc1"], branchLabels: [], dependsOn: [], heads: ["aaaa2", "bbbb2", "cccc2"] },
    });
  });

  it("writes dependencies in full, and labels as they are, into TypeScript and SQL", async () => {
    await writeBranches();
    const dependsOn = ["--depends-on bbbb1", "--depends-on billing", "--depends-on billing@head-1"].join(" ");
    const one = await project.limbeckJson(`revision -m one --head aaaa2 --rev-id aaaa3 ${dependsOn}`);
    expect(one).toMatchObject({ data: { dependsOn: ["bbbb1", "billing"] } });
    const two = `revision -m two --head aaaa3 --rev-id aaaa4 --depends-on bill --depends-on billing --format sql`;
    expect(await project.limbeckJson(two)).toMatchObject({ data: { dependsOn: ["bbbb1", "billing"] } });
    const names = [`export const dependsOn: string[] = ["bbbb1", "billing"];`, "-- depends_on: bbbb1, billing"];
    const sources = await Promise.all(["aaaa3", "aaaa4"].map((id) => project.limbeck(`show ${id}`)));
    for (const [index, name] of names.entries()) expect(sources[index]?.stdout).toContain(name);
    expect(sources[1]?.stdout).toContain("-- down_revision: aaaa3\n");
    const labelled = `revision -m three --head aaaa4 --splice --branch-label my-branch --rev-id dddd1 --format sql`;
    expect(await project.limbeckJson(labelled)).toMatchObject({ ok: true });
    expect((await project.limbeck("show my-branch@head")).stdout).toContain("-- branch_labels: my-branch\n");
  });

  it("may build on where the database stands", async () => {
    await write("--rev-id aaaa1", "--rev-id aaaa2");
    await project.limbeck("upgrade aaaa1");
    expect(await project.limbeckJson("revision -m x --head current --splice")).toMatchObject({
      data: { downRevision: ["aaaa1"] },
    });
    expect(await project.limbeckJson("revision -m x --head aaaa2 --depends-on current")).toMatchObject({
      data: { dependsOn: ["aaaa1"] },
    });
  });
});

describe("a new revision is refused, and the error names a way that works,", () => {
  it("where the head is several", async () => {
    expect(await refuse(`revision -m "it costs 5" --rev-id eeee1`, writeBranches)).toMatchObject({
      code: "LB1030",
      title: '"head" is 2 revisions here, and a new one builds on one: aaaa2, bbbb2.',
      fix: [
        `limbeck revision -m "it costs 5" --rev-id eeee1 --head aaaa2`,
        `limbeck revision -m "it costs 5" --rev-id eeee1 --head bbbb2`,
        "limbeck merge heads",
      ],
    });
    expect(await refuse("revision -m x --head heads --branch-label new", writeBranches)).toMatchObject({
      code: "LB1030",
    });
  });

  it("where the head of a branch is several", async () => {
    const prepare = async (): Promise<void> => {
      await writeBranches();
      await write("--rev-id bbbb3 --head bbbb1 --splice");
    };
    expect(await refuse("revision -m x --head billing@head", prepare)).toMatchObject({
      code: "LB1030",
      context: { identifier: "billing@head", revisions: ["bbbb2", "bbbb3"] },
    });
  });

  it("on top of a revision that others build on", async () => {
    expect(await refuse("revision -m x --head aaaa1 --format sql", writeBranches)).toMatchObject({
      code: "LB1031",
      title: "Revision aaaa1 is not a head: aaaa2, bbbb1 builds on it.",
      fix: [
        "limbeck revision -m x --head aaaa1 --format sql --splice",
        "limbeck revision -m x --head aaaa2 --format sql",
        "limbeck revision -m x --head bbbb2 --format sql",
      ],
    });
  });

  it.each([
    ["of another revision", "billing"],
    ["that is an id", "aaaa2"],
    ["that is its own id", "eeee1"],
  ])("with a label %s", async (_, label) => {
    const line = `revision -m x --head aaaa2 --rev-id eeee1 --branch-label ${label}`;
    expect(await refuse(line, writeBranches)).toMatchObject({
      code: "LB1032",
      fix: [expect.stringContaining(`--branch-label ${label}_2`), "limbeck heads"],
    });
  });

  it("with a label twice", async () => {
    const line = `revision -m x --head aaaa2 --branch-label new --branch-label new`;
    expect(await refuse(line, writeBranches)).toMatchObject({ code: "LB1033" });
  });

  it.each(["a@b", "a+b", "a:b", `"a b"`, "a,b", "x-", "head", "base", "None", `""`])(
    "with the label %s",
    async (label) => {
      const line = `revision -m x --head aaaa2 --branch-label=${label}`;
      // The shell takes the quotes away wherever they stand; here they would be part of the word.
      const words = label.startsWith('"') ? `revision -m x --head aaaa2 --branch-label ${label}` : line;
      expect(await refuse(words, writeBranches)).toMatchObject({ code: "LB1034" });
    },
  );

  it("with a dependency that is no revision, or several", async () => {
    for (const name of ["nope", "base"]) {
      expect(await refuse(`revision -m x --head aaaa2 --depends-on ${name}`, writeBranches)).toMatchObject({
        code: "LB1035",
        fix: ["limbeck history"],
      });
    }
    const several = "revision -m x --head base --depends-on heads --depends-on aaaa1";
    expect(await refuse(several, writeBranches)).toMatchObject({
      code: "LB1036",
      fix: ["limbeck revision -m x --head base --depends-on aaaa2 --depends-on bbbb2 --depends-on aaaa1"],
    });
  });

  it("on top of what does not exist, is ambiguous, or leads nowhere", async () => {
    await writeBranches();
    const codes = ["nope", "aaaa", "nope@head", "aaaa1-3", "billing@aaaa2", "+", ""].map(async (head) => {
      const { error } = await project.limbeckJson(`revision -m x --splice --head "${head}"`);
      return [head, error];
    });
    expect(await Promise.all(codes)).toEqual([
      ["nope", expect.objectContaining({ code: "LB0301" })],
      ["aaaa", expect.objectContaining({ code: "LB0302" })],
      ["nope@head", expect.objectContaining({ code: "LB0303" })],
      ["aaaa1-3", expect.objectContaining({ code: "LB0321" })],
      ["billing@aaaa2", expect.objectContaining({ code: "LB0304" })],
      ["+", expect.objectContaining({ code: "LB0306" })],
      ["", expect.objectContaining({ code: "LB0306" })],
    ]);
  });
});

describe("a generated revision", () => {
  const configure = (name: string, columns: string): void => {
    project.write(
      `${name}.config.ts`,
      `import { integer, table, text } from "limbeck/schema";
const todos = table("todos", { id: integer().primaryKey(), ${columns} });
export default { url: "sqlite:todo.db", models: { todos } };\n`,
    );
  };

  beforeEach(async () => {
    configure("first", "");
    configure("second", "title: text()");
    configure("third", "title: text(), note: text()");
    await project.limbeck("-c first.config.ts revision -m first --autogenerate --rev-id aaaa1");
    await write("--rev-id aaaa2", "--rev-id bbbb1 --head aaaa1 --splice --branch-label billing");
  });

  const generate = (config: string, rest: string): Promise<JsonRun> =>
    project.limbeckJson(`-c ${config}.config.ts revision -m more --autogenerate ${rest}`);

  it("needs a database at all heads, and builds on the one that is named", async () => {
    await project.limbeck("upgrade aaaa2");
    expect(await generate("second", "--head billing@head")).toMatchObject({
      exitCode: 2,
      error: { code: "LB1001", fix: ["limbeck --config second.config.ts upgrade heads"] },
    });
    await project.limbeck("upgrade heads");
    expect(await generate("second", "--rev-id bbbb2 --head billing@head --depends-on aaaa2")).toMatchObject({
      data: {
        downRevision: ["bbbb1"],
        dependsOn: ["aaaa2"],
        proof: "proven",
        changes: [{ kind: "addColumn", text: "add column title to todos" }],
      },
    });
    await project.limbeck("upgrade heads");
    expect((await project.limbeck("-c second.config.ts check")).exitCode).toBe(0);
  });

  it("can begin a root or a branch, from what the database has, not from what lies below it", async () => {
    await project.limbeck("upgrade heads");
    expect(await generate("second", "--rev-id bbbb2 --head bbbb1")).toMatchObject({ ok: true });
    await project.limbeck("upgrade heads");
    // aaaa1 alone has no title; the database has.
    const branch = await generate("third", "--rev-id cccc1 --head aaaa1 --splice --branch-label notes");
    expect(branch).toMatchObject({ data: { changes: [{ text: "add column note to todos" }], proof: "proven" } });
    await project.limbeck("upgrade heads");
    expect((await project.limbeck("-c third.config.ts check")).exitCode).toBe(0);
    expect((await project.limbeck("downgrade notes@aaaa1")).exitCode).toBe(0);
    expect((await project.limbeck("-c second.config.ts check")).exitCode).toBe(0);
  });

  it("is refused for its place before the models are loaded or the database is asked", async () => {
    project.write(
      "broken.config.ts",
      `export default { url: "sqlite:/nowhere/x.db", models: () => { throw new Error(); } };\n`,
    );
    expect(await generate("broken", "")).toMatchObject({ error: { code: "LB1030" } });
    expect(await generate("broken", "--head aaaa1")).toMatchObject({
      error: {
        fix: expect.arrayContaining([
          "limbeck --config broken.config.ts revision -m more --autogenerate --head aaaa1 --splice",
        ]),
      },
    });
  });
});
