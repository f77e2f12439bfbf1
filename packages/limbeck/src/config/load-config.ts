import { dirname, join, resolve } from "node:path";
import { configErrors } from "../kernel/errors/config-errors.ts";
import { DEFAULT_NAMING_CONVENTION } from "../schema/builder/naming-convention.ts";
import { DEFAULT_FILE_TEMPLATE } from "../scripts/file-template.ts";
import { loadModule, tryLoading, type Loaded } from "../scripts/load-module.ts";
import { readRevisionSource } from "../scripts/revision-file.ts";
import { DEFAULT_SLUG_LENGTH } from "../scripts/slug.ts";
import { checkConfig } from "./check-config.ts";
import { chooseNamed, type ChosenConfig } from "./choose-named.ts";
import { findConfig, type ConfigSearch } from "./find-config.ts";
import type { ConfigContext, LimbeckConfig, SharedConfig } from "./limbeck-config.ts";
import { createPasswordReader } from "./read-password.ts";
import { readEnvFile } from "./read-env-file.ts";
import type { ResolvedConfig } from "./resolved-config.ts";

/** What the command line says of how long statements wait and take, as the config would say it. */
export type LimitOptions = Pick<SharedConfig, "tableLockTimeout" | "tableLockTries" | "statementTimeout"> & {
  /** Comes before the config, and before a larger one of a revision. */
  readonly maxReplicaLag?: number;
};

/** Where the config is looked for, and what the command line adds to it. */
export interface LoadConfigOptions extends ConfigSearch {
  /** The config itself, in the place of a file: relative paths in it count from `cwd`. */
  readonly config?: LimbeckConfig;
  /** The URL given with `--url`. */
  readonly url?: string;
  /** A database that is open already, instead of the config's; it is used as it is, and not closed. */
  readonly connection?: object;
  /** The seconds given with `--lock-timeout`. */
  readonly lockTimeout?: number;
  /** What `--table-lock-timeout`, `--table-lock-tries`, `--statement-timeout` and `--max-replica-lag` say. Default: as the config has it. */
  readonly limits?: LimitOptions;
  /** The values of `-x key=value`. Default: none. */
  readonly x?: Readonly<Record<string, string>>;
  /** Whether a database has to be known. Default true; false leaves `url` empty, and calls no `connection`. */
  readonly needsDatabase?: boolean;
}

const DEFAULT_LOCK_TIMEOUT = 60;

const MILLISECONDS = 1000;

type Variables = Readonly<Record<string, string | undefined>>;

function requireLoaded<Value>(loaded: Loaded<Value>): Value {
  if (loaded.ok) return loaded.value;
  const { location, message, fix, error } = loaded.failure;
  throw configErrors.configBroken({ location, message, ...(fix !== undefined && { fix }) }, error);
}

async function readConfig(path: string, context: ConfigContext): Promise<ChosenConfig> {
  const text = readRevisionSource(path);
  const exports = requireLoaded(await loadModule(path, text));
  const exported = exports["default"];
  if (exported === undefined) {
    const names = Object.keys(exports);
    const found = names.length > 0 ? `It exports ${names.join(", ")}, but nothing as default.` : "It exports nothing.";
    throw configErrors.noDefaultExport({ path, found });
  }
  const value: unknown =
    typeof exported === "function"
      ? requireLoaded(await tryLoading(path, async (): Promise<unknown> => exported(context)))
      : exported;
  return chooseNamed(checkConfig(value, path, text), { path, text, x: context.x });
}

type DatabasePlace = Pick<ResolvedConfig, "url" | "urlSource" | "urlFolder" | "connection">;

async function callConnection(path: string, { connection }: SharedConfig): Promise<object | undefined> {
  if (!connection) return undefined;
  const value: unknown = requireLoaded(await tryLoading(path, async (): Promise<unknown> => connection()));
  // Some drivers give a function.
  if ((typeof value === "object" && value !== null) || typeof value === "function") return value;
  throw configErrors.invalidValue({
    location: { path },
    key: "connection",
    expected: "a function that gives an open database",
    found: `a function that gives ${value === null ? "null" : typeof value}`,
  });
}

async function chooseDatabase(
  options: LoadConfigOptions,
  config: SharedConfig,
  { path, envFile }: { readonly path: string; readonly envFile: Variables },
): Promise<DatabasePlace> {
  const folder = dirname(path);
  // Most often a shell variable that is not set: the database in the config is certainly not meant.
  if (options.url?.trim() === "") throw configErrors.urlEmpty({});
  // What is typed means the folder one is in; what is written in a file means the folder of that file.
  if (options.url) return { url: options.url, urlSource: "--url", urlFolder: options.cwd };
  const connection = options.connection ?? (await callConnection(path, config));
  if (connection) return { url: "", urlSource: "connection", urlFolder: folder, connection };
  const variable = config.urlVariable ?? "DATABASE_URL";
  const fromEnvironment = options.env[variable];
  if (fromEnvironment) return { url: fromEnvironment, urlSource: variable, urlFolder: folder };
  const fromFile = envFile[variable];
  if (fromFile) return { url: fromFile, urlSource: ".env", urlFolder: folder };
  if (config.url) return { url: config.url, urlSource: "config", urlFolder: folder };
  throw configErrors.urlMissing({ path, variable });
}

const fileTemplateFor = (idStyle: ResolvedConfig["idStyle"]): string =>
  idStyle === "random" ? DEFAULT_FILE_TEMPLATE : "{rev}_{slug}";

/** What has no default, as far as the config says it. */
function pickOptional(config: ChosenConfig): Partial<ResolvedConfig> {
  const {
    databaseName,
    driver,
    scratch,
    models,
    timezone,
    drizzleCasing,
    includeName,
    includeObject,
    processRevision,
    tenants,
    maxReplicaLag,
    replicas,
  } = config;
  return {
    ...(databaseName !== undefined && { databaseName }),
    ...(drizzleCasing && { drizzleCasing }),
    ...(includeName && { includeName }),
    ...(includeObject && { includeObject }),
    ...(processRevision && { processRevision }),
    ...(tenants && { tenants }),
    ...(maxReplicaLag !== undefined && { maxReplicaLag }),
    ...(replicas && { replicas }),
    ...(driver !== undefined && { driver }),
    ...(scratch !== undefined && { scratch }),
    ...(models !== undefined && { models }),
    ...(timezone !== undefined && { timezone }),
  };
}

/** How runs are framed, and where they are written down. */
function resolveBookkeeping(
  config: LimbeckConfig,
): Pick<ResolvedConfig, "versionTable" | "historyTable" | "transactions" | "requireUnedited" | "keepDowngrades"> {
  const {
    versionTable = "limbeck_version",
    transactions = "revision",
    requireUnedited = false,
    keepDowngrades = 0,
  } = config;
  const { historyTable = `${versionTable.replace(/_version$/i, "")}_history` } = config;
  return { versionTable, historyTable, transactions, requireUnedited, keepDowngrades };
}

/** How long statements wait and take; what each engine takes for sensible it knows itself. */
function resolveLimits({ tableLockTimeout, tableLockTries, statementTimeout = 0 }: LimitOptions) {
  return {
    ...(tableLockTimeout !== undefined && { tableLockTimeout: tableLockTimeout * MILLISECONDS }),
    ...(tableLockTries !== undefined && { tableLockTries }),
    statementTimeout: statementTimeout * MILLISECONDS,
  };
}

/** What has a default. */
function fillDefaults(config: ChosenConfig) {
  const { idStyle = "random", fileTemplate = fileTemplateFor(idStyle) } = config;
  return {
    idStyle,
    fileTemplate,
    slugLength: config.slugLength ?? DEFAULT_SLUG_LENGTH,
    protected: config.protected ?? false,
    requireProof: config.requireProof ?? false,
    recursiveVersionLocations: config.recursiveVersionLocations ?? false,
    ...resolveBookkeeping(config),
    comparators: config.comparators ?? [],
    hooks: config.hooks ?? {},
    postWriteHooks: config.postWriteHooks ?? [],
    namingConvention: { ...DEFAULT_NAMING_CONVENTION, ...config.namingConvention },
  };
}

/**
 * Finds and loads the config, and fills in what it leaves out. Changes nothing in the process.
 *
 * @throws ConfigError when there is no config, it cannot be loaded, says something that means nothing, or no URL is known
 */
export async function loadConfig(options: LoadConfigOptions): Promise<ResolvedConfig> {
  const path = options.config ? join(options.cwd, "config") : findConfig(options);
  const folder = dirname(path);
  const envFile = readEnvFile(join(folder, ".env"));
  const variables = { ...envFile, ...options.env };
  const { x = {} } = options;
  const config = options.config
    ? chooseNamed(checkConfig(options.config, path, ""), { path, text: "", x })
    : await readConfig(path, { env: variables, x });
  const readPassword = createPasswordReader(config, { folder, env: variables });
  const migrationsFolder = resolve(folder, config.migrations ?? "migrations");
  return {
    path,
    ...(options.needsDatabase === false
      ? { url: "", urlSource: "config", urlFolder: folder }
      : await chooseDatabase(options, config, { path, envFile })),
    ...pickOptional(config),
    variables,
    lockTimeout: (options.lockTimeout ?? config.lockTimeout ?? DEFAULT_LOCK_TIMEOUT) * MILLISECONDS,
    ...resolveLimits({ ...config, ...options.limits }),
    ...(options.limits?.maxReplicaLag !== undefined && { replicaLagCap: options.limits.maxReplicaLag }),
    ...(readPassword !== undefined && { readPassword }),
    migrationsFolder,
    ...(config.schemaFile !== undefined && { schemaFile: resolve(folder, config.schemaFile) }),
    seedsFolder: resolve(folder, config.seeds ?? "seeds"),
    versionLocations: config.versionLocations?.map((location) => resolve(folder, location)) ?? [
      join(migrationsFolder, "versions"),
    ],
    ...fillDefaults(config),
  };
}
