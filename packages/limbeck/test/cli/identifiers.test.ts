import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, storyOf, type TestProject } from "./test-project.ts";

/**
 * Two branches that grow from `aaaa2`, and one of its own that one of them depends on:
 *
 *     aaaa1 - aaaa2 - bbbb1 (billing) - bbbb2
 *                   \\ cccc1 (shop) ---- cccc2
 *     dddd1 (audit) ..................../
 */
const REVISIONS = [
  { id: "aaaa1", parent: "none" },
  { id: "aaaa2", parent: "aaaa1" },
  { id: "bbbb1", parent: "aaaa2", labels: "billing" },
  { id: "bbbb2", parent: "bbbb1" },
  { id: "cccc1", parent: "aaaa2", labels: "shop" },
  { id: "cccc2", parent: "cccc1", dependsOn: "audit" },
  { id: "dddd1", parent: "none", labels: "audit" },
];

let project: TestProject;

beforeAll(() => {
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:todo.db" };\n`);
  for (const { id, parent, labels = "", dependsOn = "" } of REVISIONS) {
    const header = `-- revision: ${id}\n-- down_revision: ${parent}\n-- branch_labels: ${labels}\n-- depends_on: ${dependsOn}\n`;
    const up = `-- limbeck: upgrade\nCREATE TABLE IF NOT EXISTS ${id} (a);\n`;
    const down = `-- limbeck: downgrade\nDROP TABLE IF EXISTS ${id};\n`;
    project.write(`migrations/versions/${id}.sql`, `-- the ${id}\n--\n${header}${up}${down}`);
  }
});

afterAll(() => project.dispose());

/** Brings the database to some revisions, and nothing else. */
async function standAt(place: string): Promise<void> {
  project.remove("todo.db");
  const { exitCode, stderr } = await project.limbeck(`stamp ${place}`);
  if (exitCode !== 0) throw new Error(stderr);
}

interface Answer {
  readonly ok: boolean;
  readonly data?: { readonly to?: readonly string[]; readonly revisions?: readonly { readonly revision: string }[] };
  readonly error?: { readonly code: string };
}

/** What a command answers: the code of its error, where the database stands now, or the revisions that it shows. */
async function ask(line: string): Promise<string> {
  const { ok, data, error } = (await project.limbeckJson(line)) as unknown as Answer;
  if (!ok) return error?.code ?? "";
  if (data?.to) return data.to.toSorted().join(" ") || "base";
  return data?.revisions?.map(({ revision }) => revision).join(" ") || "-";
}

type Case = readonly [place: string, target: string, answer: string];

// The answers are those of Alembic 1.20.0 to the same commands on the same revisions, with our codes where it refuses.

describe("upgrade", () => {
  it.each<Case>([
    ["base", "+1", "LB0320"],
    ["base", "aaaa2", "aaaa2"],
    ["base", "aaaa", "LB0302"],
    ["base", "bbbb2", "bbbb2"],
    ["base", "bbbb", "LB0302"],
    ["base", "billing", "bbbb1"],
    ["base", "bill", "bbbb1"],
    ["base", "billing@head", "bbbb2"],
    ["base", "shop@head", "cccc2"],
    ["base", "heads", "bbbb2 cccc2"],
    ["base", "head", "LB0305"],
    ["base", "billing@heads", "bbbb2"],
    ["base", "audit@head", "dddd1"],
    ["base", "billing@+1", "aaaa1"],
    ["base", "audit@+1", "dddd1"],
    ["base", "base", "base"],
    ["base", "base+2", "LB0320"],
    ["base", "aaaa1+1", "aaaa2"],
    ["base", "billing@aaaa1+2", "bbbb1"],
    ["base", "bbbb2-1", "bbbb1"],
    ["base", "billing@head-1", "bbbb1"],
    ["base", "billing@bbbb2", "bbbb2"],
    ["base", "shop@bbbb2", "LB0304"],
    ["base", "bbbb2@head", "bbbb2"],
    ["base", "cccc2@head-1", "cccc1"],
    ["base", "nope", "LB0301"],
    ["base", "nope@head", "LB0303"],
    ["base", "-1", "LB0323"],
    ["aaaa1", "+1", "aaaa2"],
    ["aaaa1", "+2", "LB0320"],
    ["aaaa2", "billing@+1", "bbbb1"],
    ["aaaa2", "billing@+2", "bbbb2"],
    ["aaaa2", "shop@+2", "cccc2"],
    ["bbbb1", "+1", "bbbb2"],
    ["bbbb1", "+2", "LB0321"],
    ["bbbb1", "shop@+1", "bbbb1 cccc1"],
    ["bbbb1 cccc1", "+1", "LB0324"],
    ["bbbb1 cccc1", "billing@+1", "bbbb2 cccc1"],
    ["bbbb1 cccc1", "heads", "bbbb2 cccc2"],
    ["bbbb2", "aaaa1", "bbbb2"],
    ["bbbb2", "billing", "bbbb2"],
    ["cccc2", "audit@head", "cccc2"],
    ["cccc2", "dddd1", "cccc2"],
  ])("from %s to %s", async (place, target, answer) => {
    await standAt(place);
    expect(await ask(`upgrade ${target}`)).toBe(answer);
  });
});

describe("downgrade", () => {
  it.each<Case>([
    ["aaaa2", "-1", "aaaa1"],
    ["aaaa2", "-2", "base"],
    ["aaaa2", "-3", "LB0321"],
    ["base", "-1", "LB0322"],
    ["bbbb2", "-1", "bbbb1"],
    ["bbbb2", "billing@-1", "bbbb1"],
    ["bbbb2 cccc2", "-1", "bbbb1 cccc2"],
    ["bbbb2 cccc2", "shop@-1", "bbbb2 cccc1 dddd1"],
    ["bbbb2 cccc2", "billing@-2", "cccc2"],
    ["bbbb2 cccc2", "base", "base"],
    ["bbbb2 cccc2", "aaaa2", "aaaa2 dddd1"],
    ["bbbb2 cccc2", "aaaa1", "aaaa1 dddd1"],
    ["bbbb2 cccc2", "billing@aaaa2", "cccc2"],
    ["bbbb2 cccc2", "bbbb2@aaaa2", "cccc2"],
    ["bbbb2 cccc2", "billing@base", "dddd1"],
    ["bbbb2 cccc2", "shop@base", "dddd1"],
    ["bbbb2 cccc2", "audit@base", "bbbb2 cccc1"],
    ["bbbb2 cccc2", "base+1", "LB0320"],
    ["bbbb2 cccc2", "billing@base+2", "cccc2"],
    ["bbbb2 cccc2", "bbbb2-1", "bbbb1 cccc2"],
    ["bbbb2 cccc2", "aaaa1+1", "aaaa2 dddd1"],
    ["bbbb2 cccc2", "billing@head-1", "bbbb1 cccc2"],
    ["bbbb2 cccc2", "billing", "bbbb1 cccc2"],
    ["bbbb2", "head", "LB0305"],
    ["bbbb2", "bbbb2", "bbbb2"],
    ["bbbb1", "bbbb2", "LB0326"],
    ["bbbb1", "cccc1", "LB0326"],
    ["bbbb2", "+1", "LB0323"],
    ["bbbb2", "nope", "LB0301"],
    ["bbbb2", "bbbb", "LB0302"],
  ])("from %s to %s", async (place, target, answer) => {
    await standAt(place);
    expect(await ask(`downgrade ${target}`)).toBe(answer);
  });
});

describe("stamp", () => {
  it.each<Case>([
    ["base", "heads", "bbbb2 cccc2"],
    ["base", "head", "LB0305"],
    ["base", "bbbb2", "bbbb2"],
    ["base", "billing@head", "bbbb2"],
    ["base", "bbbb2 cccc1", "bbbb2 cccc1"],
    ["base", "billing shop", "bbbb1 cccc1"],
    ["bbbb2 cccc2", "aaaa1", "aaaa1"],
    ["bbbb2 cccc2", "base", "base"],
    ["bbbb1 cccc2", "billing@head", "bbbb2 cccc2"],
    ["bbbb1", "bbbb2", "bbbb2"],
    ["aaaa1", "dddd1", "aaaa1 dddd1"],
    ["bbbb2 cccc2", "billing@base", "cccc2"],
    ["bbbb2", "heads", "bbbb2 cccc2"],
    ["bbbb2", "-1", "LB0329"],
    ["base", "nope", "LB0301"],
  ])("from %s to %s", async (place, target, answer) => {
    await standAt(place);
    expect(await ask(`stamp ${target}`)).toBe(answer);
  });
});

describe("show", () => {
  it.each<Case>([
    ["bbbb1", "aaaa1", "aaaa1"],
    ["bbbb1", "bill", "bbbb1"],
    ["bbbb1", "head", "LB0305"],
    ["bbbb1", "heads", "bbbb2 cccc2"],
    ["bbbb1", "current", "bbbb1"],
    ["bbbb1 cccc2", "current", "bbbb1 cccc2"],
    ["base", "current", "-"],
    ["bbbb1", "base", "-"],
    ["bbbb1", "billing@head", "bbbb2"],
    ["bbbb1", "audit@head", "dddd1"],
    ["bbbb1", "billing@-1", "bbbb1"],
    ["bbbb1", "shop@bbbb2", "LB0304"],
    ["bbbb1", "aaaa", "LB0302"],
    ["base", "billing@heads", "bbbb2"],
    // Beyond Alembic: several, relative ones, and what counts from where the database stands.
    ["bbbb1", "aaaa1 billing@head aaaa1", "aaaa1 bbbb2"],
    ["bbbb1", "current-1", "aaaa2"],
    ["bbbb1", "billing@current", "bbbb1"],
    ["bbbb1", "bbbb2-1", "bbbb1"],
    ["bbbb1", "aaaa1+1", "aaaa2"],
    ["bbbb1", "-1", "bbbb1 cccc1"],
  ])("at %s: %s", async (place, target, answer) => {
    await standAt(place);
    expect(await ask(`show ${target}`)).toBe(answer);
  });
});

describe("history -r", () => {
  it.each<Case>([
    ["base", "aaaa1:bbbb2", "bbbb2 bbbb1 aaaa2 aaaa1"],
    ["base", "aaaa2:", "bbbb2 bbbb1 cccc2 cccc1 aaaa2"],
    ["base", ":aaaa2", "aaaa2 aaaa1"],
    ["base", "billing@base:billing@head", "bbbb2 bbbb1 aaaa2 aaaa1"],
    ["base", "billing:", "bbbb2 bbbb1"],
    ["base", "-2:bbbb2", "bbbb2 bbbb1 aaaa2"],
    ["base", "-1:", "bbbb2 bbbb1 cccc2 cccc1"],
    ["base", "base:+2", "LB0320"],
    ["base", "aaaa1:+1", "aaaa2 aaaa1"],
    ["base", "aaaa2:billing@head", "bbbb2 bbbb1 aaaa2"],
    ["bbbb1", "current:", "bbbb2 bbbb1"],
    ["bbbb1", ":current", "bbbb1 aaaa2 aaaa1"],
    ["bbbb1", "current:+1", "bbbb2 bbbb1"],
    ["bbbb1", "current:billing@head", "bbbb2 bbbb1"],
    ["base", "bbbb1:cccc1", "LB0325"],
    ["base", "aaaa1", "LB0306"],
    ["base", "head:", "LB0305"],
    ["base", "base:audit@head", "dddd1"],
    ["base", "audit@base:", "-"],
    ["base", "cccc1:cccc2", "cccc2 cccc1"],
    // Really from where the database stands, where Alembic counts from somewhere else.
    ["bbbb1", "-2:current", "bbbb1 aaaa2 aaaa1"],
    ["bbbb1", "current-1:bbbb2", "bbbb2 bbbb1 aaaa2"],
    ["base", "-20:bbbb2", "bbbb2 bbbb1 aaaa2 aaaa1"],
  ])("at %s: %s", async (place, range, answer) => {
    await standAt(place);
    expect(await ask(`history -r ${range}`)).toBe(answer);
  });

  it("takes a range that begins with a dash in every way that an option is written", async () => {
    await standAt("bbbb1");
    const lines = [
      "-r-2:current",
      "-r -2:current",
      "-r=-2:current",
      "--rev-range -2:current",
      "--rev-range=-2:current",
    ];
    const answers = await Promise.all(lines.map((line) => ask(`history ${line}`)));
    expect(answers).toEqual(lines.map(() => "bbbb1 aaaa2 aaaa1"));
  });

  it("asks no database unless the range speaks of it", async () => {
    const notADatabase = "--url sqlite:limbeck.config.ts";
    for (const range of ["-2:bbbb2", "aaaa1:+1", "aaaa1:", "billing@-1:", "-1:"]) {
      expect([range, await project.limbeckJson(`history -r ${range} ${notADatabase}`)]).toMatchObject([
        range,
        { ok: true },
      ]);
    }
    for (const range of ["current:", "-1:current", ":billing@current", "current-1:bbbb2", "aaaa1: -i"])
      expect([range, await ask(`history -r ${range} ${notADatabase}`)]).toEqual([
        range,
        expect.stringMatching(/^LB06/),
      ]);
  });
});

describe("an argument that begins with a dash", () => {
  beforeEach(() => standAt("bbbb2"));

  it.each(["downgrade -1", "downgrade -1 -q", "downgrade -q -1", "downgrade -- -1"])(
    "is taken as it is: %s",
    async (line) => {
      expect((await project.limbeck(line)).exitCode).toBe(0);
      expect(await ask("show current")).toBe("bbbb1");
    },
  );

  it("is no number of another kind", async () => {
    expect(await ask("downgrade -z")).toBe("LB0004");
    expect(await ask("downgrade -1a")).toBe("LB0306");
    expect(await ask("downgrade -1 -1")).toBe("LB0011");
  });

  it("is a step of a script as well", async () => {
    const { exitCode, stdout } = await project.limbeck("downgrade bbbb2:-1 --sql");
    expect(exitCode).toBe(0);
    expect(stdout.match(/DROP TABLE IF EXISTS \w+/g)).toEqual(["DROP TABLE IF EXISTS bbbb2"]);
    const up = await project.limbeck("upgrade aaaa2:billing@+2 --sql");
    expect(up.stdout.match(/(?<=IF NOT EXISTS )\w+/g)).toEqual(["bbbb1", "bbbb2"]);
  });
});

describe("an upgrade with nothing to do", () => {
  it.each([
    ["bbbb2", "aaaa2", "Nothing to do: aaaa2 is applied already, and the database stands at bbbb2."],
    ["bbbb2", "billing", "Nothing to do: bbbb1 is applied already, and the database stands at bbbb2."],
    ["cccc2", "audit@head", "Nothing to do: dddd1 is applied already, and the database stands at cccc2."],
    ["bbbb2", "base", "Nothing to do: base is before the first revision, and the database stands at"],
    ["bbbb2", "bbbb2", "Nothing to do: the database stands at bbbb2."],
    ["base", "base", "Nothing to do: the database stands at base."],
  ])("says why: from %s to %s", async (place, target, story) => {
    await standAt(place);
    const { exitCode, stdout, stderr } = await project.limbeck(`upgrade ${target}`);
    expect({ exitCode, stdout, story: storyOf(stderr).split("\n")[0] }).toEqual({ exitCode: 0, stdout: "", story });
  });

  it("names the downgrade that may have been meant", async () => {
    await standAt("bbbb2");
    const { stderr } = await project.limbeck("upgrade billing");
    expect(storyOf(stderr).split("\n").slice(1)).toEqual([
      "To go back to it: limbeck downgrade bbbb1",
      "Next: limbeck upgrade heads",
      "",
    ]);
    expect(await project.limbeckJson("upgrade billing")).toMatchObject({ data: { steps: [], applied: ["bbbb1"] } });
  });
});
