import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { text as readAll } from "node:stream/consumers";
import { applyBindings, matchLine, matchOutput, type Bindings } from "./match-output.ts";
import type { Document, Step } from "./read-document.ts";
import { writePattern } from "./write-pattern.ts";

/** The project folder of the documents. */
const DOCUMENTED_FOLDER = "/home/me/todo";

/** A place where a document does not say what happens. */
export interface Difference {
  readonly step: Extract<Step, { kind: "run" | "show" }>;
  /** What happens, with the ids of the document where it has them. */
  readonly actual: readonly string[];
}

/** Who follows a document, and where. */
export interface Reader {
  /** The project; a real path. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Commands that are run in place of documented ones. Default: none. */
  readonly standIns?: ReadonlyMap<string, string>;
  /** Hears of a difference, and goes on. Default: the first one is an error. */
  readonly onDifference?: (difference: Difference) => void;
}

/** Lines without empty ones around them, and without what npm says about the machine that it runs on. */
function toLines(text: string): readonly string[] {
  const lines = text.split("\n").filter((line) => !/^npm (?:warn|notice)\b/.test(line));
  const isText = (line: string): boolean => line !== "";
  return lines.slice(lines.findIndex(isText), lines.findLastIndex(isText) + 1);
}

/**
 * Runs a command of a document.
 *
 * @returns what it printed, on stdout and stderr in their order
 * @throws Error when it fails, or prints a warning of Node
 */
async function runCommand(command: string, { folder, env, standIns }: Reader): Promise<string> {
  // What npx would find, and what it says of itself; npx itself takes ten times as long as the command.
  const line = (standIns?.get(command) ?? command).replaceAll(
    /\bnpx (?=limbeck\b)/g,
    "npm_command=exec npm_lifecycle_event=npx ",
  );
  const shell = spawn("sh", ["-c", `exec 2>&1\n${line}`], { cwd: folder, env, stdio: ["ignore", "pipe", "inherit"] });
  const exited = new Promise<number | null>((resolve, reject) => shell.on("close", resolve).on("error", reject));
  const [output, status] = await Promise.all([readAll(shell.stdout), exited]);
  if (status !== 0) throw new Error(`\`${command}\` failed with exit code ${status}:\n${output}`);
  if (/Warning:/.test(output)) throw new Error(`\`${command}\` warned:\n${output}`);
  return output.replaceAll(folder, DOCUMENTED_FOLDER);
}

/** The file that a document calls by a name with a day in it; the day of the run is another one. */
function findDatedFile(path: string, folder: string): string {
  const parent = join(folder, dirname(path));
  const name = path.slice(path.lastIndexOf("/") + 1);
  const found = readdirSync(parent).filter((one) => matchLine(name, one, new Map()));
  if (found.length !== 1) throw new Error(`${found.length} files are called ${path}.`);
  return join(parent, found[0] ?? "");
}

function writeDocumentedFile(
  { path, text }: Extract<Step, { kind: "write" }>,
  folder: string,
  bindings: Bindings,
): void {
  const target = /\d{4}_\d\d_\d\d/.test(path) ? findDatedFile(path, folder) : join(folder, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, applyBindings(text, bindings));
}

/** The bindings that follow from the lines that agree, in outputs that do not agree as a whole. */
function salvageBindings(documented: readonly string[], actual: readonly string[], bindings: Bindings): Bindings {
  let bound = bindings;
  for (const [index, line] of documented.entries()) bound = matchLine(line, actual[index] ?? "", bound) ?? bound;
  return bound;
}

/** @throws Error with both texts when they differ, unless somebody wants to hear of it */
function compare(step: Difference["step"], text: string, { onDifference }: Reader, bindings: Bindings): Bindings {
  const documented = toLines(step.kind === "run" ? step.output.join("\n") : step.text);
  const actual = toLines(text);
  const bound = matchOutput(documented, actual, bindings);
  if (bound) return bound;
  if (onDifference) {
    const salvaged = salvageBindings(documented, actual, bindings);
    const idsOfDocument = new Map(Array.from(salvaged, ([id, actualId]) => [actualId, id]));
    onDifference({ step, actual: actual.map((line) => applyBindings(line, idsOfDocument)) });
    return salvaged;
  }
  const title = step.kind === "run" ? `\`${step.command}\` answered differently.` : `${step.path} looks different.`;
  throw new Error(`${title}\n--- documented\n${documented.join("\n")}\n--- actual\n${actual.join("\n")}\n---`);
}

/** A text in which it does not matter how it is broken into lines and indented: formatters do that anew in a document. */
const withoutLayout = (text: string): string => text.replaceAll(/\s+/g, "").replaceAll(/,(?=[)\]}])/g, "");

/** @throws Error when the file has no such lines, one after the other */
function findExcerpt({ path, text }: Extract<Step, { kind: "excerpt" }>, { folder }: Reader): void {
  const file = readFileSync(findDatedFile(path, folder), "utf8");
  if (!withoutLayout(file).includes(withoutLayout(text))) throw new Error(`${path} has no such lines:\n${text}`);
}

/** @throws Error when the lines that give way are not in the file, or more than once */
function changeFile(step: Extract<Step, { kind: "change" }>, { folder }: Reader, bindings: Bindings): void {
  const path = findDatedFile(step.path, folder);
  const [before, after, ...others] = readFileSync(path, "utf8").split(applyBindings(step.from, bindings));
  if (before === undefined || after === undefined || others.length > 0)
    throw new Error(`${step.path} has these lines ${others.length > 0 ? "more than once" : "nowhere"}:\n${step.from}`);
  writeFileSync(path, before + applyBindings(step.to, bindings) + after);
}

async function followStep(step: Step, reader: Reader, bindings: Bindings): Promise<Bindings> {
  if (step.kind === "write") {
    writeDocumentedFile(step, reader.folder, bindings);
    return bindings;
  }
  if (step.kind === "pattern") {
    writePattern(step.text, step.line, reader.folder);
    return bindings;
  }
  if (step.kind === "change") {
    changeFile(step, reader, bindings);
    return bindings;
  }
  if (step.kind === "excerpt") {
    findExcerpt(step, reader);
    return bindings;
  }
  const actual =
    step.kind === "run"
      ? await runCommand(applyBindings(step.command, bindings), reader)
      : readFileSync(findDatedFile(step.path, reader.folder), "utf8");
  return compare(step, actual, reader, bindings);
}

async function followSteps({ name, steps }: Document, reader: Reader, known: Bindings): Promise<Bindings> {
  let bindings = known;
  for (const step of steps) {
    try {
      bindings = await followStep(step, reader, bindings);
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      throw new Error(`${name}:${step.line}: ${problem}`, { cause: error });
    }
  }
  return bindings;
}

/**
 * Does all that documents ask their reader to do, and compares what happens with what they say. Each goes on from the one before it, and means the same ids.
 *
 * @throws Error with the line of the document when a command fails, warns or answers differently, or a file looks different
 */
export async function followDocuments(documents: readonly Document[], reader: Reader): Promise<void> {
  let bindings: Bindings = new Map();
  for (const document of documents) bindings = await followSteps(document, reader, bindings);
}

/** Follows one document, as {@link followDocuments} follows several. */
export const followDocument = (document: Document, reader: Reader): Promise<void> =>
  followDocuments([document], reader);
