import type { NamingConvention } from "../schema/builder/naming-convention.ts";
import type { PostWriteHook } from "../scripts/hooks/post-write-hook.ts";
import type { VersionLocations } from "../scripts/list-revision-files.ts";
import type { Comparator } from "./comparator.ts";
import type { ConfigHooks } from "../runtime/hooks/config-hooks.ts";
import type { TransactionScope } from "../runtime/run-context.ts";
import type { SharedConfig } from "./limbeck-config.ts";
import type { IdStyle } from "../scripts/revision-id.ts";

/** Where the database URL came from: `--url`, the name of a variable, `.env`, `config`, or `connection` where there is none. */
export type UrlSource = string;

/** A config with everything filled in and all paths absolute. */
export interface ResolvedConfig extends VersionLocations {
  /** Absolute path of the config file. */
  readonly path: string;
  /** Empty where there is a connection instead. */
  readonly url: string;
  readonly urlSource: UrlSource;
  /** What `databases` of the config calls it; absent where there are not several. */
  readonly databaseName?: string;
  /** Whether its name has to be given before anything in it is destroyed. */
  readonly protected: boolean;
  /** How long a run waits for another one, in milliseconds; 0 tries once. */
  readonly lockTimeout: number;
  /** How long a statement waits for other sessions, in milliseconds; 0 for as long as the server lets it. Absent where nobody asked for anything. */
  readonly tableLockTimeout?: number;
  /** How often it is tried. Absent where nobody asked for anything. */
  readonly tableLockTries?: number;
  /** How long a statement may take, in milliseconds; 0 is no limit. */
  readonly statementTimeout: number;
  /** How far behind replicas may be during a backfill, in seconds. Absent where nobody is waited for. */
  readonly maxReplicaLag?: number;
  /** The most that any backfill lets them be behind, whatever it names itself, in seconds. Absent where nobody asked for that. */
  readonly replicaLagCap?: number;
  /** Which replicas count, as the config names them. */
  readonly replicas?: readonly string[];
  /** The folder that a relative path in the URL counts from. */
  readonly urlFolder: string;
  /** The open database that takes the place of the URL. */
  readonly connection?: object;
  /** The npm package to reach the database through, where the URL leaves a choice. */
  readonly driver?: string;
  /** The environment, with what `.env` adds to it. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Gives the password that a URL leaves out, where the config says where to find it. */
  readonly readPassword?: () => Promise<string>;
  /** URL of a database to build schemas on, where none may be created. */
  readonly scratch?: string;
  /** Whether commands fail where they cannot have one. */
  readonly requireProof: boolean;
  readonly tenants?: NonNullable<SharedConfig["tenants"]>;
  /** As the config has it; see `openSource`. */
  readonly models?: unknown;
  readonly drizzleCasing?: NonNullable<SharedConfig["drizzleCasing"]>;
  /** Absolute path of the folder that holds `template.ts`, and `versions/` unless revision files lie elsewhere. */
  readonly migrationsFolder: string;
  /** Absolute path of the file that says what the schema is. */
  readonly schemaFile?: string;
  /** Absolute path of the folder with seeds; it need not be there. */
  readonly seedsFolder: string;
  readonly versionTable: string;
  readonly historyTable: string;
  readonly transactions: TransactionScope;
  /** Whether nothing runs while an applied file is another one than when it was applied. */
  readonly requireUnedited: boolean;
  /** Of how many revisions, the last of each run, the journal keeps how they are taken back. */
  readonly keepDowngrades: number;
  readonly idStyle: IdStyle;
  readonly fileTemplate: string;
  readonly slugLength: number;
  /** Default: the system's. */
  readonly timezone?: string;
  /** What is called around runs and their revisions. */
  readonly hooks: ConfigHooks;
  readonly postWriteHooks: readonly PostWriteHook[];
  readonly namingConvention: NamingConvention;
  /** What looks at things that Limbeck does not compare. */
  readonly comparators: readonly Comparator[];
  readonly includeName?: NonNullable<SharedConfig["includeName"]>;
  readonly includeObject?: NonNullable<SharedConfig["includeObject"]>;
  readonly processRevision?: NonNullable<SharedConfig["processRevision"]>;
}
