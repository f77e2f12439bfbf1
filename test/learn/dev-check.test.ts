import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { devCheck, type DevCheck } from "../../packages/learn/src/dev-check.ts";
import { finding, type Exercise } from "../../packages/learn/src/exercise.ts";
import { run, write } from "../../packages/learn/src/step.ts";
import { LIMBECK_BIN } from "../../tools/link-limbeck.ts";
import { writeStarter } from "../../tools/learn-starter/write-starter.ts";

const REPOSITORY = join(import.meta.dirname, "../..");

interface Answer {
  readonly ok: boolean;
  readonly data: DevCheck;
}

describe("the exercises of limbeck learn", () => {
  it("fail unsolved, pass solved, and tell each wrong state by its own finding", { timeout: 300_000 }, () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [LIMBECK_BIN, "learn", "dev-check", "--json"], {
      cwd: REPOSITORY,
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    const { data }: Answer = JSON.parse(stdout);
    expect(data.faults).toEqual([]);
    expect(data.exercises).toBe(25);
    expect(data.hints).toBe(3 * 25);
    expect(data.wrongStates).toBeGreaterThanOrEqual(3 * 25);
    expect(status).toBe(0);
    console.info(
      `${data.exercises} exercises, ${data.wrongStates} wrong states, ${data.checks} checks: ${data.milliseconds} ms`,
    );
  });
});

describe("the check of the exercises", { timeout: 60_000 }, () => {
  let starter: string;
  beforeAll(() => {
    starter = mkdtempSync(join(tmpdir(), "limbeck-learn-starter-"));
    writeStarter(starter);
  });
  afterAll(() => rmSync(starter, { recursive: true, force: true }));

  const exercise: Exercise = {
    id: "01-write",
    part: "The ten steps",
    title: "Write a file",
    minutes: 1,
    text: ["Write a.txt."],
    checks: [
      {
        title: "The file says yes",
        find: async ({ read }) => {
          const text = read("a.txt");
          if (text === undefined) return finding("no-file", "There is no file.", "touch a.txt");
          return text === "yes" ? undefined : finding("other-text", `It says ${text}.`, "echo yes");
        },
      },
    ],
    hints: ["a", "b", "c"],
    solution: [write("a.txt", "yes")],
    wrongStates: [
      { trips: "no-file", steps: [write("b.txt", "yes")] },
      { trips: "other-text", steps: [write("a.txt", "no")] },
      { trips: "other-text", steps: [write("a.txt", "")] },
    ],
    learned: "Files are written.",
  };

  const findFaults = async (changed: Partial<Exercise>): Promise<readonly string[]> => {
    const { faults } = await devCheck([{ ...exercise, ...changed }], {
      cwd: REPOSITORY,
      env: process.env,
      command: [process.execPath, LIMBECK_BIN],
      starter,
    });
    return faults;
  };

  it("finds nothing where all is well", async () => {
    expect(await findFaults({})).toEqual([]);
  });

  it("tells an exercise that passes unsolved", async () => {
    expect(await findFaults({ checks: [{ title: "Nothing", find: async () => undefined }], wrongStates: [] })).toEqual([
      "01-write has 0 wrong states.",
      "01-write, unsolved, passes.",
    ]);
  });

  it("tells a solution that does not solve", async () => {
    expect(await findFaults({ solution: [write("a.txt", "Yes")] })).toEqual([
      "01-write, solved, trips other-text: It says Yes.",
    ]);
  });

  it("tells a wrong state that another finding tells, or none", async () => {
    const [first, second] = exercise.wrongStates;
    if (!first || !second) throw new Error("There are three.");
    const wrongStates = [first, second, { trips: "no-file", steps: [write("a.txt", "no")] }];
    expect(await findFaults({ wrongStates })).toEqual(["01-write, wrong state no-file, trips other-text: It says no."]);
    const passing = [first, second, { trips: "no-file", steps: [write("a.txt", "yes")] }];
    expect(await findFaults({ wrongStates: passing })).toEqual(["01-write, wrong state no-file, passes."]);
  });

  it("tells a step that fails, with what Limbeck said", async () => {
    const faults = await findFaults({ solution: [run("upgrade", "head")] });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain("LB1410");
    expect(faults[0]).toContain("LB0101");
  });

  it("tells an empty hint", async () => {
    expect(await findFaults({ hints: ["a", " ", "c"] })).toEqual(["01-write has an empty hint."]);
  });
});

describe("the project that the exercises begin with", () => {
  it("has no database, no config, no revision and nothing about deleted todos", () => {
    const folder = mkdtempSync(join(tmpdir(), "limbeck-learn-starter-"));
    try {
      mkdirSync(join(folder, "old"));
      writeFileSync(join(folder, "old/a.txt"), "");
      writeStarter(folder);
      const read = (path: string): string => readFileSync(join(folder, path), "utf8");
      expect(() => read("old/a.txt")).toThrow("ENOENT");
      expect(() => read("limbeck.config.ts")).toThrow("ENOENT");
      for (const path of [
        "app/models.ts",
        "app/schemas.ts",
        "app/api/todo-api.ts",
        "app/services/todo-crud.ts",
        "seed.ts",
      ])
        expect(read(path)).not.toMatch(/deleted_at|trash|purge|restore|\blive\b/i);
      expect(read("Makefile")).not.toContain("db-");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
