import type { ListedCommand } from "../command-catalogue.ts";
import { toFlag } from "../flag-name.ts";
import { GLOBAL_ALIASES, GLOBAL_FLAGS } from "../global-flags.ts";
import type { Style } from "../style.ts";
import { wrapText } from "./wrap-text.ts";

type Parameters = ListedCommand["command"]["parameters"];

/** What of an option is shown. */
interface Flag {
  readonly kind: string;
  readonly brief: string;
  readonly placeholder?: string | undefined;
}

const EXIT_CODES = [
  "0 ok",
  "1 a bug in Limbeck",
  "2 usage or config",
  "3 you said no",
  "4 revisions pending",
  "5 models and database differ",
  "6 a proof failed",
  "7 a revision failed",
  "8 another run holds the lock",
  "130 interrupted",
];

/** Something that lines are not broken at while they are wrapped. */
const HARD_SPACE = "\u00A0";

function renderExitCodes({ width, symbols }: Style): string {
  const items = EXIT_CODES.map((item) => item.replaceAll(" ", HARD_SPACE));
  return wrapText(`Exit codes: ${items.join(`${HARD_SPACE}${symbols.dot} `)}`, width).replaceAll(HARD_SPACE, " ");
}

/** A row of a table of two columns: what is written, and what it means. */
export type Row = readonly [string, string];

function renderRows(rows: readonly Row[], firstColumn: number, { paint, width }: Style): string {
  return rows
    .map(([term, meaning]) => {
      const [first = "", ...rest] = wrapText(meaning, width - firstColumn - 4).split("\n");
      const lines = [`  ${paint("command", term)}${" ".repeat(Math.max(firstColumn - term.length, 0) + 2)}${first}`];
      return [...lines, ...rest.map((line) => " ".repeat(firstColumn + 4) + line)].join("\n");
    })
    .join("\n");
}

const widest = (rows: readonly Row[]): number => Math.max(0, ...rows.map(([term]) => term.length));

function renderFlag(name: string, flag: Flag, alias: string | undefined): Row {
  const short = alias === undefined ? "    " : `-${alias}, `;
  const value = flag.kind === "parsed" ? ` ${flag.placeholder ?? "VALUE"}` : "";
  return [`${short}${toFlag(name)}${value}`, flag.brief];
}

function listFlags(
  flags: Readonly<Record<string, Flag>>,
  aliases: Readonly<Record<string, string | undefined>>,
): readonly Row[] {
  return Object.entries(flags).map(([name, flag]) => {
    const alias = Object.keys(aliases).find((letter) => aliases[letter] === name);
    return renderFlag(name, flag, alias);
  });
}

const isGlobal = (name: string): boolean => Object.hasOwn(GLOBAL_FLAGS, name);

const HELP_ROWS: readonly Row[] = [
  ["-h, --help", "Show this, or what a command does"],
  ["    --version", "Show the version"],
];

function listArguments({ positional }: Parameters): readonly Row[] {
  if (!positional) return [];
  if (positional.kind === "array") {
    const { parameter, minimum = 0 } = positional;
    const term = `${parameter.placeholder ?? ""}...`;
    return [[minimum === 0 ? `[${term}]` : term, parameter.brief]];
  }
  return positional.parameters.map(({ placeholder = "", brief, optional }) => [
    optional ? `[${placeholder}]` : placeholder,
    brief,
  ]);
}

/** A command with what it cannot do without. */
function writeUsage(name: string, { command, needs }: ListedCommand): string {
  return [
    name,
    ...(needs === undefined ? [] : [needs]),
    ...listArguments(command.parameters).map(([term]) => term),
  ].join(" ");
}

/** What the whole program can do. */
export function renderHelp(commands: Readonly<Record<string, ListedCommand>>, version: string, style: Style): string {
  const { paint } = style;
  const entries = Object.entries(commands);
  const groups = [...Map.groupBy(entries, ([, { group }]) => group)];
  const toRow = ([name, listed]: (typeof entries)[number]): Row => [writeUsage(name, listed), listed.command.brief];
  const options = [...listFlags(GLOBAL_FLAGS, GLOBAL_ALIASES), ...HELP_ROWS];
  const firstColumn = widest(entries.map(toRow));
  return [
    `${paint("strong", `limbeck ${version}`)}: schema migrations with a way back`,
    "",
    "Usage: limbeck COMMAND [options]",
    ...groups.flatMap(([group, members]) => [
      "",
      paint("strong", group),
      renderRows(members.map(toRow), firstColumn, style),
    ]),
    "",
    paint("strong", "Options, before or after the command"),
    renderRows(options, widest(options), style),
    "",
    "What a command takes besides: limbeck COMMAND --help",
    renderExitCodes(style),
    "",
  ].join("\n");
}

/** What there is to say of one command. */
export interface CommandHelp {
  /** The command with what it cannot do without: `limbeck revision -m MESSAGE`. */
  readonly usage: string;
  readonly brief: string;
  readonly positional: readonly Row[];
  /** Options of this command. */
  readonly own: readonly Row[];
  /** Options that every command has. */
  readonly shared: readonly Row[];
  readonly examples: readonly string[];
}

/** What one command does and takes, as data. */
export function describeCommand(name: string, listed: ListedCommand): CommandHelp {
  const { command, examples } = listed;
  const { flags = {}, aliases = {} } = command.parameters;
  return {
    usage: `limbeck ${writeUsage(name, listed)}`,
    brief: command.brief,
    positional: listArguments(command.parameters),
    own: listFlags(Object.fromEntries(Object.entries(flags).filter(([flag]) => !isGlobal(flag))), aliases),
    shared: [...listFlags(GLOBAL_FLAGS, GLOBAL_ALIASES), ...HELP_ROWS.slice(0, 1)],
    examples,
  };
}

/** What one command does and takes. */
export function renderCommandHelp(name: string, listed: ListedCommand, style: Style): string {
  const { usage, brief, positional, own, shared, examples } = describeCommand(name, listed);
  const { paint, width } = style;
  const firstColumn = widest([...positional, ...own, ...shared]);
  const section = (title: string, rows: readonly Row[]): readonly string[] =>
    rows.length === 0 ? [] : ["", paint("strong", title), renderRows(rows, firstColumn, style)];
  return [
    `Usage: ${paint("strong", usage)} [options]`,
    "",
    wrapText(`${brief}.`, width),
    ...section("Arguments", positional),
    ...section("Options", own),
    ...section("Options of every command", shared),
    "",
    paint("strong", "Examples"),
    ...examples.map((example) => `  ${paint("command", example)}`),
    "",
  ].join("\n");
}
