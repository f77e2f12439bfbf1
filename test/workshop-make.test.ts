import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSqlite } from "../packages/limbeck/src/sqlite.ts";
import { copyWorkshop, WORKSHOP } from "../tools/copy-workshop.ts";
import { createSystemEnvironment } from "../tools/walkthrough/system-environment.ts";

const BIN = join(import.meta.dirname, "../node_modules/.bin");

let folder: string;
let env: NodeJS.ProcessEnv;
/** The targets that were tried. */
const tried = new Set<string>();

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "limbeck-workshop-")));
  copyWorkshop(folder);
  const system = createSystemEnvironment();
  env = { ...system, NO_COLOR: "1", PATH: [BIN, system["PATH"]].join(delimiter) };
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly status: number | null;
  /** What it printed, on stdout and stderr. */
  readonly output: string;
}

function run(program: string, args: readonly string[], input = ""): Run {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: folder, env, input, encoding: "utf8" });
  if (error) throw error;
  return { status, output: stdout + stderr };
}

function make(target: string, ...args: readonly string[]): Run {
  tried.add(target);
  return run("make", [target, ...args]);
}

/** @throws Error with what it printed when it failed */
function requireSuccess({ status, output }: Run): string {
  if (status !== 0) throw new Error(`It ended with ${status}:\n${output}`);
  return output;
}

/** Runs a target that has to succeed. */
function makeWell(target: string, ...args: readonly string[]): string {
  return requireSuccess(make(target, ...args));
}

/** Runs a target on a terminal, where somebody types. */
function makeOnTerminal(target: string, typed: string): Run {
  tried.add(target);
  return run("script", ["--quiet", "--return", "--command", `make ${target}`, "/dev/null"], typed);
}

const listRevisions = (): readonly string[] => readdirSync(join(folder, "migrations/versions")).toSorted();

const hashDatabase = (): string =>
  createHash("sha256")
    .update(readFileSync(join(folder, "todo.db")))
    .digest("hex");

async function countTodos(): Promise<unknown> {
  const connection = await openSqlite(`sqlite:${join(folder, "todo.db")}`);
  try {
    const [row] = await connection.query("SELECT count(*) AS amount FROM todos");
    return row?.["amount"];
  } finally {
    await connection.close();
  }
}

/** Takes back what was done to a file. */
const copyAgain = (path: string): void => copyFileSync(join(WORKSHOP, path), join(folder, path));

/** Adds a column to the models. */
function addColumn(name: string): void {
  const path = join(folder, "app/models.ts");
  const models = readFileSync(path, "utf8");
  writeFileSync(path, models.replace("description: text(),", `description: text(),\n    ${name}: integer(),`));
}

describe("make in the workshop", { timeout: 900_000 }, () => {
  it("lists its targets, and npm has the same", () => {
    const makefile = readFileSync(join(folder, "Makefile"), "utf8");
    const targets = Array.from(makefile.matchAll(/^([a-z-]+):/gm), ([, name = ""]) => name);
    const listed = Array.from(makeWell("help").matchAll(/^ {2}make ([a-z-]+) {2,}\S/gm), ([, name = ""]) => name);
    expect(listed).toEqual(targets);
    const { scripts }: { scripts: object } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const mirrored = Object.keys(scripts).map((name) => name.replace(":", "-"));
    expect(["help", ...mirrored].toSorted()).toEqual(targets.toSorted());
  });

  it("checks, and formats what is not formatted", () => {
    // Not formatted, and not of the right type; the format is looked at first.
    appendFileSync(join(folder, "main.ts"), "\nconst  wrong: string = 1;\nvoid wrong;\n");
    const unformatted = make("check");
    expect(unformatted.status).not.toBe(0);
    expect(unformatted.output).toContain("main.ts");
    makeWell("format");
    const untyped = make("check");
    expect(untyped.status).not.toBe(0);
    expect(untyped.output).toContain("TS2322");
    copyAgain("main.ts");
    addColumn("priority");
    expect(make("check").output).toContain("LB1010");
    copyAgain("app/models.ts");
    makeWell("check");
  });

  it("lays out the exercises once, and shows the one at hand", () => {
    const place = `folder=${join(folder, "exercises/my-todo")}`;
    try {
      expect(makeWell("learn", place)).toContain("Exercise 1: Initialise");
      expect(existsSync(join(folder, "exercises/my-todo/node_modules/.bin/limbeck"))).toBe(true);
      expect(makeWell("learn", place, "args=hint")).toContain("Hint 1 of 3");
      expect(makeWell("learn", place, "args=hint")).toContain("Hint 2 of 3");
    } finally {
      rmSync(join(folder, "exercises"), { recursive: true, force: true });
    }
  });

  it("brings a new database to where the code wants it, and tells about it", () => {
    expect(makeWell("db-init")).toContain("is there already");
    expect(makeWell("db-status")).toContain("limbeck upgrade head");
    expect(makeWell("db-upgrade")).toContain("stands at 2026_02_21_005");
    expect(makeWell("db-current")).toContain("2026_02_21_005");
    expect(makeWell("db-history")).toContain("(current), keep titles of live todos unique");
    expect(makeWell("db-show")).toContain("2026_02_21_005");
    expect(makeWell("db-show", "rev=2026_02_21_001")).toContain('op.createTable("todos"');
    expect(run("npm", ["run", "--silent", "db:current"]).output).toContain("2026_02_21_005");
  });

  it("goes down and up again, by one step or to a revision", () => {
    expect(makeWell("db-downgrade")).toContain("stands at 2026_02_21_004");
    expect(makeWell("db-downgrade", "rev=2026_02_21_002")).toContain("stands at 2026_02_21_002");
    expect(makeWell("db-upgrade", "rev=+1")).toContain("stands at 2026_02_21_003");
    expect(makeWell("db-upgrade", "args=--dry-run")).toContain("Nothing was executed");
    expect(makeWell("db-upgrade")).toContain("stands at 2026_02_21_005");
  });

  it("seeds once, whatever is asked", async () => {
    expect(makeWell("db-seed")).toContain("12 todos added, 0 were there already.");
    expect(makeWell("db-seed")).toContain("0 todos added, 12 were there already.");
    expect(await countTodos()).toBe(12);
    makeWell("db-downgrade");
    const { status, output } = make("db-seed");
    expect(status).not.toBe(0);
    expect(output).toContain("make db-upgrade");
    makeWell("db-upgrade");
    expect(await countTodos()).toBe(12);
  });

  it("takes nothing away without consent", async () => {
    const { status, output } = make("db-downgrade", "rev=base");
    expect(status).not.toBe(0);
    expect(output).toContain("LB1070");
    expect(await countTodos()).toBe(12);
  });

  it("tries revisions and the service without touching the database", () => {
    const before = hashDatabase();
    expect(makeWell("db-test")).toContain("5 revisions tried");
    expect(makeWell("test", "args=--test-name-pattern='names every route'")).toContain("pass 1");
    expect(hashDatabase()).toBe(before);
  });

  it("runs the service", async () => {
    tried.add("run");
    const child = spawn("make", ["run"], {
      cwd: folder,
      env: { ...env, PORT: "0" },
      detached: true,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    try {
      for await (const line of createInterface({ input: child.stdout })) {
        const origin = /http:\/\/[\d.:]+/.exec(line)?.[0];
        if (origin === undefined) continue;
        const response = await fetch(`${origin}/api/v1/todos?limit=100`);
        expect(((await response.json()) as { items: unknown[] }).items).toHaveLength(12);
        break;
      }
    } finally {
      // Make and what it has started.
      process.kill(-(child.pid ?? 0), "SIGTERM");
      await exited;
    }
  });

  it("writes a revision with the message that it is given, or asks for", () => {
    addColumn("priority");
    const count = listRevisions().length;
    const { status, output } = make("db-migrate");
    expect(status).not.toBe(0);
    expect(output).toContain('make db-migrate m="add priority to todos"');
    expect(listRevisions()).toHaveLength(count);
    expect(makeWell("db-migrate", `m=add "priority", as it's called`)).toContain("add column priority to todos");
    expect(listRevisions().at(-1)).toMatch(/^\d{4}_\d\d_\d\d_001_add_priority_as_it_s_called\.ts$/);
    makeWell("db-upgrade");
    addColumn("weight");
    const asked = requireSuccess(makeOnTerminal("db-migrate", "add weight\n"));
    expect(asked).toContain("What does the revision do");
    expect(listRevisions().at(-1)).toMatch(/_002_add_weight\.ts$/);
    makeWell("db-upgrade");
    addColumn("size");
    requireSuccess(run("npm", ["run", "--silent", "db:migrate", "--", "add size"]));
    expect(listRevisions().at(-1)).toMatch(/_003_add_size\.ts$/);
    makeWell("db-upgrade");
    expect(makeWell("db-status")).toContain("agree with the database");
  });

  it("resets only who says so", async () => {
    const before = hashDatabase();
    expect(make("db-reset").status).not.toBe(0);
    expect(makeOnTerminal("db-reset", "n\n").output).toMatch(/erase|reset/i);
    expect(hashDatabase()).toBe(before);
    makeWell("db-reset", "args=--yes");
    expect(await countTodos()).toBe(0);
    makeWell("db-seed");
    expect(await countTodos()).toBe(12);
  });

  it("deletes the file only for who says so", () => {
    expect(make("db-clean").status).not.toBe(0);
    expect(makeOnTerminal("db-clean", "n\n").status).not.toBe(0);
    expect(existsSync(join(folder, "todo.db"))).toBe(true);
    expect(makeOnTerminal("db-clean", "y\n").status).toBe(0);
    expect(readdirSync(folder).filter((name) => name.startsWith("todo.db"))).toEqual([]);
    expect(makeWell("db-clean", "yes=1")).toContain("There is no todo.db.");
    makeWell("db-upgrade");
    makeWell("db-clean", "yes=1");
    expect(existsSync(join(folder, "todo.db"))).toBe(false);
  });

  it("makes the config and the folder of the migrations where there are none", () => {
    rmSync(join(folder, "limbeck.config.ts"));
    rmSync(join(folder, "migrations"), { recursive: true });
    makeWell("db-init");
    expect(existsSync(join(folder, "limbeck.config.ts"))).toBe(true);
    expect(existsSync(join(folder, "migrations/versions"))).toBe(true);
  });

  it("was tried with every target", () => {
    const makefile = readFileSync(join(folder, "Makefile"), "utf8");
    const targets = Array.from(makefile.matchAll(/^([a-z-]+):/gm), ([, name = ""]) => name);
    expect([...tried].toSorted()).toEqual(targets.toSorted());
  });
});
