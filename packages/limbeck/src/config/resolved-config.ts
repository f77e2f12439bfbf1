import type { NamingConvention } from "../schema/builder/naming-convention.ts";
import type { IdStyle } from "../scripts/revision-id.ts";

/** Where the database URL came from. */
export type UrlSource = "--url" | "DATABASE_URL" | ".env" | "config" | "connection";

/** A config with everything filled in and all paths absolute. */
export interface ResolvedConfig {
  /** Absolute path of the config file. */
  readonly path: string;
  /** Empty where there is a connection instead. */
  readonly url: string;
  readonly urlSource: UrlSource;
  /** The folder that a relative path in the URL counts from. */
  readonly urlFolder: string;
  /** The open database that takes the place of the URL. */
  readonly connection?: object;
  /** The npm package to reach the database through, where the URL leaves a choice. */
  readonly driver?: string;
  /** As the config has it; see `openSource`. */
  readonly models?: unknown;
  /** Absolute path of the folder that holds `versions/`. */
  readonly migrationsFolder: string;
  /** Absolute path of the folder that holds the revision files. */
  readonly versionsFolder: string;
  readonly versionTable: string;
  readonly idStyle: IdStyle;
  readonly fileTemplate: string;
  readonly slugLength: number;
  readonly namingConvention: NamingConvention;
}
