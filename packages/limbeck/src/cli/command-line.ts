/** A command line, taken apart as far as that goes without knowing the command. */
export interface CommandLine {
  readonly command: string | undefined;
  /** What belongs to the command; global options that stood before it come first. */
  readonly args: readonly string[];
  readonly wantsHelp: boolean;
  readonly wantsVersion: boolean;
  /** How to say what is wrong with the line, should something be wrong with it. */
  readonly json: boolean;
  /** Whether JSON comes line by line, as things happen. */
  readonly streams: boolean;
  readonly noColor: boolean;
  readonly ascii: boolean;
}

/** Global options that are followed by a value. */
const TAKE_VALUE: ReadonlySet<string> = new Set(["--config", "-c", "--url", "-x", "--x-arg"]);

/** Global options that are there or not; saying so twice does no harm, since one may come from a shell alias. */
const SWITCHES: ReadonlySet<string> = new Set(["--json", "--quiet", "-q", "--no-color", "--ascii"]);

/** Short options whose value may be glued to them, as in `-r-3:current`. */
const GLUED = /^-([cmrx])([^=].*)$/s;

/** `--message=` and a value with line breaks, which the parser does not recognise. */
const UNUSUAL_VALUE = /^(--?[a-zA-Z][\w.-]*)=(|[^-].*\n.*)$/s;

/** JSON, line by line. */
export const STREAM = "--json=stream";

/** Writes one word the way the parser reads it. */
function normalizeWord(word: string): readonly string[] {
  // The parser knows a switch only.
  if (word === STREAM) return ["--json"];
  const glued = GLUED.exec(word);
  if (glued) return normalizeWord(`-${glued[1] ?? ""}=${glued[2] ?? ""}`);
  const unusual = UNUSUAL_VALUE.exec(word);
  return unusual ? [unusual[1] ?? "", unusual[2] ?? ""] : [word];
}

/** How many words at the beginning are global options with their values. */
function countLeadingOptions(words: readonly string[]): number {
  let index = 0;
  while (index < words.length) {
    const word = words[index] ?? "";
    if (!word.startsWith("-")) return index;
    index += TAKE_VALUE.has(word) ? 2 : 1;
  }
  return words.length;
}

const isFirstMention = (word: string, index: number, words: readonly string[]): boolean =>
  !SWITCHES.has(word) || words.indexOf(word) === index;

/** Takes a command line apart. */
export function splitCommandLine(argv: readonly string[]): CommandLine {
  const end = argv.indexOf("--");
  const written = end === -1 ? argv : argv.slice(0, end);
  const options = written.flatMap(normalizeWord).filter(isFirstMention);
  const literal = end === -1 ? [] : argv.slice(end);
  const leading = countLeadingOptions(options);
  const has = (...names: readonly string[]): boolean => options.some((word) => names.includes(word));
  return {
    command: options[leading],
    args: [...options.slice(0, leading), ...options.slice(leading + 1), ...literal],
    wantsHelp: has("--help", "-h"),
    wantsVersion: has("--version"),
    json: has("--json"),
    streams: written.includes(STREAM),
    noColor: has("--no-color"),
    ascii: has("--ascii"),
  };
}
