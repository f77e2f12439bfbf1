import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { enterClassroom, fingerprintRoom, goTo } from "../../packages/learn/src/classroom.ts";
import { EXERCISES } from "../../packages/learn/src/exercises/all-exercises.ts";
import { fingerprintFolder } from "../../packages/learn/src/folder-files.ts";
import { LIMBECK_BIN } from "../../tools/link-limbeck.ts";
import { createSystemEnvironment } from "../../tools/walkthrough/system-environment.ts";

const REPOSITORY = join(import.meta.dirname, "../..");

let root: string;
let project: string;

interface Said {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function limbeck(folder: string, ...words: readonly string[]): Said {
  const env = { ...createSystemEnvironment(), NO_COLOR: "1" };
  return spawnSync(process.execPath, [LIMBECK_BIN, ...words], { cwd: folder, env, encoding: "utf8" });
}

const go = (id: string): Said => limbeck(project, "learn", "go", id);

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "limbeck-learn-back-")));
  project = join(root, "my-todo");
  limbeck(root, "learn", "start", "my-todo");
  symlinkSync(join(REPOSITORY, "node_modules"), join(project, "node_modules"), "junction");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const LABS = EXERCISES.flatMap(({ id, folder, engine }) =>
  folder === undefined || engine !== undefined ? [] : [{ id, folder }],
);

describe("a lab that is gone to again", { timeout: 120_000 }, () => {
  it.each(LABS)("begins anew, and keeps what was in its folder: $id", ({ id, folder }) => {
    const lab = join(project, folder);
    const first = go(id);
    expect(first).toMatchObject({ status: 0, stderr: "" });
    expect(first.stdout).not.toContain(".limbeck-learn");
    writeFileSync(join(lab, "notes.txt"), "mine");
    const config = readFileSync(join(lab, "limbeck.config.ts"), "utf8");
    writeFileSync(join(lab, "limbeck.config.ts"), "export default {};\n");
    const left = fingerprintFolder(lab);
    expect(go("1")).toMatchObject({ status: 0, stderr: "" });
    expect(fingerprintFolder(lab)).toBe(left);

    const again = go(id);
    expect(again).toMatchObject({ status: 0, stderr: "" });
    expect(again.stdout).toContain(`.limbeck-learn/left/${id}.`);
    expect(again.stdout.replace(/ {2}The lab begins anew[^]*?\n\n/, "")).toBe(first.stdout);
    expect(existsSync(join(lab, "notes.txt"))).toBe(false);
    expect(readFileSync(join(lab, "limbeck.config.ts"), "utf8")).toBe(config);
    expect(fingerprintFolder(join(project, ".limbeck-learn/left", id))).toBe(left);
  });

  it("writes over nothing that was kept before", () => {
    go("two-heads");
    for (const [text, kept] of [
      ["one", "18-two-heads"],
      ["two", "18-two-heads-2"],
      ["three", "18-two-heads-3"],
    ] as const) {
      writeFileSync(join(project, "labs/two-heads/notes.txt"), text);
      go("1");
      const again = limbeck(project, "learn", "go", "18", "--json");
      expect(JSON.parse(again.stdout)).toMatchObject({ ok: true, data: { kept: `.limbeck-learn/left/${kept}` } });
      expect(readFileSync(join(project, ".limbeck-learn/left", kept, "notes.txt"), "utf8")).toBe(text);
    }
    expect(readFileSync(join(project, ".limbeck-learn/left/18-two-heads/notes.txt"), "utf8")).toBe("one");
  });

  it("is another thing to look at than the exercise before, though no file differs", async () => {
    const host = {
      cwd: project,
      env: { ...createSystemEnvironment(), NO_COLOR: "1" },
      command: [process.execPath, LIMBECK_BIN],
      look: {
        width: 80,
        symbols: { done: "✔", error: "✖", dot: "·", arrow: "→" },
        paint: (_: string, text: string) => text,
      },
      isInteractive: false,
      confirm: undefined,
      write: () => {},
    };
    const enter = () => enterClassroom(EXERCISES, host);
    await goTo(enter(), "two-heads");
    const inLab = await fingerprintRoom(enter());
    expect(await fingerprintRoom(enter())).toBe(inLab);
    await goTo(enter(), "1");
    expect(await fingerprintRoom(enter())).not.toBe(inLab);
  });
});
