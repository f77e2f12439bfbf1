import { describe, expect, it } from "vitest";
import { createFakeWorld, type FakeWorldOptions } from "./fake-world.ts";
import { openEditor } from "./open-editor.ts";
import type { ProgramEnd } from "./world.ts";

/** What is started for a file, and the code of the error it comes to; the programs named are there. */
async function open(
  options: FakeWorldOptions,
  programs: Readonly<Record<string, ProgramEnd>> = {},
): Promise<{ readonly started: readonly (readonly string[])[]; readonly error?: unknown }> {
  const started: (readonly string[])[] = [];
  const { world } = createFakeWorld({
    ...options,
    handOver: async (words) => {
      const end = programs[words[0] ?? ""] ?? "missing";
      if (end !== "missing") started.push(words);
      return end;
    },
  });
  try {
    await openEditor({ paths: ["/v/my file.ts", "/v/b.ts"], identifiers: ["a1", "b 2"], areRevisions: true }, world);
    return { started };
  } catch (error) {
    return { started, error };
  }
}

const FILES = ["/v/my file.ts", "/v/b.ts"];

describe("the editor", () => {
  it("is the one of VISUAL, else of EDITOR, with arguments", async () => {
    const env = { VISUAL: "code --wait", EDITOR: "vi" };
    const programs = { code: "well", vi: "well", "/opt/my ed": "well" } as const;
    expect(await open({ env }, programs)).toEqual({ started: [["code", "--wait", ...FILES]] });
    expect(await open({ env: { EDITOR: `"/opt/my ed" -n ''` } }, programs)).toEqual({
      started: [["/opt/my ed", "-n", "", ...FILES]],
    });
    expect(await open({ env: { VISUAL: " ", EDITOR: "vi" } }, programs)).toEqual({ started: [["vi", ...FILES]] });
  });

  it("is not the one of VISUAL on a dumb terminal, as in git", async () => {
    const env = { VISUAL: "code --wait", EDITOR: "ed", TERM: "dumb" };
    expect(await open({ env, isTTY: true }, { code: "well", ed: "well" })).toEqual({ started: [["ed", ...FILES]] });
    const { VISUAL, TERM } = env;
    expect(await open({ env: { VISUAL, TERM }, isTTY: true }, { code: "well", nano: "well" })).toMatchObject({
      started: [],
      error: { code: "LB1051" },
    });
  });

  it("is one of the usual ones on a terminal where nobody has said which", async () => {
    const programs = { nano: "well", vim: "well" } as const;
    expect(await open({ isTTY: true }, programs)).toEqual({ started: [["nano", ...FILES]] });
    expect(await open({ isTTY: true }, {})).toMatchObject({
      error: { code: "LB1051", fix: [`EDITOR=vi limbeck edit a1 "b 2"`, `limbeck show a1 "b 2"`] },
    });
    expect(await open({ isTTY: true }, { vim: { failure: "ended with exit code 1" }, vi: "well" })).toMatchObject({
      started: [["vim", ...FILES]],
      error: { code: "LB1052", title: "The editor vim did not end well." },
    });
    expect(await open({}, programs)).toMatchObject({ started: [], error: { code: "LB1051" } });
  });

  it.each([
    ["a program that is not there", "nope -x", "There is no program nope."],
    ["one that fails", "ed", "It ended with exit code 2."],
    ["what only a shell understands", "ed && vi", `In VISUAL, "&" needs a shell, and there is none.`],
    ["an open quotation mark", `"ed`, "In VISUAL, a quotation mark or a backslash is open."],
  ])("is refused where it is %s", async (_, line, why) => {
    const ended = await open({ env: { VISUAL: line, EDITOR: "vi" } }, { ed: { failure: "ended with exit code 2" } });
    expect(ended.error).toMatchObject({
      code: "LB1052",
      title: `The editor ${line} did not end well.`,
      why,
      fix: [`VISUAL=vi limbeck edit a1 "b 2"`, `limbeck show a1 "b 2"`],
    });
  });
});
