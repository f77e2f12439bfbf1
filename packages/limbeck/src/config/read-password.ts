import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { reachErrors } from "../kernel/errors/reach-errors.ts";
import { quoteWord } from "../kernel/quote-word.ts";
import { splitWords } from "../kernel/split-words.ts";
import { runProgram, withInstalledPrograms, type Variables } from "../scripts/hooks/run-program.ts";
import { describeSystemError } from "../scripts/system-error.ts";
import type { SharedConfig } from "./limbeck-config.ts";

/** Where relative paths count from, and what a program is run with. */
interface PasswordPlace {
  readonly folder: string;
  readonly env: Variables;
}

/** The line end that an editor or a program puts behind a password is no part of it. */
const withoutLineEnd = (text: string): string => text.replace(/\r?\n$/, "");

function readFile(path: string): string {
  try {
    return withoutLineEnd(readFileSync(path, "utf8"));
  } catch (error) {
    const problem = `The file cannot be read: ${describeSystemError(error)}`;
    throw reachErrors.passwordUnavailable(
      { source: `passwordFile ${path}`, problem, fix: `ls -l ${quoteWord(path)}` },
      error,
    );
  }
}

async function runCommand(command: string, { folder, env }: PasswordPlace): Promise<string> {
  const split = splitWords(command);
  // The check of the config has made sure that it can be split.
  const words = split.ok ? split.words : [];
  const fail = (problem: string, cause?: unknown): Error =>
    reachErrors.passwordUnavailable({ source: "passwordCommand", problem, fix: command }, cause);
  const end = await runProgram({ words, cwd: folder, env: withInstalledPrograms(env, folder) }).catch(
    (error: unknown) => {
      throw fail(`The program ${words[0]} cannot be started: ${describeSystemError(error)}`, error);
    },
  );
  // What it wrote is not shown: it may be what it was asked for.
  if (end.failure !== undefined) throw fail(`The program ${end.failure}.`);
  const password = withoutLineEnd(end.stdout);
  if (password === "") throw fail("The program printed nothing.");
  return password;
}

/**
 * What gives the password that the config says where to find; undefined where it says nothing. The file is read, or the program run, once and when it is asked
 * for.
 */
export function createPasswordReader(
  { passwordFile, passwordCommand }: Pick<SharedConfig, "passwordFile" | "passwordCommand">,
  place: PasswordPlace,
): (() => Promise<string>) | undefined {
  let password: Promise<string> | undefined;
  const ask = async (): Promise<string> =>
    passwordFile === undefined
      ? runCommand(passwordCommand ?? "", place)
      : readFile(resolve(place.folder, passwordFile));
  if (passwordFile === undefined && passwordCommand === undefined) return undefined;
  return () => (password ??= ask());
}
