import { EXIT_CODES } from "../exit-code.ts";
import { defineErrors, type CatalogueEntry, type ErrorFamily } from "./define-errors.ts";
import { LimbeckError } from "./limbeck-error.ts";
import type { Retypings } from "./retyping.ts";
import { formatLocation, maskLocation, offerEdit, withFrame, type SourceLocation } from "./source-location.ts";

/** The config is missing or cannot be used; `reason` says why. */
export class ConfigError extends LimbeckError {
  override readonly name: string = "ConfigError";
}

type ConfigErrorContexts = {
  readonly configMissing: { readonly folder: string; readonly names: readonly string[] };
  readonly configNotFound: { readonly path: string; readonly source: string };
  readonly configBroken: { readonly location: SourceLocation; readonly message: string; readonly fix?: string };
  readonly noDefaultExport: { readonly path: string; readonly found: string };
  readonly unknownKey: {
    readonly location: SourceLocation;
    readonly key: string;
    readonly similar?: string;
    readonly known: readonly string[];
  };
  readonly invalidValue: {
    readonly location: SourceLocation;
    readonly key: string;
    readonly expected: string;
    readonly found: string;
  };
  readonly replicasUnknown: {
    /** Undefined where the command line speaks of them. */
    readonly path: string | undefined;
    readonly key: string;
    readonly engine: string;
  };
  readonly limitUnknown: { readonly path: string; readonly key: string; readonly engine: string };
  readonly urlEmpty: Readonly<Record<string, never>>;
  readonly urlMissing: { readonly path: string; readonly variable: string };
  readonly databaseNotChosen: { readonly names: readonly string[] };
  readonly databaseUnknown: {
    readonly name: string;
    readonly names: readonly string[];
    readonly similar: string | undefined;
  };
  readonly databaseNested: { readonly path: string; readonly name: string };
  readonly tenantsMissing: { readonly path: string };
  readonly tenantOfAnotherEngine: { readonly path: string; readonly tenant: string; readonly url: string };
  readonly envFileUnreadable: { readonly path: string; readonly message: string };
};

/** The same command for each of the databases. */
const retypeDatabase = (names: readonly string[]): readonly Retypings[] =>
  names.map((name) => [{ kind: "option", name: "-x", value: `db=${name}` }]);

const family = defineErrors<ConfigErrorContexts>(ConfigError, EXIT_CODES.usage, {
  configMissing: {
    code: "LB0101",
    title: ({ folder }) => `No limbeck.config.ts in ${folder} or above it.`,
    why: ({ names }) => `Looked for ${names.join(", ")}, up to the folder that has a package.json.`,
    fix: () => ["limbeck init"],
    retype: () => [[{ kind: "option", name: "--config", value: "path/to/limbeck.config.ts" }]],
    explain:
      "Every command needs to know the database and the migrations folder, which the config says. It is taken from --config, else from " +
      "LIMBECK_CONFIG, else searched from the current folder upwards to the package's root. `limbeck init` writes one.",
  },
  configNotFound: {
    code: "LB0102",
    title: ({ path }) => `There is no config at ${path}.`,
    why: ({ source }) => `The path was given by ${source}.`,
    fix: () => ["limbeck status", "limbeck init"],
    explain:
      "A path given with --config or in LIMBECK_CONFIG is used as it is and nothing else is searched. Correct it, or leave it out.",
  },
  configBroken: {
    code: "LB0103",
    title: ({ location, message }) => `${formatLocation(location)}: ${message}`,
    why: ({ location }) => withFrame("The config cannot be loaded.", location),
    fix: ({ location, fix }) => [fix ?? offerEdit(location)],
    explain:
      "The config is a module that is run. It has a syntax error, imports something that is not there, or threw an error. " +
      "`npx tsc --noEmit` finds the first two.",
  },
  noDefaultExport: {
    code: "LB0104",
    title: ({ path }) => `${path} exports no config.`,
    why: ({ found }) => found,
    fix: ({ path }) => [`end ${path} with \`export default defineConfig({ ... });\``],
    explain:
      "The config's default export is an object, or a function that returns one (also as a promise): " +
      '`import { defineConfig } from "limbeck"; export default defineConfig({ url: "...", models: () => import("./models.ts") });`.',
  },
  unknownKey: {
    code: "LB0105",
    title: ({ location, key }) => `${formatLocation(location)}: the config knows no "${key}".`,
    why: ({ location, similar, known }) =>
      withFrame(similar ? `Did you mean "${similar}"?` : `It knows ${known.join(", ")}.`, location),
    fix: ({ location, key, similar }) => [
      similar
        ? `write ${similar} instead of ${key} in ${formatLocation(location)}`
        : `remove ${key} from ${formatLocation(location)}`,
    ],
    explain:
      "A key that means nothing would be a setting that silently does not work. All keys are described at the type LimbeckConfig.",
  },
  invalidValue: {
    code: "LB0106",
    title: ({ location, key }) => `${formatLocation(location)}: ${key} in the config is not usable.`,
    why: ({ location, expected, found }) => withFrame(`Expected ${expected}, found ${found}.`, location),
    fix: ({ location }) => [offerEdit(location)],
    explain: "Write the config with `defineConfig` and your editor shows what each key takes.",
  },
  limitUnknown: {
    code: "LB0126",
    title: ({ key, engine }) => `${key} means nothing to ${engine}.`,
    why: () => "The engine cannot end a statement that takes too long, so that the limit would not hold.",
    fix: ({ path, key }) => [offerEdit(path, `without ${key}, or without its option`)],
    explain:
      "Servers end a statement that takes longer than a limit; SQLite has no such limit. A limit that is asked for and does not hold would be worse than none.",
  },
  replicasUnknown: {
    code: "LB0127",
    title: ({ key, engine }) => `${key} means nothing to ${engine}.`,
    why: () => "The engine has no replicas that could be behind, so that nobody would be waited for.",
    fix: ({ path, key }) => [path === undefined ? "limbeck upgrade --help" : offerEdit(path, `without ${key}`)],
    explain:
      "`maxReplicaLag`, `replicas` and `--max-replica-lag` are about servers that copy another one. A limit that is asked for and does not hold would be worse than none. In a config for several engines, write the keys for those that have replicas only; " +
      "the option of `op.backfill` is passed over with a notice, because revisions may be for several engines.",
  },
  urlEmpty: {
    code: "LB0120",
    title: () => "--url is empty.",
    why: () =>
      "Most often a shell variable in it is not set. The database of the config is not used instead: it is hardly what was meant.",
    fix: () => ["limbeck status"],
    // As it was typed, but for the URL.
    retype: () => [[], [{ kind: "option", name: "--url", value: "URL" }]],
    explain:
      "Give a URL with --url, or leave the option out to use the database of the environment, of .env or of the config.",
  },
  urlMissing: {
    code: "LB0107",
    title: () => "Nothing says which database to use.",
    why: ({ path, variable }) =>
      `There is no --url, no ${variable} in the environment or in .env beside the config, and no url in ${path}.`,
    fix: ({ path }) => [`set url in ${path}`],
    retype: () => [[{ kind: "option", name: "--url", value: "URL" }]],
    explain:
      "The URL of the database is taken from --url, else from DATABASE_URL in the environment, else from DATABASE_URL in the file .env beside the " +
      "config, else from `url` in the config; `urlVariable` in the config names another variable. Relative paths in it count from the config's folder; in --url, from the current one.",
  },
  databaseNotChosen: {
    code: "LB0121",
    title: ({ names }) => `The config has ${names.length} databases, and nothing says which one is meant.`,
    why: ({ names }) => `They are ${names.join(", ")}.`,
    fix: () => ["limbeck explain LB0121"],
    retype: ({ names }) => retypeDatabase(names),
    explain:
      "`databases` in the config describes several databases, each with models and revisions of its own. Every command works on one of them, " +
      "which -x db=NAME chooses, before the command or after it. Scripts in package.json save typing it.",
  },
  databaseUnknown: {
    code: "LB0122",
    title: ({ name }) => `The config has no database "${name}".`,
    why: ({ names, similar }) =>
      similar === undefined ? `It has ${names.join(", ") || "none"}.` : `Did you mean "${similar}"?`,
    fix: () => ["limbeck explain LB0122"],
    retype: ({ names }) => retypeDatabase(names),
    explain: "-x db=NAME chooses one of the entries of `databases` in the config, by the name it has there.",
  },
  databaseNested: {
    code: "LB0123",
    title: ({ name }) => `The database "${name}" of the config has databases of its own.`,
    why: () => "One name chooses one database, so they are all on one level.",
    fix: ({ path }) => [offerEdit(path)],
    explain: "Each entry of `databases` in the config takes every key but `databases` itself.",
  },
  tenantsMissing: {
    code: "LB0124",
    title: () => "The config lists no tenants.",
    why: ({ path }) => `--all means those that \`tenants\` in ${path} lists, and there is no such key.`,
    fix: ({ path }) => [offerEdit(path)],
    retype: () => [[{ kind: "option", name: "--all", value: undefined }]],
    explain:
      "`tenants` in the config is a function that lists databases with the same models and revisions, each as { name, url }: " +
      '`tenants: () => [{ name: "acme", url: "sqlite:tenants/acme.db" }]`. It may be an async generator that asks a database for them.',
  },
  tenantOfAnotherEngine: {
    code: "LB0125",
    title: ({ tenant }) => `The tenant "${tenant}" is of another engine than the project.`,
    why: ({ url }) => `Its URL is ${url}.`,
    fix: ({ path }) => [offerEdit(path)],
    explain:
      "All tenants of a config are of the engine of its `url`: revisions are proven on it. Databases of another engine belong into a config of their own, or under `databases`.",
  },
  envFileUnreadable: {
    code: "LB0108",
    title: ({ path }) => `${path} cannot be read.`,
    why: ({ message }) => message,
    fix: ({ path }) => [`ls -l ${path}`],
    explain:
      "A file .env lies beside the config, but the system refused to open it. Running without it might reach another database than meant.",
  },
});

const { create } = family;

/** What is told of a place: passwords stand in configs. */
const mask = <Context extends { readonly location: SourceLocation }>(context: Context): Context => ({
  ...context,
  location: maskLocation(context.location),
});

/** Builds the errors of the config. */
export const configErrors: ErrorFamily<ConfigErrorContexts>["create"] = {
  ...create,
  configBroken: (context, cause) => create.configBroken(mask(context), cause),
  unknownKey: (context, cause) => create.unknownKey(mask(context), cause),
  invalidValue: (context, cause) => create.invalidValue(mask(context), cause),
};

/** The part of the error catalogue about the config. */
export const configErrorEntries: readonly CatalogueEntry[] = family.entries;
