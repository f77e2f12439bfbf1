import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "./test-project.ts";

let project: TestProject;

const BEFORE = `CREATE TABLE todos (id INTEGER PRIMARY KEY, name TEXT, note TEXT);
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE INDEX ix_old ON users (email);`;
const AFTER = `CREATE TABLE todos (id INTEGER PRIMARY KEY, title TEXT, text TEXT);
CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT);`;

beforeEach(async () => {
  project = createTestProject();
  project.write("migrations/versions/.gitkeep", "");
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db", models: "schema.sql" };\n`);
  project.write("schema.sql", BEFORE);
  await project.limbeck("revision -m first --autogenerate");
  await project.limbeck("upgrade head");
  project.write("schema.sql", AFTER);
});

afterEach(() => project.dispose());

interface Question {
  readonly answer: string;
  readonly kind: string;
  readonly score: number;
}

/** The questions with which a command fails. */
async function ask(line: string): Promise<readonly Question[]> {
  const { exitCode, error } = await project.limbeckJson(line);
  expect(exitCode).toBe(2);
  expect(error).toMatchObject({ code: "LB0901" });
  return (error as { readonly context: { readonly questions: readonly Question[] } }).context.questions;
}

const writeAnswers = (answers: object): void => project.write("answers.json", JSON.stringify(answers));

async function listChanges(line: string): Promise<readonly string[]> {
  const { exitCode, data } = await project.limbeckJson(line);
  expect(exitCode).toBe(0);
  return (data as { readonly changes: readonly { readonly text: string }[] }).changes.map(({ text }) => text);
}

describe("a file of answers", () => {
  it("settles questions one by one, and the command fails with those it leaves open", async () => {
    const questions = await ask("diff");
    expect(questions.map(({ answer }) => answer)).toEqual(
      expect.arrayContaining(["users:people", "todos.name:todos.title", "todos.note:todos.text"]),
    );
    expect(questions.every(({ score }) => score > 0 && score <= 1)).toBe(true);

    writeAnswers({ "users:people": true, "todos.name:todos.title": true });
    expect((await ask("diff --answers answers.json")).map(({ answer }) => answer)).toEqual(["todos.note:todos.text"]);

    writeAnswers({ "users:people": true, "todos.name:todos.title": true, "todos.note:todos.text": false });
    const changes = await listChanges("revision -m second --autogenerate --answers answers.json");
    expect(changes.toSorted()).toEqual([
      "add column text to todos",
      "drop column note from todos",
      "drop index ix_old from people",
      "rename column todos.name to title",
      "rename table users to people",
    ]);
  });

  it("goes together with --rename and --no-rename", async () => {
    writeAnswers({ "todos.name:todos.title": true, "todos.name:todos.text": false });
    const changes = await listChanges("diff --answers answers.json --rename users:people --no-rename");
    expect(changes).toEqual(expect.arrayContaining(["rename table users to people", "drop column note from todos"]));
    expect(changes).not.toContain("drop column name from todos");
  });

  it.each([
    ["is missing", undefined, "ENOENT"],
    ["is no JSON", "{", "holds no JSON object"],
    ["is a list", "[]", "holds no JSON object"],
    ["answers with words", '{ "users:people": "yes" }', "neither true nor false"],
  ])("is refused when it %s", async (_, text, problem) => {
    if (text !== undefined) project.write("answers.json", text);
    const run = await project.limbeck("diff --answers answers.json");
    expect(run).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("LB0905") });
    expect(run.stderr.replaceAll(/\s+/g, " ")).toContain(problem);
  });

  it("is refused when it says of a rename that it is so, and nothing fits", async () => {
    writeAnswers({ "users:persons": true });
    expect(await project.limbeck("diff --answers answers.json")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("LB0903"),
    });
  });
});

describe("an index under another name", () => {
  beforeEach(() => {
    project.write("schema.sql", BEFORE.replace("ix_old", "ix_new"));
  });

  it("is made anew, and whoever runs the command is told that it could be renamed", async () => {
    const run = await project.limbeck("diff");
    expect(run.stdout).toContain("drop index ix_old");
    expect(run.stderr.replaceAll(/\s+/g, " ")).toContain(
      "Made anew, although only the name differs: index ix_old of users: here ix_new; --rename index:users.ix_old:users.ix_new",
    );
    expect((await project.limbeck("diff --no-rename")).stderr).not.toContain("Made anew");
  });

  it("is asked about on a terminal", async () => {
    const run = await project.limbeck("diff", { isTTY: true, answers: ["yes"] });
    expect(run.asked).toEqual(["Was the index ix_old of users renamed to ix_new?"]);
    expect(run.stdout).toContain("rename index ix_old");
  });
});
