import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { learnErrors } from "limbeck/commands";
import { describeStep } from "./describe-step.ts";
import { findPaths } from "./find-paths.ts";
import { openLabDatabase } from "./servers/lab-database.ts";
import type { LabServer } from "./servers/lab-server.ts";
import type { Step } from "./step.ts";

/** Where steps are done, and how. */
export interface StepPlace {
  /** The folder of the exercise. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The words that run a Limbeck command, in the place of `limbeck`. */
  readonly command: readonly string[];
  readonly exercise: string;
  /** The server that the exercise has its database on; absent where it needs none. */
  readonly server?: LabServer | undefined;
}

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function runProgram([program = "", ...words]: readonly string[], { folder, env }: StepPlace): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      cwd: folder,
      env: { ...env, NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.on("error", reject);
    child.on("close", (exitCode) =>
      resolve({ exitCode, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
    );
  });
}

function runSql(path: string, text: string): void {
  const database = new DatabaseSync(path);
  try {
    database.exec(text);
  } finally {
    database.close();
  }
}

function replaceText(path: string, from: string, to: string): void {
  const text = readFileSync(path, "utf8");
  const at = text.indexOf(from);
  if (at === -1) throw new TypeError(`There is no "${from}" in ${path}.`);
  writeFileSync(path, text.slice(0, at) + to + text.slice(at + from.length));
}

/** The one file that a path with a `*` means. */
function locate({ folder }: StepPlace, path: string): string {
  const [found, ...others] = findPaths(folder, path);
  if (found === undefined || others.length > 0)
    throw new TypeError(`${path} stands for ${others.length + (found === undefined ? 0 : 1)} files.`);
  return join(folder, found);
}

function writeText({ folder }: StepPlace, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

async function runCommand(step: Step & { readonly kind: "run" | "node" }, place: StepPlace): Promise<void> {
  const words = step.kind === "node" ? [process.execPath, step.path] : [...place.command, ...step.words];
  const { exitCode, stdout, stderr } = await runProgram(words, place);
  const expected: readonly (number | null)[] = step.kind === "node" ? [0] : step.exitCodes;
  if (!expected.includes(exitCode))
    throw new TypeError(`It ended with exit code ${exitCode}. ${stderr}${stdout}`.trim());
  if (step.kind === "run" && step.into !== undefined) writeText(place, step.into, stdout);
}

function runOnServer({ server, exercise, folder }: StepPlace, text: string): Promise<void> {
  if (!server) throw new TypeError(`${exercise} has no server.`);
  return openLabDatabase(server, exercise, folder).run(text);
}

async function attempt(step: Step, place: StepPlace): Promise<void> {
  switch (step.kind) {
    case "run":
    case "node":
      return runCommand(step, place);
    case "write":
      return writeText(place, step.path, step.text);
    case "replace":
      return replaceText(locate(place, step.path), step.from, step.to);
    case "remove":
      return rmSync(locate(place, step.path), { recursive: true });
    case "sql":
      return runSql(join(place.folder, step.database), step.text);
    case "serverSql":
      return runOnServer(place, step.text);
  }
}

/**
 * Does steps, one after the other.
 *
 * @throws LearnError when one of them fails
 */
export async function runSteps(steps: readonly Step[], place: StepPlace): Promise<void> {
  mkdirSync(place.folder, { recursive: true });
  for (const step of steps) {
    try {
      await attempt(step, place);
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      const [summary = ""] = describeStep(step).split("\n");
      throw learnErrors.stepFailed({ exercise: place.exercise, step: summary, problem }, error);
    }
  }
}
