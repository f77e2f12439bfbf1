import type { FlagParametersForType } from "@stricli/core";
import { DATABASE_ARGUMENT } from "../config/database-argument.ts";
import { hidePasswords } from "../kernel/hide-passwords.ts";
import { quoteWord } from "../kernel/quote-word.ts";

/** Options that every command takes. */
export type GlobalFlags = {
  readonly config: string | undefined;
  readonly url: string | undefined;
  readonly xArg: readonly string[] | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly noColor: boolean;
  readonly ascii: boolean;
};

/** Leaves a value as it was written. */
export const asWritten = (text: string): string => text;

/** How a switch is declared: there is no `--no-` form. */
interface Switch {
  readonly kind: "boolean";
  readonly brief: string;
  readonly default: false;
  readonly withNegated: false;
}

/** Declares a switch. */
export const switchFlag = (brief: string): Switch => ({ kind: "boolean", brief, default: false, withNegated: false });

/** How an option with a value is declared. */
interface ValueFlag {
  readonly kind: "parsed";
  readonly parse: (text: string) => string;
  readonly brief: string;
  readonly placeholder: string;
  readonly optional: true;
}

/** Declares an option with a value. */
export const valueFlag = (placeholder: string, brief: string): ValueFlag => ({
  kind: "parsed",
  parse: asWritten,
  brief,
  placeholder,
  optional: true,
});

/** The declaration of the global options. */
export const GLOBAL_FLAGS: FlagParametersForType<GlobalFlags> = {
  config: valueFlag("FILE", "The config file; else LIMBECK_CONFIG, else limbeck.config.ts here or above"),
  url: valueFlag("URL", "The database, instead of the one in the config"),
  xArg: { ...valueFlag("KEY=VALUE", "A value for the config to use; may be repeated"), variadic: true },
  json: switchFlag("Print one JSON object on stdout and nothing else; =stream: one a line, as a run goes on"),
  quiet: switchFlag("Print data and errors only"),
  noColor: switchFlag("No colours"),
  ascii: switchFlag("No signs beyond ASCII"),
};

/** Short forms of the global options. */
export const GLOBAL_ALIASES = { c: "config", x: "xArg", q: "quiet" } as const;

/** The `-x` values as a record; one without an equals sign is empty, the last one of a name counts. */
export function readArguments(values: readonly string[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(
    values.map((value) => {
      const [key = "", ...rest] = value.split("=");
      return [key, rest.join("=")];
    }),
  );
}

/** How the URL of a database begins in a command. */
export const URL_OPTION = "--url ";

/**
 * The options that say which project and which database are meant, as they are typed, one each. A password in the URL is masked: typed as it stands there, the
 * command is refused by the server, where without the URL it would go to another database. Other values of `-x` are left out: they may hold what should not be printed.
 */
export function listRepeated({
  config,
  url,
  xArg = [],
}: Pick<GlobalFlags, "config" | "url" | "xArg">): readonly string[] {
  const database = xArg.findLast((value) => value.startsWith(`${DATABASE_ARGUMENT}=`));
  return [
    ...(config === undefined ? [] : [`--config ${quoteWord(config)}`]),
    ...(url === undefined ? [] : [`${URL_OPTION}${quoteWord(hidePasswords(url))}`]),
    ...(database === undefined ? [] : [`-x ${quoteWord(database)}`]),
  ];
}
