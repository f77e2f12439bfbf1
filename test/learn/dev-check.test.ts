import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { devCheck, type DevCheck } from "../../packages/learn/src/dev-check.ts";
import { finding, type Exercise } from "../../packages/learn/src/exercise.ts";
import { run, write } from "../../packages/learn/src/step.ts";
import { MARIADB_URL, requireMariadb } from "../../packages/limbeck/test/support/mariadb-server.ts";
import { POSTGRES_URL, requirePostgres } from "../../packages/limbeck/test/support/postgres-server.ts";
import { LIMBECK_BIN } from "../../tools/link-limbeck.ts";
import { writeStarter } from "../../tools/learn-starter/write-starter.ts";
import { createSystemEnvironment } from "../../tools/walkthrough/system-environment.ts";

const REPOSITORY = join(import.meta.dirname, "../..");

interface Answer {
  readonly ok: boolean;
  readonly data: DevCheck;
}

/** Tries the exercises that play on an engine. @returns what was found, when all went well */
function tryOn(engine: string, env: Readonly<Record<string, string>> = {}): DevCheck {
  const words = [LIMBECK_BIN, "learn", "dev-check", engine, "--json"];
  const { stdout, stderr } = spawnSync(process.execPath, words, {
    cwd: REPOSITORY,
    env: { ...createSystemEnvironment(), ...env },
    encoding: "utf8",
  });
  if (stderr !== "") throw new Error(stderr);
  const { data }: Answer = JSON.parse(stdout);
  console.info(
    `${engine}: ${data.exercises} exercises, ${data.wrongStates} wrong states, ${data.checks} checks: ${data.milliseconds} ms`,
  );
  return data;
}

/** So many exercises with three hints each, and nothing to say against them. */
const allWell = (engine: string, exercises: number): object => ({
  faults: [],
  exercises,
  hints: 3 * exercises,
  passedOver: [],
  engines: [{ engine, exercises }],
});

describe("the exercises of limbeck learn", { timeout: 300_000 }, () => {
  const skipWithoutPostgres = requirePostgres();
  const skipWithoutMariadb = requireMariadb();

  it("fail unsolved, pass solved, and tell each wrong state by its own finding", () => {
    const found = tryOn("sqlite");
    expect(found).toMatchObject(allWell("sqlite", 25));
    expect(found.wrongStates).toBeGreaterThanOrEqual(3 * 25);
  });

  it("do so on PostgreSQL", (context) => {
    skipWithoutPostgres(context);
    expect(tryOn("postgres", { LIMBECK_POSTGRES_URL: POSTGRES_URL })).toMatchObject(allWell("postgres", 4));
  });

  it("do so on MariaDB", (context) => {
    skipWithoutMariadb(context);
    expect(tryOn("mariadb", { LIMBECK_MARIADB_URL: MARIADB_URL })).toMatchObject(allWell("mariadb", 4));
  });

  it("fail where a server was asked for and is missing", () => {
    const env = { ...createSystemEnvironment(), LIMBECK_POSTGRES_URL: "postgres://nobody@127.0.0.1:1/none" };
    for (const [asked, server] of [
      ["mariadb", "MariaDB"],
      ["26-half-applied-mariadb", "MariaDB"],
      ["postgres", "PostgreSQL"],
      ["29-drift-postgres", "PostgreSQL"],
    ] as const) {
      const words = [LIMBECK_BIN, "learn", "dev-check", asked];
      const { status, stderr } = spawnSync(process.execPath, words, { cwd: REPOSITORY, env, encoding: "utf8" });
      expect(stderr).toContain(`This exercise needs ${server}`);
      expect(status).toBe(2);
    }
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

  const tryOne = (changed: Partial<Exercise>, env: Readonly<Record<string, string>> = {}): Promise<DevCheck> =>
    devCheck([{ ...exercise, ...changed }], {
      cwd: REPOSITORY,
      env: { ...createSystemEnvironment(), ...env },
      command: [process.execPath, LIMBECK_BIN],
      starter,
    });
  const findFaults = async (changed: Partial<Exercise>): Promise<readonly string[]> => (await tryOne(changed)).faults;

  it("finds nothing where all is well", async () => {
    expect(await findFaults({})).toEqual([]);
  });

  it("passes over an exercise whose server nobody has named, and tells a server that does not answer", async () => {
    const onServer = { engine: "postgres", folder: "labs/write" } as const;
    expect(await tryOne(onServer)).toMatchObject({ exercises: 0, passedOver: ["postgres"], faults: [] });
    const { faults, passedOver } = await tryOne(onServer, { LIMBECK_POSTGRES_URL: "postgres://nobody@127.0.0.1:1/x" });
    expect(passedOver).toEqual([]);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain("names one that does not answer");
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
