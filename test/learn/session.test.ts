import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LIMBECK_BIN } from "../../tools/link-limbeck.ts";
import { createSystemEnvironment } from "../../tools/walkthrough/system-environment.ts";

const REPOSITORY = join(import.meta.dirname, "../..");

let root: string;
let project: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "limbeck-learn-session-")));
  project = join(root, "my-todo");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

interface Said {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Types a Limbeck command, as a user does. */
function limbeck(folder: string, ...words: readonly string[]): Said {
  const env = { ...createSystemEnvironment(), NO_COLOR: "1" };
  return spawnSync(process.execPath, [LIMBECK_BIN, ...words], { cwd: folder, env, encoding: "utf8" });
}

function start(): void {
  expect(limbeck(root, "learn", "start", "my-todo").status).toBe(0);
  symlinkSync(join(REPOSITORY, "node_modules"), join(project, "node_modules"), "junction");
}

function learn(...words: readonly string[]): Said {
  return limbeck(project, "learn", ...words);
}

const read = (path: string): string => readFileSync(join(project, path), "utf8");

const expectError = ({ status, stderr }: Said, code: string, exitCode = 2): void => {
  expect(stderr).toContain(code);
  expect(status).toBe(exitCode);
};

describe("limbeck learn", { timeout: 60_000 }, () => {
  it("leads from one exercise to the next when its state is right", () => {
    start();
    expect(existsSync(join(project, ".gitignore"))).toBe(true);
    const unsolved = learn("check");
    expect(unsolved.status).toBe(6);
    expect(unsolved.stdout).toContain("✖ There is a limbeck.config.ts");
    expect(unsolved.stdout).toContain("→ limbeck init");
    expectError(learn("next"), "LB1408", 6);

    expect(limbeck(project, "init").status).toBe(0);
    const solved = learn("check", "--json");
    expect(solved.status).toBe(0);
    expect(JSON.parse(solved.stdout)).toMatchObject({ ok: true, data: { exercise: "01-init", isSolved: true } });
    expect(read(".limbeck-learn/progress.txt")).toContain("done 01-init");

    expect(learn("next").stdout).toContain("Exercise 2: Configure");
    expect(read(".limbeck-learn/progress.txt")).toContain("current 02-configure");
    expect(learn("list").stdout).toMatch(/✔ 01-init[^\n]*\n\s+→ 02-configure/);
  });

  it("works from a folder inside the project", () => {
    start();
    expect(limbeck(join(project, "app"), "learn", "check").stdout).toContain("limbeck.config.ts");
  });

  it("goes back a step, and to the beginning, files and database alike", () => {
    start();
    writeFileSync(join(project, "todo.db"), "one");
    learn("check");
    writeFileSync(join(project, "todo.db"), "two");
    writeFileSync(join(project, "notes.txt"), "mine");
    expect(learn("undo").status).toBe(0);
    expect(read("todo.db")).toBe("one");
    expect(existsSync(join(project, "notes.txt"))).toBe(false);

    expect(learn("reset").status).toBe(0);
    expect(existsSync(join(project, "todo.db"))).toBe(false);
    expect(existsSync(join(project, "node_modules/limbeck"))).toBe(true);
    expectError(learn("reset"), "LB1409");

    expect(learn("undo").status).toBe(0);
    expect(read("todo.db")).toBe("one");
  });

  it("gives one hint after the other, and the solution after success", () => {
    start();
    expect(learn("hint").stdout).not.toContain("Hint 2");
    expect(learn("hint").stdout).toContain("Hint 2 of 3");
    learn("hint");
    expect(learn("hint").stdout.match(/Hint/g)).toHaveLength(3);
    expectError(learn("solution"), "LB1407");
    expect(learn("solution", "--show").stdout).toContain("$ limbeck init");
    limbeck(project, "init");
    learn("check");
    expect(learn("solution").stdout).toContain("$ limbeck init");
  });

  it("shows the exercise once where nobody watches", () => {
    start();
    const { status, stdout } = learn();
    expect(status).toBe(0);
    expect(stdout).toContain("Exercise 1: Initialise");
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expectError(learn("watch"), "LB1411");
  });

  it("says what is wrong with a command, and writes over nothing", () => {
    expectError(limbeck(root, "learn", "check"), "LB1402");
    expectError(limbeck(root, "learn", "start"), "LB1404");
    expectError(limbeck(root, "learn", "chek"), "LB1405");
    expectError(limbeck(root, "learn", "dev-check", "99-none"), "LB1412");
    mkdirSync(project);
    writeFileSync(join(project, "main.ts"), "mine");
    expectError(limbeck(root, "learn", "start", "my-todo"), "LB1403");
    expect(read("main.ts")).toBe("mine");
  });

  it("does nothing while the environment names another database", () => {
    start();
    const other = join(root, "precious.db");
    const env = { ...createSystemEnvironment(), NO_COLOR: "1", DATABASE_URL: `sqlite:${other}` };
    for (const words of [["check"], ["next"], ["start", "another"], ["dev-check"]]) {
      const said = spawnSync(process.execPath, [LIMBECK_BIN, "learn", ...words], {
        cwd: project,
        env,
        encoding: "utf8",
      });
      expectError(said, "LB1413");
      expect(said.stderr).toContain("unset DATABASE_URL");
    }
    expect(existsSync(other)).toBe(false);
  });

  it("names the line of the progress that it does not understand", () => {
    start();
    writeFileSync(join(project, ".limbeck-learn/progress.txt"), "current 01-init\nfinished everything\n");
    const said = learn("check");
    expectError(said, "LB1406");
    expect(said.stderr).toContain("Line 2");
  });

  it("does not take a progress that was cut off for a beginning", () => {
    start();
    for (const text of ["", "# The place\n", "hints 0\ndone 01-init\n"]) {
      writeFileSync(join(project, ".limbeck-learn/progress.txt"), text);
      const said = learn("check");
      expectError(said, "LB1406");
      expect(said.stderr).toContain("does not say which exercise is at hand");
      expect(read(".limbeck-learn/progress.txt")).toBe(text);
    }
  });

  it("says how to get into a folder whose name has spaces", () => {
    expect(limbeck(root, "learn", "start", "my todo").stdout).toContain('cd "my todo"');
  });

  it("names the command that installs the exercises where they are not", () => {
    const alone = join(root, "node_modules/limbeck");
    mkdirSync(alone, { recursive: true });
    for (const name of ["dist", "package.json"])
      cpSync(join(REPOSITORY, "packages/limbeck", name), join(alone, name), { recursive: true });
    const env = { ...createSystemEnvironment(), NO_COLOR: "1" };
    const said = spawnSync(process.execPath, [join(alone, "dist/bin.js"), "learn"], {
      cwd: root,
      env,
      encoding: "utf8",
    });
    expectError(said, "LB1401");
    expect(said.stderr).toContain("npm install --save-dev @limbeck/learn");
  });

  it("is on the path that the Makefiles set", () => {
    expect(realpathSync(join(REPOSITORY, "node_modules/.bin/limbeck"))).toBe(realpathSync(LIMBECK_BIN));
  });
});
