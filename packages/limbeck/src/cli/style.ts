import { styleText } from "node:util";
import type { OutputStream } from "./world.ts";

/** What a piece of text is; how that looks is decided in one place. */
export type Tone = "error" | "good" | "warning" | "dim" | "strong" | "added" | "removed" | "changed" | "command";

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
}

/** How text looks on one stream. */
export interface Style {
  /** Columns that prose is wrapped at. */
  readonly width: number;
  readonly symbols: Symbols;
  readonly paint: (tone: Tone, text: string) => string;
  /** Global options that were given, and that commands to be copied have to have as well. */
  readonly repeated: readonly string[];
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
};

const FORMATS = {
  error: ["red", "bold"],
  good: "green",
  warning: "yellow",
  dim: "dim",
  strong: "bold",
  added: "green",
  removed: "red",
  changed: "yellow",
  command: "cyan",
} as const satisfies Record<Tone, Parameters<typeof styleText>[0]>;

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
    symbols: options.ascii ? ASCII : UNICODE,
    // The decision was made above, from the world that was passed in: Node must not look at the real stream.
    paint: (tone, text) => (color ? styleText(FORMATS[tone], text, { validateStream: false }) : text),
  };
}
