import { splitWords } from "../../kernel/split-words.ts";

/** A program that is run on each new revision file. */
export interface CommandHook {
  /**
   * The program and its arguments: a list, or a line that is split into words as a shell does, without a shell. REVISION_SCRIPT_FILENAME in it
   * becomes the path of the file; without it, the path is the last argument. Programs of `node_modules/.bin` are found by their names.
   */
  readonly command: string | readonly string[];
  /** Where it runs, relative to the config. Default: the config's folder. */
  readonly cwd?: string;
  /** What messages call it. Default: the name of the program. */
  readonly name?: string;
}

/** What happens to each new revision file: a program, or a function that gets its path. */
export type PostWriteHook = CommandHook | ((path: string) => void | Promise<void>);

const KEYS: ReadonlySet<string> = new Set(["command", "cwd", "name"]);

const isWord = (value: unknown): boolean => typeof value === "string";

function findCommandProblem(command: unknown): string | undefined {
  if (typeof command === "string") {
    const split = splitWords(command);
    if (!split.ok) return `in ${JSON.stringify(command)}, ${split.problem}`;
    return split.words.length > 0 ? undefined : "an empty command";
  }
  if (!Array.isArray(command) || !command.every(isWord)) return "a command that is neither a text nor a list of texts";
  return command.length > 0 && command[0] !== "" ? undefined : "an empty command";
}

function nameKind(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function findHookProblem(hook: unknown): string | undefined {
  if (typeof hook === "function") return undefined;
  if (typeof hook !== "object" || hook === null) return `${nameKind(hook)} among the hooks`;
  const stray = Object.keys(hook).find((key) => !KEYS.has(key));
  if (stray !== undefined) return `a hook with ${JSON.stringify(stray)}`;
  const { command, cwd, name }: Partial<Record<string, unknown>> = { ...hook };
  if (![cwd, name].every((value) => value === undefined || isWord(value))) return "a cwd or a name that is no text";
  return findCommandProblem(command);
}

/** What is wrong with a value that should be a list of hooks; undefined when nothing is. */
export function findHooksProblem(value: unknown): string | undefined {
  if (!Array.isArray(value)) return `${nameKind(value)} instead of a list`;
  return value.map(findHookProblem).find((problem) => problem !== undefined);
}
