import { statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { LimbeckError } from "../../kernel/errors/limbeck-error.ts";
import { scriptErrors } from "../../kernel/errors/script-errors.ts";
import { quoteWord } from "../../kernel/quote-word.ts";
import { parseRevisionFile, readRevisionSource } from "../revision-file.ts";
import type { RevisionHeader } from "../revision-header.ts";
import { describeSystemError } from "../system-error.ts";
import type { CommandHook, PostWriteHook } from "./post-write-hook.ts";
import { runProgram, withInstalledPrograms, type ProgramEnd, type Variables } from "./run-program.ts";
import { splitWords } from "../../kernel/split-words.ts";

/** A hook that ran, and what it had to say. */
export interface HookReport {
  readonly name: string;
  /** What a program wrote; empty for a function. */
  readonly output: string;
}

/** A new revision file, and what hooks are run with. */
export interface HookRequest {
  readonly hooks: readonly PostWriteHook[];
  /** Absolute path of the file. */
  readonly path: string;
  /** What the file says of itself, and has to say afterwards. */
  readonly header: RevisionHeader;
  /** The config's folder. */
  readonly folder: string;
  readonly env: Variables;
}

const PLACEHOLDER = "REVISION_SCRIPT_FILENAME";

/** How many lines of a program that failed are shown. */
const SHOWN_LINES = 20;

function composeWords({ command }: CommandHook, path: string): readonly string[] {
  const split = typeof command === "string" ? splitWords(command) : { ok: true as const, words: command };
  // The check of the config has made sure that it can be split.
  const words = split.ok ? split.words : [];
  return words.some((word) => word.includes(PLACEHOLDER))
    ? words.map((word) => word.replaceAll(PLACEHOLDER, () => path))
    : [...words, path];
}

function describeStartFailure(error: unknown, program: string, cwd: string): string {
  const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
  if (isMissing && !statSync(cwd, { throwIfNoEntry: false })?.isDirectory()) return `There is no folder ${cwd}.`;
  return isMissing ? `There is no program ${program}.` : describeSystemError(error);
}

async function runCommand(hook: CommandHook, { path, folder, env }: HookRequest): Promise<HookReport> {
  const words = composeWords(hook, path);
  const [program = ""] = words;
  const cwd = resolve(folder, hook.cwd ?? "");
  const name = hook.name ?? basename(program);
  const command = words.map(quoteWord).join(" ");
  const end: ProgramEnd = await runProgram({ words, cwd, env: withInstalledPrograms(env, folder) }).catch(
    (error: unknown) => {
      // To type it again would not help.
      throw scriptErrors.hookFailed({ name, path, problem: describeStartFailure(error, program, cwd) }, error);
    },
  );
  if (end.failure === undefined) return { name, output: end.output };
  const lines = end.output.trimEnd().split("\n").slice(-SHOWN_LINES);
  const problem = [`It ${end.failure}.`, ...lines.map((line) => `    ${line}`)].join("\n").trimEnd();
  throw scriptErrors.hookFailed({ name, path, problem, command });
}

async function runFunction(hook: Exclude<PostWriteHook, CommandHook>, path: string): Promise<HookReport> {
  const name = hook.name || "a function";
  try {
    await hook(path);
    return { name, output: "" };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw scriptErrors.hookFailed({ name, path, problem: `It threw an error: ${message}` }, error);
  }
}

const HEADER = ["revision", "downRevision", "branchLabels", "dependsOn", "replaces"] as const;

/** A hook may write the file anew, but it has to stay the revision that it was. */
function readBack({ path, header }: HookRequest, names: readonly string[]): string {
  const read = (): { readonly text: string; readonly found: RevisionHeader } => {
    try {
      const text = readRevisionSource(path);
      return { text, found: parseRevisionFile(path, text) };
    } catch (error) {
      const problem = error instanceof LimbeckError ? error.title : String(error);
      throw scriptErrors.hookChangedRevision({ names, path, problem }, error);
    }
  };
  const { text, found } = read();
  const changed = HEADER.filter((name) => !isDeepStrictEqual(found[name], header[name]));
  if (changed.length === 0) return text;
  throw scriptErrors.hookChangedRevision({ names, path, problem: `It declares another ${changed.join(", ")}.` });
}

/**
 * Runs the hooks on a new revision file, one after the other, and reads it again.
 *
 * @returns what they had to say, and what the file holds now
 * @throws ScriptError when a hook fails, or the file is not the same revision any more; the file stays
 */
export async function runHooks(
  request: HookRequest,
): Promise<{ readonly reports: readonly HookReport[]; readonly text: string }> {
  const reports: HookReport[] = [];
  for (const hook of request.hooks) {
    reports.push(await (typeof hook === "function" ? runFunction(hook, request.path) : runCommand(hook, request)));
  }
  const names = reports.map(({ name }) => name);
  return { reports, text: readBack(request, names) };
}
