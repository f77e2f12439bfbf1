import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "./test-project.ts";

let project: TestProject;

/** Two branches, of which one has a label, and a third on which one of them depends: `aaaa1 > (bbbb1, cccc1 ~> dddd1)`. */
beforeEach(() => {
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:todo.db" };\n`);
  write("aaaa1", "none", "initial");
  write("bbbb1", "aaaa1", "billing", "branch_labels: billing");
  write("cccc1", "aaaa1", "shop", "depends_on: dddd1");
  write("dddd1", "none", "audit", "branch_labels: audit");
});

afterEach(() => project.dispose());

function write(id: string, parent: string, message: string, more = "branch_labels:"): void {
  const header = `-- revision: ${id}\n-- down_revision: ${parent}\n-- ${more}\n`;
  const body = `-- limbeck: upgrade\nCREATE TABLE ${id} (a);\n-- limbeck: downgrade\nDROP TABLE ${id};\n`;
  project.write(`migrations/versions/${id}.sql`, `-- ${message}\n--\n${header}${body}`);
}

const pathOf = (id: string): string => join(project.folder, `migrations/versions/${id}.sql`);

const print = async (line: string): Promise<string> => (await project.limbeck(line)).stdout;

describe("branches", () => {
  it("shows each branch point with what builds on it, as Alembic does", async () => {
    expect(await print("branches")).toBe(
      ["aaaa1 (branchpoint)", "      -> bbbb1 (billing) (head)", "      -> cccc1 (head)", ""].join("\n"),
    );
    expect(await print("branches -v")).toBe(
      [
        "Rev: aaaa1 (branchpoint)",
        "Parent: <base>",
        "Branches into: bbbb1, cccc1",
        `Path: ${pathOf("aaaa1")}`,
        "",
        "    initial",
        "",
        "      -> bbbb1 (billing) (head), billing",
        "      -> cccc1 (head), shop",
        "",
      ].join("\n"),
    );
  });

  it("shows the newest point first, with an empty line between two", async () => {
    write("bbbb2", "bbbb1", "more");
    write("bbbb3", "bbbb1", "more");
    expect((await print("branches")).split("\n\n").map((part) => part.split("\n")[0])).toEqual([
      "bbbb1 (billing) (branchpoint)",
      "aaaa1 (branchpoint)",
    ]);
    expect(await project.limbeckJson("branches")).toMatchObject({
      data: { revisions: [{ revision: "bbbb1", branches: [{ revision: "bbbb2" }, { revision: "bbbb3" }] }, {}] },
    });
  });

  it("says so when there is none", async () => {
    project.remove("migrations/versions/cccc1.sql");
    expect(await project.limbeck("branches")).toMatchObject({
      exitCode: 0,
      stdout: "",
      stderr: "The history has no branch points.\n",
    });
  });
});

describe("heads", () => {
  it("are all that nothing builds on; --resolve-dependencies leaves out those that something depends on", async () => {
    expect(await print("heads")).toBe("bbbb1 (billing) (head)\ncccc1 (head)\ndddd1 (audit) (effective head)\n");
    expect(await print("heads --resolve-dependencies")).toBe("bbbb1 (billing) (head)\ncccc1 (head)\n");
  });
});

describe("check --single-head", () => {
  it("fails with all heads while there are several, and says how to join them", async () => {
    const { exitCode, stdout, stderr } = await project.limbeck("check --single-head");
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toBe(
      [
        "✖ LB1041 The history has 3 heads: bbbb1, cccc1, dddd1.",
        "    bbbb1 (billing) billing",
        "    cccc1 shop",
        "    dddd1 (audit) audit",
        "  fix: limbeck merge heads",
        "  limbeck explain LB1041",
        "",
      ].join("\n"),
    );
  });

  it("counts a head that another one depends on, as the target head does, until they are merged", async () => {
    project.remove("migrations/versions/bbbb1.sql");
    expect(await project.limbeckJson("check --single-head")).toMatchObject({
      exitCode: 2,
      error: { code: "LB1041", context: { heads: ["cccc1", "dddd1"] } },
    });
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ error: { code: "LB0305" } });
    expect((await project.limbeck("merge heads --rev-id eeee1")).exitCode).toBe(0);
    expect((await project.limbeck("check --single-head")).stderr).toBe("✔ The history has one head: eeee1.\n");
  });

  it("is content with one head or none, and needs neither a database nor models", async () => {
    project.write("bare.config.ts", "export default { models: () => { throw new Error(); } };\n");
    for (const id of ["bbbb1", "cccc1", "dddd1"]) project.remove(`migrations/versions/${id}.sql`);
    expect(await project.limbeck("check --single-head -c bare.config.ts")).toMatchObject({
      exitCode: 0,
      stdout: "",
      stderr: "✔ The history has one head: aaaa1.\n",
    });
    project.remove("migrations/versions/aaaa1.sql");
    expect(await project.limbeckJson("check --single-head -c bare.config.ts")).toMatchObject({
      exitCode: 0,
      data: { heads: [] },
    });
    expect(project.has("todo.db")).toBe(false);
  });
});

describe("current", () => {
  it("shows the heads that the rows imply, each with its marks, and ends with 4 unless all are applied", async () => {
    await project.limbeck("upgrade cccc1");
    expect(await print("current")).toBe("cccc1 (head)\ndddd1 (audit) (effective head)\n");
    expect((await project.limbeck("current --check-heads")).exitCode).toBe(4);
    await project.limbeck("upgrade heads");
    // Alembic is never content with a head that has no row of its own.
    expect((await project.limbeck("current --check-heads")).exitCode).toBe(0);
    expect(await print("current -v")).toMatch(/^Current revision\(s\) for sqlite:.*todo\.db:\n\nRev: bbbb1 \(head\)\n/);
  });
});

describe("status", () => {
  it("tells what is pending where a row includes another branch", async () => {
    await project.limbeck("upgrade cccc1");
    expect(await project.limbeckJson("status")).toMatchObject({
      ok: true,
      data: { revisions: [{ revision: "cccc1" }, { revision: "dddd1" }], pending: [{ revision: "bbbb1" }] },
    });
    await project.limbeck("upgrade heads");
    expect(await project.limbeckJson("status --check")).toMatchObject({
      exitCode: 0,
      data: { isAtHead: true, pending: [] },
    });
  });
});

describe("show", () => {
  it("shows several revisions, each once, with their files", async () => {
    const text = await print("show heads dddd1 bbbb1");
    expect(text.match(/^Rev: \w+/gm)).toEqual(["Rev: bbbb1", "Rev: cccc1", "Rev: dddd1"]);
    expect(text).toContain("Also depends on: dddd1\n");
    expect(text.match(/CREATE TABLE \w+/g)).toEqual(["CREATE TABLE bbbb1", "CREATE TABLE cccc1", "CREATE TABLE dddd1"]);
  });

  it("says so when nothing is meant", async () => {
    expect(await project.limbeck("show base current")).toMatchObject({
      exitCode: 0,
      stdout: "",
      stderr: `"base", "current" stands for no revision here.\n`,
    });
    expect(await project.limbeckJson("show")).toMatchObject({ exitCode: 2, error: { code: "LB0010" } });
  });
});

describe("edit", () => {
  it("opens the files in the editor, and reads them again", async () => {
    const opened: (readonly string[])[] = [];
    const options = {
      env: { EDITOR: "ed -s" },
      handOver: async (words: readonly string[]) => {
        opened.push(words);
        return "well" as const;
      },
    };
    const one = await project.limbeck("edit billing", options);
    expect(one).toMatchObject({
      exitCode: 0,
      stdout: "migrations/versions/bbbb1.sql\n",
      stderr: "Next: limbeck test bbbb1\n",
    });
    expect((await project.limbeck("edit heads", options)).stderr).toBe("Next: limbeck test\n");
    await project.limbeck("upgrade aaaa1");
    const current = await project.limbeck("edit current --json", options);
    expect(JSON.parse(current.stdout)).toMatchObject({ ok: true, data: { revisions: [{ revision: "aaaa1" }] } });
    expect(opened).toEqual([
      ["ed", "-s", pathOf("bbbb1")],
      ["ed", "-s", pathOf("bbbb1"), pathOf("cccc1")],
      ["ed", "-s", pathOf("aaaa1")],
    ]);
  });

  it("tells at once that what was saved breaks the history", async () => {
    const { exitCode, stderr } = await project.limbeck("edit bbbb1", {
      env: { EDITOR: "ed" },
      handOver: async () => {
        write("bbbb1", "gone", "billing");
        return "well";
      },
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("LB0333");
  });

  it("opens a file by the place that an error names, though the config is broken", async () => {
    const opened: (readonly string[])[] = [];
    const options = {
      env: { EDITOR: "ed" },
      handOver: async (words: readonly string[]) => {
        opened.push(words);
        return "well" as const;
      },
    };
    const config = join(project.folder, "limbeck.config.ts");
    project.write("limbeck.config.ts", "export default {\n  url: 7,\n};\n");
    const fix = /fix: limbeck (edit \S+)/.exec((await project.limbeck("status")).stderr)?.[1] ?? "";
    expect(fix).toContain("limbeck.config.ts:");
    expect(await project.limbeck(fix, options)).toMatchObject({ exitCode: 0, stdout: "limbeck.config.ts\n" });
    await project.limbeck("edit ./limbeck.config.ts", options);
    expect(opened).toEqual([
      ["ed", config],
      ["ed", config],
    ]);
    expect((await project.limbeck(fix)).stderr).toContain(`EDITOR=vi limbeck ${fix}`);
    expect((await project.limbeck(fix)).stderr).not.toContain("limbeck show");
  });

  it("is refused for what is no revision, before an editor opens", async () => {
    const options = { env: { EDITOR: "ed" } };
    for (const [line, code] of [
      ["edit current", "LB1050"],
      ["edit base", "LB1050"],
      ["edit nope", "LB0301"],
      ["edit head", "LB0305"],
      ["edit", "LB0010"],
    ] as const) {
      const { exitCode, stderr } = await project.limbeck(line, options);
      expect([line, exitCode, stderr.slice(2, 8)]).toEqual([line, 2, code]);
    }
  });
});

describe("ensure-version", () => {
  it("makes the version table once, and nothing else", async () => {
    expect(await project.limbeck("ensure-version")).toMatchObject({
      exitCode: 0,
      stdout: "",
      stderr: expect.stringMatching(
        /^✔ sqlite:.*todo\.db has the version table limbeck_version\s+now\. It is empty\.\nNext/,
      ),
    });
    expect(await project.limbeckJson("ensure-version")).toMatchObject({
      exitCode: 0,
      data: { created: false, table: "limbeck_version" },
    });
    expect(await print("current")).toBe("");
    await project.limbeck("upgrade aaaa1");
    expect((await project.limbeck("ensure-version")).stderr).toMatch(/^Nothing to do: /);
    expect(await print("current")).toBe("aaaa1 (branchpoint)\n");
  });

  it("writes a script with --sql, and asks no database", async () => {
    const { exitCode, stdout, stderr } = await project.limbeck("ensure-version --sql");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "Nothing was executed.\n" });
    const start = stdout.slice(0, stdout.indexOf('CREATE TABLE IF NOT EXISTS "limbeck_history"'));
    expect(stdout.endsWith("COMMIT;\n")).toBe(true);
    expect(start).toBe(
      [
        ".bail on",
        "-- create the version table",
        "BEGIN IMMEDIATE;",
        `CREATE TABLE IF NOT EXISTS "limbeck_version" (`,
        `  "version_num" VARCHAR(32) NOT NULL,`,
        `  CONSTRAINT "limbeck_version_pkc" PRIMARY KEY ("version_num")`,
        ");",
        "",
      ].join("\n"),
    );
    expect(project.has("todo.db")).toBe(false);
    expect(await project.limbeckJson("ensure-version --target-version 3.53")).toMatchObject({
      error: { code: "LB0015" },
    });
  });
});
