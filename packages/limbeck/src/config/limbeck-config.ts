import type { Comparator } from "./comparator.ts";
import type { DrizzleCasing } from "../sources/drizzle/load-drizzle-kit.ts";
import type { ComparedObject, IncludeCompared } from "../diff/mask/compared-object.ts";
import type { Operation } from "../ops/operation.ts";
import type { NamingConvention } from "../schema/builder/naming-convention.ts";
import type { PostWriteHook } from "../scripts/hooks/post-write-hook.ts";
import type { ConfigHooks } from "../runtime/hooks/config-hooks.ts";
import type { TransactionScope } from "../runtime/run-context.ts";
import type { IdStyle } from "../scripts/revision-id.ts";

/** What autogenerate found. */
export interface GeneratedRevision {
  /** What the revision is about, in one line. */
  readonly message: string;
  readonly upgrade: readonly Operation[];
  readonly downgrade: readonly Operation[];
}

/** One of many databases that share models and revisions. */
export interface Tenant {
  /** What it is called in reports. */
  readonly name: string;
  /** Of the same engine as `url`; relative paths count from the config's folder. A schema of PostgreSQL: `postgres://host/app?schema=acme`. */
  readonly url: string;
}

/** What lists tenants: a function, so that it runs only when it is asked for; a generator need not hold all of them at once. */
export type ListTenants = () => Iterable<Tenant> | AsyncIterable<Tenant> | Promise<Iterable<Tenant>>;

/** What `limbeck.config.ts` may say of one database, or of all of several. */
export interface SharedConfig {
  /**
   * The database, for example `sqlite:todo.db`. Relative paths count from the config's folder. `--url`, `DATABASE_URL` in the environment and
   * `DATABASE_URL` in `.env` beside the config come before it, in this order; see `urlVariable`.
   */
  readonly url?: string;
  /** The variable of the environment, and of `.env`, that comes before `url`. Default `DATABASE_URL`, or `NAME_DATABASE_URL` in `databases`. */
  readonly urlVariable?: string;
  /**
   * The npm package that the database is reached through, where there are several; see the documents of the dialect. Default: the one that needs the
   * least installed.
   */
  readonly driver?: string;
  /**
   * A file that holds the password of the database and nothing else, relative to the config: a secret that is mounted into a container, for example. It is read
   * when the URL holds no password and the server wants one.
   */
  readonly passwordFile?: string;
  /**
   * A program that prints the password, with its arguments: `"pass show app/database"`. It is run without a shell, in the config's folder, at most once by a
   * command, when the URL holds no password and the server wants one. Not beside `passwordFile`.
   */
  readonly passwordCommand?: string;
  /**
   * An empty database of the same engine that Limbeck may use, and empty again, to build schemas and to prove revisions on, for example
   * `postgres://localhost/limbeck_scratch`. Default: one that is made for it and dropped afterwards; SQLite's is in memory.
   */
  readonly scratch?: string;
  /**
   * Whether commands that compare or generate fail where no scratch database can be had. Default false: they do with less, and say so; a revision that was not
   * tried says `Unproven` in its first lines.
   */
  readonly requireProof?: boolean;
  /**
   * Gives a database that your code has opened, instead of `url`: the object of the driver itself. It is used as it is, and not closed. Only `--url`
   * comes before it. Called once by every command.
   */
  readonly connection?: () => object | Promise<object>;
  /**
   * Whether whatever destroys data in this database wants its name, typed on a terminal or given with `--confirm`: the name under `databases`, or the last part of
   * the URL. Default false.
   */
  readonly protected?: boolean;
  /**
   * How long a run that has work to do waits for another run on the same database, in seconds; 0 tries once. `--lock-timeout` comes before it. Default 60.
   */
  readonly lockTimeout?: number;
  /**
   * How long a statement of a run waits for tables and rows that other sessions hold, in seconds, before it gives up and is tried again; 0 leaves it to the server. That is not
   * `lockTimeout`, which is about other runs. `--table-lock-timeout` comes before it. Default 2 on PostgreSQL, MariaDB and MySQL, or less where the server has a shorter one; on SQLite 10.
   */
  readonly tableLockTimeout?: number;
  /**
   * How often a statement that did not get its lock is tried, with what was rolled back for it, after pauses that grow from one second to thirty; 1 tries once.
   * `--table-lock-tries` comes before it. Default 10; SQLite asks all the time and tries once.
   */
  readonly tableLockTries?: number;
  /**
   * How long a statement of a run may take, in seconds; one that takes longer fails, and is not tried again. 0 is no limit. `--statement-timeout` comes before it. SQLite has no such limit,
   * and MySQL only one for what reads. Default 0.
   */
  readonly statementTimeout?: number;
  /**
   * How far behind a replica may be, in seconds, before the next batch of an `op.backfill` that says nothing else waits for it. Not on SQLite. Default: none is waited for.
   */
  readonly maxReplicaLag?: number;
  /**
   * The replicas that are waited for: their URLs on MariaDB and MySQL, which do not know how far they are; on PostgreSQL the names that they give themselves (`application_name`). Default: all that
   * are connected to a PostgreSQL server, and none of MariaDB and MySQL.
   */
  readonly replicas?: readonly string[];
  /**
   * The databases that `upgrade --all` upgrades, each with these models and revisions: one for each customer, for example. `url` stays the one that all other
   * commands work on.
   */
  readonly tenants?: ListTenants;
  /**
   * What the database is to look like; only commands that compare read it.
   *
   * - A function that imports the module that exports the tables: `() => import("./app/models.ts")`. Also takes the tables themselves, alone, in
   *   a list or in an object.
   * - The path of an SQL file, or of a folder of them, relative to the config: `"schema.sql"`. It holds statements that create the
   *   schema, and is taken at its word: names and the order of columns count.
   */
  readonly models?: unknown;
  /**
   * How models of Drizzle mean names that they leave out: what `casing` is in your `drizzle.config.ts` and in the call of `drizzle()`. Default: as the properties are called.
   */
  readonly drizzleCasing?: DrizzleCasing;
  /** The folder that holds `versions/`, relative to the config. Default `migrations`. */
  readonly migrations?: string;
  /** The folders that hold revision files, relative to the config, for example one for each branch. Default: `versions` in `migrations`. */
  readonly versionLocations?: readonly string[];
  /** Whether revision files are also looked for in the folders inside of these. Default false. */
  readonly recursiveVersionLocations?: boolean;
  /**
   * A file that says what the schema is, to be committed: `"schema.sql"`, relative to the config. `upgrade`, `downgrade` and `reset` on the command line write it, unless the database is
   * `protected` or it runs in a pipeline (`CI`); `check` says when it is not what the database is. Default: none.
   */
  readonly schemaFile?: string;
  /** The folder of the files that `seed` runs, relative to the config. Default `seeds`. */
  readonly seeds?: string;
  /** The table that says where a database stands. Default `limbeck_version`. */
  readonly versionTable?: string;
  /** The journal of what ran. Default: as the version table, with `_history` in the place of `_version`. */
  readonly historyTable?: string;
  /**
   * How much is one transaction: each revision, all that one command runs, or nothing but single calls. Engines that commit every change of the schema by
   * themselves have no use for `run`. Default `revision`.
   */
  readonly transactions?: TransactionScope;
  /** Refuse to run while a file is another one than when it was applied. Default false: `status` warns, and `verify` fails. */
  readonly requireUnedited?: boolean;
  /**
   * Of how many revisions, the last of each run, the journal keeps how they are taken back, for `downgrade --from-history` where files are missing. For that a downgrade
   * is called with an `op` that does nothing, and what else it does it really does. Default 0, nothing.
   */
  readonly keepDowngrades?: number;
  /** How new revisions get their ids. Default `random`. */
  readonly idStyle?: IdStyle;
  /**
   * The name of a new revision file, without its ending. Tokens: `{rev}`, `{slug}`, `{year}`, `{month}`, `{day}`, `{hour}`, `{minute}`,
   * `{second}`, `{epoch}`, `{serial}`; with `recursiveVersionLocations`, slashes lead into folders. Default `{year}_{month}_{day}_{serial}_{slug}`, or `{rev}_{slug}` where ids tell the day.
   */
  readonly fileTemplate?: string;
  /** How long the part of the file name that comes from the message may be, in characters. Default 40. */
  readonly slugLength?: number;
  /** The clocks that dates of new files are read from, by IANA name: `UTC`, `Europe/Berlin`. Default: the system's. */
  readonly timezone?: string;
  /**
   * What happens to each new revision file once it is written, in this order: a formatter, a linter, a function of yours. One that fails makes the command
   * fail; the file stays.
   */
  readonly postWriteHooks?: readonly PostWriteHook[];
  /**
   * Called around runs and their revisions; see {@link ConfigHooks}. Not called where nothing runs, and not on scratch databases: by proofs, `test` and the like. Default: none.
   */
  readonly hooks?: ConfigHooks;
  /**
   * Whether a comparison sees what the database has by that name; what it does not see is left alone. Called with the kind: `table`, `column`, `constraint`,
   * `index`, `view`, `trigger`, `enum`, `sequence`, `object`. Default: it sees everything.
   */
  readonly includeName?: (
    name: string,
    kind: ComparedObject["kind"],
    context: { readonly table: string | undefined },
  ) => boolean;
  /** As `includeName`, for what the database has (`found`) and for what the models say (`wanted`), with all that is known of it. */
  readonly includeObject?: IncludeCompared;
  /**
   * Compare what Limbeck does not: rights, for example. Each is asked after the usual comparison with the configured database, and gives the operations that are
   * missing, as `defineOperation` or the types make them. They become a part of what `diff`, `check` and autogenerate find.
   */
  readonly comparators?: readonly Comparator[];
  /**
   * Changes what autogenerate is about to write: called with the operations of both directions, gives those to write. Where it gives none, there is nothing to
   * generate. What it gives is proven as it is, up, down and up again.
   */
  readonly processRevision?: (revision: GeneratedRevision) => GeneratedRevision | Promise<GeneratedRevision>;
  /** Names for constraints and indexes that the models don't name; what is left out keeps its default. */
  readonly namingConvention?: Partial<NamingConvention>;
}

/** What `limbeck.config.ts` may say. */
export interface LimbeckConfig extends SharedConfig {
  /**
   * Several databases by their names, each with models and revisions of its own; `-x db=NAME` says which one a command works on. What one of them
   * does not say is taken from the keys beside `databases`.
   */
  readonly databases?: Readonly<Record<string, SharedConfig>>;
}

/** What a config that is a function is told. */
export interface ConfigContext {
  /** The environment, with what `.env` adds to it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The values of `-x key=value`. */
  readonly x: Readonly<Record<string, string>>;
}

/** A config, or a function that makes one. */
export type ConfigExport = LimbeckConfig | ((context: ConfigContext) => LimbeckConfig | Promise<LimbeckConfig>);

/** A config without keys that nobody would read; a type parameter alone would let them through. */
type Exact<Config extends LimbeckConfig> = Config & {
  readonly [Key in Exclude<keyof Config, keyof LimbeckConfig>]: never;
};

/**
 * Gives the config its type; returns it unchanged.
 *
 * @example
 * export default defineConfig({
 *   url: "sqlite:todo.db",
 *   models: () => import("./app/models.ts"),
 * });
 */
export function defineConfig<Config extends LimbeckConfig>(
  config: (context: ConfigContext) => Exact<Config> | Promise<Exact<Config>>,
): (context: ConfigContext) => Config | Promise<Config>;
// The last one, because it is the one that the compiler explains a mistake with.
export function defineConfig(config: LimbeckConfig): LimbeckConfig;
export function defineConfig(config: ConfigExport): ConfigExport {
  return config;
}
