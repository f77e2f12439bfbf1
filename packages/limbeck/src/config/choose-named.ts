import { findClosestName } from "../kernel/closest-name.ts";
import { configErrors } from "../kernel/errors/config-errors.ts";
import { checkConfig } from "./check-config.ts";
import { DATABASE_ARGUMENT } from "./database-argument.ts";
import type { LimbeckConfig, SharedConfig } from "./limbeck-config.ts";

/** Where a config was read, and what `-x` says. */
export interface NamedChoice {
  readonly path: string;
  readonly text: string;
  readonly x: Readonly<Record<string, string>>;
}

/** The config of one database. */
export interface ChosenConfig extends SharedConfig {
  /** What it is called among several. */
  readonly databaseName?: string;
}

/** `work-log` has `WORK_LOG_DATABASE_URL`: one variable cannot name several databases. */
const variableOf = (name: string): string => `${name.replaceAll(/\W/g, "_").toUpperCase()}_DATABASE_URL`;

/**
 * The config of one database: of a config with several, the one that `-x db=NAME` names, with what they share.
 *
 * @throws ConfigError when there are several and none is named, or one that is not there, or what it says cannot be used
 */
export function chooseNamed(config: LimbeckConfig, { path, text, x }: NamedChoice): ChosenConfig {
  const { databases, ...shared } = config;
  if (!databases) return shared;
  const names = Object.keys(databases);
  const name = x[DATABASE_ARGUMENT] ?? "";
  if (name === "") throw configErrors.databaseNotChosen({ names });
  const chosen: unknown = Object.hasOwn(databases, name) ? databases[name] : undefined;
  if (chosen === undefined) {
    throw configErrors.databaseUnknown({ name, names, similar: findClosestName(name, names) });
  }
  const { databases: nested, ...own } = checkConfig(chosen, path, text);
  if (nested) throw configErrors.databaseNested({ path, name });
  return { databaseName: name, urlVariable: variableOf(name), ...shared, ...own };
}
