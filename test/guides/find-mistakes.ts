import { COMMANDS } from "../../packages/limbeck/src/cli/command-catalogue.ts";
import { FOREIGN_COMMANDS } from "../../packages/limbeck/src/cli/foreign-commands.ts";
import { listOptions } from "../../tools/walkthrough/list-options.ts";

/** The long options of each command, by its name. */
export type OptionsByCommand = ReadonlyMap<string, ReadonlySet<string>>;

const LONG_OPTION = /(?<![\w-])--[a-z][a-z-]+/g;

/** Programs whose options are their own. */
const OTHER_PROGRAM =
  /^(?:git|npm|node|make|cp|rm|psql|sqlite3|tsc|createdb|pgloader|prisma|knex|drizzle-kit|alembic)\b/;

/** What every command understands, and the command line without one. */
const BARE = "";

/** The commands as they are, with their options. */
export function readCommands(): OptionsByCommand {
  const shared = [...listOptions("heads", "global"), "--help", "--version"];
  const own = Object.keys(COMMANDS).map((name) => [name, new Set([...listOptions(name, "own"), ...shared])] as const);
  return new Map([...own, [BARE, new Set(shared)]]);
}

/** Code in the text, and command lines in blocks: one line each. */
function readCode(markdown: string): readonly string[] {
  const spans = Array.from(markdown.matchAll(/(?<!`)`(?<code>[^`\n]+)`(?!`)/g), ([, code = ""]) => code);
  const lines = Array.from(markdown.matchAll(/^\$ (?<line>.*)$/gm), ([, line = ""]) => line);
  return [...spans, ...lines];
}

/** A call of Limbeck, as far as the next program of a shell line. */
const CALL = /\blimbeck (?<rest>[^|>&;]*)/g;

/** Whether it is what another tool calls a command, which is answered with ours. */
const isForeign = (rest: string): boolean => FOREIGN_COMMANDS.has(rest.trim());

function findInCall(rest: string, commands: OptionsByCommand): readonly string[] {
  const [first = ""] = rest.trim().split(/\s/);
  const command = /^[a-z]/.test(first) ? first : BARE;
  const options = commands.get(command);
  if (options === undefined) return isForeign(rest) ? [] : [`limbeck ${command}`];
  return (rest.match(LONG_OPTION) ?? []).filter((option) => !options.has(option)).map((one) => `${command} ${one}`);
}

/**
 * Finds commands and options in a document that the command line does not have.
 *
 * @param markdown the document
 * @param commands what the command line has
 * @returns each mistake, as it would be typed
 */
export function findUnknownOptions(markdown: string, commands: OptionsByCommand): readonly string[] {
  const all = new Set([...commands.values()].flatMap((options) => [...options]));
  return readCode(markdown).flatMap((code) => {
    const calls = Array.from(code.matchAll(CALL), ([, rest = ""]) => rest);
    if (calls.length > 0) return calls.flatMap((rest) => findInCall(rest, commands));
    if (OTHER_PROGRAM.test(code)) return [];
    return (code.match(LONG_OPTION) ?? []).filter((option) => !all.has(option));
  });
}

/**
 * Finds options of the command line that no document names.
 *
 * @returns each as `command --option`
 */
export function findUndocumented(documents: readonly string[], commands: OptionsByCommand): readonly string[] {
  const named = new Set(documents.flatMap((text) => text.match(LONG_OPTION) ?? []));
  return [...commands].flatMap(([command, options]) =>
    [...options].filter((option) => !named.has(option)).map((option) => `${command} ${option}`),
  );
}
