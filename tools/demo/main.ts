/** Runs the main job in `demo-playground/` and shows every command with what it answers: `make demo`. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { createPlayground } from "./playground.ts";
import { renderCommand, renderEdit, renderFile, renderQuery, renderSay } from "./render.ts";
import { DATABASE, STORY, type Step } from "./story.ts";

const FOLDER = fileURLToPath(new URL("../../demo-playground", import.meta.url));

const ENDING = `
The playground is yours: ${FOLDER}

    cd demo-playground
    npx limbeck status        where you are
    npx limbeck --help        what there is

Change app/models.ts, then let "npx limbeck revision --autogenerate" write the
next migration. The next "make demo" makes the folder anew.`;

const print = (text: string): void => console.log(text);
const inPlayground = (path: string): string => join(FOLDER, path);

/** Nobody's own database may be reached from here: these variables come before the config of the playground. */
function createEnvironment(): NodeJS.ProcessEnv {
  const { DATABASE_URL: _url, ...rest } = process.env;
  return Object.fromEntries(Object.entries(rest).filter(([name]) => !name.startsWith("LIMBECK_")));
}

/** @throws Error when the command fails, after showing what it said */
function runLimbeck(args: readonly string[]): void {
  print(renderCommand(args));
  const bin = inPlayground("node_modules/limbeck/dist/bin.js");
  // What it tells on stderr belongs to the story, and in its place: both go to the demo's own output.
  const { status, error } = spawnSync(process.execPath, [bin, ...args], {
    cwd: FOLDER,
    env: createEnvironment(),
    stdio: ["ignore", "inherit", 1],
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`The command ended with exit code ${status}.`);
}

function writePlaygroundFile(path: string, text: string): void {
  mkdirSync(dirname(inPlayground(path)), { recursive: true });
  writeFileSync(inPlayground(path), text);
}

/** @throws Error when the text to change is not there, so that the story never silently skips a change */
function editFile(path: string, from: string, to: string): void {
  const before = readFileSync(inPlayground(path), "utf8");
  if (!before.includes(from)) throw new Error(`${path} does not hold the text that the demo changes: ${from}`);
  const after = before.replace(from, to);
  writePlaygroundFile(path, after);
  print(renderEdit(path, before, after));
}

function showNewestFile(folder: string, seen: Set<string>): void {
  const name = readdirSync(inPlayground(folder)).find((one) => one.endsWith(".ts") && !seen.has(one));
  if (name === undefined) throw new Error(`There is no new file in ${folder}.`);
  seen.add(name);
  print(renderFile(join(folder, name), readFileSync(inPlayground(join(folder, name)), "utf8")));
}

function runSql(sql: string): void {
  const database = new DatabaseSync(inPlayground(DATABASE));
  try {
    print(renderQuery(sql, database.prepare(sql).all()));
  } finally {
    database.close();
  }
}

/** Whether a step reads as one block with the step before it. */
function continues(step: Step, before: Step | undefined): boolean {
  return step.kind === before?.kind && step.kind !== "limbeck";
}

function perform(step: Step, seen: Set<string>): void {
  switch (step.kind) {
    case "say":
      return print(renderSay(step.text));
    case "limbeck":
      return runLimbeck(step.args);
    case "write":
      writePlaygroundFile(step.path, step.text);
      return print(renderFile(step.path, step.text));
    case "edit":
      return editFile(step.path, step.from, step.to);
    case "show":
      return showNewestFile(step.folder, seen);
    case "sql":
      return runSql(step.sql);
  }
}

try {
  createPlayground(FOLDER);
  const seen = new Set<string>();
  for (const [index, step] of STORY.entries()) {
    if (!continues(step, STORY[index - 1])) print("");
    perform(step, seen);
  }
  print(ENDING);
} catch (error) {
  console.error(`\nThe demo stopped. ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
