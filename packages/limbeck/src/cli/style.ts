import { styleText } from "node:util";
import { ASCII_LANES, UNICODE_LANES, type LaneSigns } from "./lane-signs.ts";
import type { OutputStream } from "./world.ts";

/** What a piece of text is; how that looks is decided in one place. */
export type Tone =
  | "error"
  | "good"
  | "warning"
  | "dim"
  | "strong"
  | "added"
  | "removed"
  | "changed"
  | "command"
  | LaneTone;

/** One of the colours that tell neighbouring lanes of a graph apart. */
export type LaneTone = (typeof LANE_TONES)[number];

/** How the lanes of a graph are coloured, from the left; after the last one comes the first again. */
export const LANE_TONES = ["lane1", "lane2", "lane3", "lane4", "lane5", "lane6"] as const;

/** The signs that are not letters. */
export interface Symbols {
  readonly error: string;
  readonly done: string;
  readonly warning: string;
  readonly up: string;
  readonly down: string;
  readonly ellipsis: string;
  readonly arrow: string;
  readonly dot: string;
  readonly lanes: LaneSigns;
}

/** How text looks on one stream. */
export interface Style {
  /** Columns that prose is wrapped at. */
  readonly width: number;
  readonly symbols: Symbols;
  readonly paint: (tone: Tone, text: string) => string;
  /** Global options that were given, and that commands to be copied have to have as well. */
  readonly repeated: readonly string[];
  /** What stands before `limbeck` in commands to be copied, as it did when this one was typed: `npx `, or nothing. */
  readonly launcher: string;
}

const UNICODE: Symbols = {
  error: "✖",
  done: "✔",
  warning: "⚠",
  up: "↑",
  down: "↓",
  ellipsis: "…",
  arrow: "→",
  dot: "·",
  lanes: UNICODE_LANES,
};
const ASCII: Symbols = {
  error: "x",
  done: "ok",
  warning: "!",
  up: "up",
  down: "down",
  ellipsis: "...",
  arrow: "->",
  dot: "-",
  lanes: ASCII_LANES,
};

const FORMATS = {
  error: ["red", "bold"],
  good: "green",
  // Yellow and cyan can hardly be read on white, and blue not on black.
  warning: "magenta",
  dim: "dim",
  strong: "bold",
  added: "green",
  removed: "red",
  changed: "magenta",
  command: "bold",
  // Most histories have one lane most of the time, and need no colour there.
  lane1: undefined,
  lane2: "magenta",
  lane3: "green",
  lane4: "blue",
  lane5: "yellow",
  lane6: "cyan",
} as const satisfies Record<Tone, Parameters<typeof styleText>[0] | undefined>;

/** What a user asked the output to look like. */
export interface StyleOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly noColor: boolean;
  readonly ascii: boolean;
  /** Global options that commands to be copied repeat. Default none. */
  readonly repeated?: readonly string[];
}

/**
 * Whether to colour a stream. `--no-color` rules; then FORCE_COLOR, as in Node itself; then NO_COLOR and dumb terminals; then whether anybody
 * looks at it.
 *
 * @see https://no-color.org
 * @see https://nodejs.org/api/cli.html#force_color1-2-3
 */
function wantsColor(stream: OutputStream, { env, noColor }: StyleOptions): boolean {
  if (noColor) return false;
  const force = env["FORCE_COLOR"];
  if (force !== undefined) return force !== "0" && force !== "false";
  if (env["NO_COLOR"] !== undefined && env["NO_COLOR"] !== "") return false;
  return stream.isTTY && env["TERM"] !== "dumb";
}

/** What terminals on Windows say of themselves; the old console says nothing, and its fonts have few signs. */
const WINDOWS_TERMINALS = ["WT_SESSION", "TERM_PROGRAM", "TERMINAL_EMULATOR", "ConEmuTask", "TERM"];

/**
 * Whether signs beyond ASCII can be shown on a stream: wherever nothing speaks against it, as a locale with another encoding does, or
 * the Linux console, whose fonts have few signs. A file or pipe takes everything.
 *
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html#tag_08_02
 */
function showsUnicode(stream: OutputStream, { env, ascii }: StyleOptions): boolean {
  if (ascii) return false;
  if (!stream.isTTY) return true;
  if (env["TERM"] === "linux") return false;
  if (env["OS"] === "Windows_NT") return WINDOWS_TERMINALS.some((name) => env[name] !== undefined);
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "";
  return locale === "" || /utf-?8/i.test(locale);
}

/**
 * What the user has to put before the name of the program, which npx finds and a shell does not.
 *
 * @see https://docs.npmjs.com/cli/commands/npx
 */
const findLauncher = ({ npm_command: command, npm_lifecycle_event: event }: StyleOptions["env"]): string =>
  command === "exec" && event === "npx" ? "npx " : "";

const NARROWEST = 40;
const WIDEST = 120;
const USUAL = 80;

/** The look of a stream. */
export function chooseStyle(stream: OutputStream, options: StyleOptions): Style {
  const color = wantsColor(stream, options);
  const columns = stream.isTTY ? (stream.columns ?? USUAL) : USUAL;
  return {
    width: Math.min(Math.max(columns, NARROWEST), WIDEST),
    repeated: options.repeated ?? [],
    launcher: findLauncher(options.env),
    symbols: showsUnicode(stream, options) ? UNICODE : ASCII,
    // The decision was made above, from the world that was passed in: Node must not look at the real stream.
    paint: (tone, text) => {
      const format = color && text !== "" ? FORMATS[tone] : undefined;
      return format === undefined ? text : styleText(format, text, { validateStream: false });
    },
  };
}

/** The same look without colours. */
export const withoutColor = (style: Style): Style => ({ ...style, paint: (_tone, text) => text });
