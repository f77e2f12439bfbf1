import { describe, expect, it } from "vitest";
import type { RenameQuestion } from "../diff/rename-candidates.ts";
import { createFakeWorld } from "./fake-world.ts";
import { renameAnswers, type RenameFlags } from "./rename-answers.ts";
import { createTerminal } from "./terminal.ts";

const MODE = { json: false, quiet: false, noColor: true, ascii: false };
const FLAGS: RenameFlags = {
  ...MODE,
  config: undefined,
  url: undefined,
  xArg: undefined,
  rename: undefined,
  noRename: false,
  dropOk: false,
  answers: undefined,
};

const column = (from: string, to: string, details: Partial<RenameQuestion> = {}): RenameQuestion => ({
  kind: "column",
  table: "todos",
  from,
  to,
  score: 0.8,
  required: true,
  answer: `todos.${from}:todos.${to}`,
  flag: `--rename todos.${from}:todos.${to}`,
  ...details,
});

const TABLE: RenameQuestion = {
  kind: "table",
  from: "todos",
  to: "tasks",
  score: 0.8,
  required: true,
  answer: "todos:tasks",
  flag: "--rename todos:tasks",
};

/** Asks the questions one after the other, as the comparison does. */
async function ask(questions: readonly RenameQuestion[], answers: readonly string[], flags: Partial<RenameFlags> = {}) {
  const { world, asked } = createFakeWorld({ isTTY: true, answers });
  const terminal = createTerminal(world, MODE);
  const given = renameAnswers({ world, terminal, flags: FLAGS, prompter: world.prompter }, { ...FLAGS, ...flags });
  const results: (string | null | undefined)[] = [];
  for (const question of questions) results.push(await given.ask?.(question));
  return { results, asked };
}

describe("questions about renames", () => {
  it("give the answer for yes and null for no", async () => {
    const { results, asked } = await ask([column("name", "title"), column("note", "text")], ["yes", "no"]);
    expect(results).toEqual(["todos.name:todos.title", null]);
    expect(asked).toEqual([
      "Was the column name of todos renamed to title?",
      "Was the column note of todos renamed to text?",
    ]);
  });

  it("end the command when the person leaves", async () => {
    await expect(ask([TABLE], ["cancel"])).rejects.toMatchObject({ name: "Cancelled" });
  });

  it("are not asked with --no-rename, nor where nobody sits", async () => {
    const { world } = createFakeWorld();
    const session = { world, terminal: createTerminal(world, MODE), flags: FLAGS };
    expect(renameAnswers({ ...session, prompter: world.prompter }, { ...FLAGS, noRename: true })).toEqual({
      renames: [],
      denied: [],
      noRename: true,
      dropOk: false,
      askDrop: expect.any(Function),
    });
    expect(renameAnswers({ ...session, prompter: undefined }, FLAGS)).toEqual({
      renames: [],
      denied: [],
      noRename: false,
      dropOk: false,
    });
  });
});
