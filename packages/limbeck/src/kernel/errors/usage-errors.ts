import { EXIT_CODES } from "../exit-code.ts";
import { defineErrors, type CatalogueEntry, type ErrorFamily } from "./define-errors.ts";
import { LimbeckError } from "./limbeck-error.ts";

/** A command line that cannot be understood; nothing was run. */
export class UsageError extends LimbeckError {
  override readonly name: string = "UsageError";
}

type UsageErrorContexts = {
  readonly missingCommand: { readonly commands: readonly string[] };
  readonly unknownCommand: { readonly command: string; readonly similar: string | undefined };
  readonly foreignCommand: { readonly command: string; readonly meaning: string; readonly instead: readonly string[] };
  readonly unknownFlag: { readonly command: string; readonly flag: string; readonly similar: string | undefined };
  readonly flagNeedsValue: { readonly command: string; readonly flag: string; readonly nextFlag: string | undefined };
  readonly flagTakesNoValue: { readonly command: string; readonly flag: string; readonly value: string };
  readonly flagRepeated: { readonly command: string; readonly flag: string; readonly values: readonly string[] };
  readonly flagMissing: { readonly command: string; readonly flag: string; readonly examples: readonly string[] };
  readonly flagsExclude: { readonly command: string; readonly flags: readonly string[]; readonly because: string };
  readonly flagNeedsFlag: {
    readonly command: string;
    readonly flag: string;
    readonly needed: string;
    readonly because: string;
  };
  readonly flagChoice: {
    readonly command: string;
    readonly flag: string;
    readonly value: string;
    readonly choices: readonly string[];
  };
  readonly flagNotANumber: { readonly command: string; readonly flag: string; readonly value: string };
  readonly nothingToStream: { readonly command: string; readonly streaming: readonly string[] };
  readonly argumentMissing: { readonly command: string; readonly argument: string; readonly example: string };
  readonly argumentUnexpected: { readonly command: string; readonly argument: string; readonly expected: number };
  readonly nodeTooOld: { readonly version: string };
  readonly outputLost: { readonly message: string };
  readonly endedEarly: Readonly<Record<string, never>>;
};

const helpOf = (command: string): string => (command === "" ? "limbeck --help" : `limbeck ${command} --help`);

const nameOf = (command: string): string => (command === "" ? "limbeck" : `limbeck ${command}`);

const family = defineErrors<UsageErrorContexts>(UsageError, EXIT_CODES.usage, {
  missingCommand: {
    code: "LB0001",
    title: () => "limbeck was not told what to do.",
    why: ({ commands }) => `The commands are ${commands.join(", ")}.`,
    fix: () => ["limbeck --help", "limbeck status"],
    explain: "A command line names one command: `limbeck COMMAND`. `limbeck --help` lists them all.",
  },
  unknownCommand: {
    code: "LB0002",
    title: ({ command }) => `There is no command "${command}".`,
    why: ({ similar }) => (similar === undefined ? "" : `Did you mean "${similar}"?`),
    fix: ({ similar }) => (similar === undefined ? ["limbeck --help"] : [helpOf(similar), "limbeck --help"]),
    explain:
      "The first word of a command line is the command, written in full. A word that is only similar is never run by itself, because that " +
      "could change a database that you meant to look at.",
  },
  foreignCommand: {
    code: "LB0003",
    title: ({ command }) => `"${command}" is not a command of Limbeck.`,
    why: ({ meaning }) => meaning,
    fix: ({ instead }) => instead,
    explain:
      "Other migration tools have commands by this name. Limbeck uses Alembic's words: a revision is written with `revision`, applied with " +
      "`upgrade` and taken back with `downgrade`. The message names the command that does the same here; it was not run.",
  },
  unknownFlag: {
    code: "LB0004",
    title: ({ command, flag }) => `${nameOf(command)} has no option ${flag}.`,
    why: ({ similar }) => (similar === undefined ? "" : `Did you mean ${similar}?`),
    fix: ({ command }) => [helpOf(command)],
    explain:
      "The help of a command lists its options. A value that begins with a dash is written with an equals sign: `--message=-x`.",
  },
  flagNeedsValue: {
    code: "LB0005",
    title: ({ command, flag }) => `${flag} of ${nameOf(command)} needs a value.`,
    why: ({ nextFlag }) =>
      nextFlag === undefined ? "It stands at the end of the line." : `It is followed by ${nextFlag}.`,
    fix: ({ command }) => [helpOf(command)],
    explain:
      "Some options are followed by a value. One that begins with a dash is written with an equals sign: `--message=-x`.",
  },
  flagTakesNoValue: {
    code: "LB0006",
    title: ({ command, flag, value }) => `${flag} of ${nameOf(command)} takes no value, but was given "${value}".`,
    why: () => "It is a switch: there or not there.",
    fix: ({ command }) => [helpOf(command)],
    explain: "A switch is turned on by naming it. Leave out the equals sign and what follows.",
  },
  flagRepeated: {
    code: "LB0007",
    title: ({ command, flag }) => `${flag} of ${nameOf(command)} was given more than once.`,
    why: ({ values }) => (values.length === 0 ? "" : `With ${values.map((value) => `"${value}"`).join(" and ")}.`),
    fix: ({ command }) => [helpOf(command)],
    explain: "This option takes one value only, so it is not clear which of them was meant. Give it once.",
  },
  flagMissing: {
    code: "LB0008",
    title: ({ command, flag }) => `${nameOf(command)} needs ${flag}.`,
    why: () => "",
    fix: ({ examples }) => examples,
    explain: "The command cannot guess this value. Give the option; the message shows an example.",
  },
  flagsExclude: {
    code: "LB0009",
    title: ({ flags, command }) => `${flags.join(" and ")} of ${nameOf(command)} don't go together.`,
    why: ({ because }) => because,
    fix: ({ command }) => [helpOf(command)],
    explain: "Each of these options says something that the other one rules out. Give one of them.",
  },
  flagNeedsFlag: {
    code: "LB0015",
    title: ({ command, flag, needed }) => `${flag} of ${nameOf(command)} only goes with ${needed}.`,
    why: ({ because }) => because,
    fix: ({ command }) => [helpOf(command)],
    explain: "An option that says more about another one means nothing without it. Give both, or neither.",
  },
  flagChoice: {
    code: "LB0016",
    title: ({ command, flag, value }) => `${flag} of ${nameOf(command)} cannot be "${value}".`,
    why: ({ choices }) => `It is one of ${choices.join(", ")}.`,
    fix: ({ command }) => [helpOf(command)],
    explain: "This option takes a few words only. The message lists them.",
  },
  flagNotANumber: {
    code: "LB0017",
    title: ({ command, flag, value }) => `${flag} of ${nameOf(command)} takes a whole number, and "${value}" is none.`,
    why: () => "It has at most nine digits, and no sign.",
    fix: ({ command }) => [helpOf(command)],
    explain: "This option counts something or names a number. Write it in digits only.",
  },
  nothingToStream: {
    code: "LB0018",
    title: ({ command }) => `${nameOf(command)} has nothing to stream.`,
    why: ({ streaming }) => `--json=stream is for runs that move a database: ${streaming.join(", ")}.`,
    fix: ({ command }) => [`limbeck ${command} --json`, helpOf(command)],
    explain:
      "`--json=stream` writes one JSON object a line while a run goes on. A command that only answers prints its answer with `--json`, as one object.",
  },
  argumentMissing: {
    code: "LB0010",
    title: ({ command, argument }) => `${nameOf(command)} needs a ${argument}.`,
    why: () => "",
    fix: ({ example, command }) => [example, helpOf(command)],
    explain:
      "The command cannot guess what it is to work on. The message shows an example, and the help of the command says more.",
  },
  argumentUnexpected: {
    code: "LB0011",
    title: ({ command, argument }) => `${nameOf(command)} does not know what to do with "${argument}".`,
    why: ({ expected }) => {
      if (expected === 0) return "It takes options only.";
      return expected === 1
        ? "It takes one argument, and there was one already."
        : `It takes ${expected} arguments, which were there already.`;
    },
    fix: ({ command }) => [helpOf(command)],
    explain: "There are more arguments than the command takes. A value with spaces in it is written in quotes.",
  },
  nodeTooOld: {
    code: "LB0012",
    title: ({ version }) => `Limbeck needs Node 22.18 or newer, and this is ${version}.`,
    why: () => "Older versions cannot load TypeScript files and have no SQLite built in.",
    fix: () => ["npm install --save-dev node@24", "npx -p node@24 limbeck --help"],
    explain:
      "Limbeck runs TypeScript files without a loader and uses the SQLite that comes with Node; both need Node 22.18. The npm package `node` " +
      "brings a newer Node into a single project: scripts in package.json, and npx, use it.",
  },
  outputLost: {
    code: "LB0013",
    title: () => "The output could not be written.",
    why: ({ message }) => message,
    fix: () => ["df -h ."],
    explain:
      "What the command had to say could not be written to where it was sent, for example because the disk is full. The command itself ran to its " +
      "end. A reader that merely stops reading, as in `limbeck history | head -1`, is no error.",
  },
  endedEarly: {
    code: "LB0014",
    title: () => "The process ended before the command did.",
    why: () => "Code of the project called process.exit, or waits for something that can no longer happen.",
    fix: () => ["limbeck status"],
    explain:
      "The config, the models or a revision ended the process, or awaited a promise that nothing was left to settle. A revision that was running " +
      "has been rolled back where the engine can do that. Remove the call of process.exit, or the promise.",
  },
});

/** Builds the errors of the command line. */
export const usageErrors: ErrorFamily<UsageErrorContexts>["create"] = family.create;

/** The part of the error catalogue about the command line. */
export const usageErrorEntries: readonly CatalogueEntry[] = family.entries;
