import type { Command } from "@stricli/core";
import type { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import type { Retyping, Retypings } from "../kernel/errors/retyping.ts";
import { assertNever } from "../kernel/assert-never.ts";
import { hidePasswords } from "../kernel/hide-passwords.ts";
import { quoteWord } from "../kernel/quote-word.ts";
import type { ActionContext } from "./action.ts";
import { toFlag } from "./flag-name.ts";
import { GLOBAL_FLAGS } from "./global-flags.ts";

/** A word of a command line, with its value where it is an option that takes one. */
type Word =
  | { readonly kind: "argument"; readonly text: string }
  | {
      readonly kind: "option";
      readonly name: string;
      /** The name, or the short form of it. */
      readonly written: string;
      readonly value: string | true;
    };

/** A command as it was typed, without the global options: what they hold may be secret, and those that say which project is meant are repeated anyway. */
interface TypedCommand {
  readonly name: string;
  readonly words: readonly Word[];
  readonly command: Command<ActionContext>;
}

/** What was typed behind the name of a command, and how the command reads it. */
export interface TypedLine {
  readonly name: string;
  readonly args: readonly string[];
  readonly command: Command<ActionContext>;
}

/** Options whose value is a target. */
const TARGET_OPTIONS: ReadonlySet<string> = new Set(["--rev-range", "--head", "--depends-on", "--onto"]);

const GLOBAL_NAMES: ReadonlySet<string> = new Set(Object.keys(GLOBAL_FLAGS).map(toFlag));

/** What an option is called in full, and whether a value follows it; undefined for what is no option. */
function findOption(
  { parameters: { flags = {}, aliases = {} } }: Command<ActionContext>,
  word: string,
): { readonly kind: "option"; readonly name: string; readonly takesValue: boolean } | undefined {
  const known: Readonly<Record<string, { readonly kind: string }>> = flags;
  const short: Readonly<Record<string, string | undefined>> = aliases;
  const key = word.startsWith("--")
    ? Object.keys(known).find((name) => word === `--${name}` || word === toFlag(name))
    : short[word.slice(1)];
  const flag = key === undefined ? undefined : known[key];
  return key === undefined || !flag
    ? undefined
    : { kind: "option", name: toFlag(key), takesValue: flag.kind !== "boolean" };
}

function readTyped({ name, args, command }: TypedLine): TypedCommand {
  const words: Word[] = [];
  const rest = args[Symbol.iterator]();
  for (const text of rest) {
    if (text === "--") {
      words.push(...Array.from(rest, (argument): Word => ({ kind: "argument", text: argument })));
      break;
    }
    const [head = "", ...tail] = text.startsWith("-") ? text.split("=") : [text];
    const option = text.startsWith("-") ? findOption(command, head) : undefined;
    if (!option) words.push({ kind: "argument", text });
    else if (!option.takesValue) words.push({ ...option, written: head, value: true });
    else {
      const value = tail.length > 0 ? tail.join("=") : (rest.next().value ?? "");
      words.push({ ...option, written: head, value });
    }
  }
  return { name, command, words: words.filter((word) => word.kind === "argument" || !GLOBAL_NAMES.has(word.name)) };
}

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** Puts a target in the place of another one, which may be an end of a range or have steps behind it. */
function replaceTarget(text: string, from: string, to: string): string {
  const pattern = new RegExp(String.raw`(?<=^|:|@|\.\.)${escape(from)}(?=$|:|@|\.\.|[+-]\d+(?:$|:|\.\.))`);
  return text.replace(pattern, () => to);
}

/** The end of a range, or the target itself. */
const endOf = (text: string): string => text.slice(text.lastIndexOf(":") + 1);

function change(typed: TypedCommand, retyping: Retyping): TypedCommand {
  const { words } = typed;
  switch (retyping.kind) {
    case "target": {
      const replace = (text: string): string => replaceTarget(text, retyping.from, retyping.to);
      const replaceIn = (word: Word): Word => {
        if (word.kind === "argument") return { ...word, text: replace(word.text) };
        return TARGET_OPTIONS.has(word.name) && word.value !== true ? { ...word, value: replace(word.value) } : word;
      };
      return { ...typed, words: words.map(replaceIn) };
    }
    case "withoutTarget":
      return {
        ...typed,
        words: words.filter((word) => word.kind === "option" || endOf(word.text) !== retyping.target),
      };
    case "repeated": {
      const { name, value } = retyping;
      return findOption(typed.command, name)
        ? { ...typed, words: [...words, { kind: "option", name, written: name, value }] }
        : typed;
    }
    case "option": {
      const { name: option, value } = retyping;
      const isOther = (word: Word): boolean => word.kind === "argument" || word.name !== option;
      if (!findOption(typed.command, option)) return typed;
      if (value === undefined) return { ...typed, words: words.filter(isOther) };
      const added: Word = { kind: "option", name: option, written: option, value };
      return {
        ...typed,
        words: words.every(isOther)
          ? [...words, added]
          : words.map((word) => (isOther(word) ? word : { ...word, ...added })),
      };
    }
    case "command":
      return { ...typed, name: retyping.name };
    default:
      return assertNever(retyping);
  }
}

function render({ name, words }: TypedCommand): string {
  const parts = words.flatMap((word) => {
    if (word.kind === "argument") return quoteWord(hidePasswords(word.text));
    if (word.value === true) return word.written;
    const value = hidePasswords(word.value);
    return value.startsWith("-") ? quoteWord(`${word.written}=${value}`) : [word.written, quoteWord(value)];
  });
  return ["limbeck", name, ...parts].join(" ");
}

/** @returns undefined where a change has nothing to change, so that the same would go wrong again */
function retype(typed: TypedCommand, retypings: Retypings): string | undefined {
  let command = typed;
  for (const retyping of retypings) {
    const before = render(command);
    command = change(command, retyping);
    if (render(command) === before) return undefined;
  }
  return render(command);
}

/** What repairs an error: first what is made of the command that was typed, then the other commands and edits. */
export function listFixes({ code, fix, retypings }: LimbeckError, line: TypedLine): readonly string[] {
  if (retypings.length === 0) return fix;
  const typed = readTyped(line);
  const retyped = retypings.flatMap((changes) => retype(typed, changes) ?? []);
  // It is offered anyway; as a fix it only stands in for a command that nobody has typed.
  const others = retyped.length > 0 ? fix.filter((command) => command !== `limbeck explain ${code}`) : fix;
  return [...new Set([...retyped, ...others])];
}
