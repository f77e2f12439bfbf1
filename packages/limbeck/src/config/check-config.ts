import { dirname, isAbsolute, relative, resolve } from "node:path";
import { findClosestName } from "../kernel/closest-name.ts";
import { configErrors } from "../kernel/errors/config-errors.ts";
import { locateOffset, type SourceLocation } from "../kernel/errors/source-location.ts";
import { splitWords } from "../kernel/split-words.ts";
import { FILE_TOKENS, findTemplateProblem } from "../scripts/file-template.ts";
import { findHooksProblem } from "../scripts/hooks/post-write-hook.ts";
import { SourceScanner } from "../scripts/source-scanner.ts";
import { findRunHooksProblem, HOOK_NAMES } from "./find-run-hooks-problem.ts";
import type { LimbeckConfig } from "./limbeck-config.ts";

interface KeyRule {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
  /** What a value is that is not accepted. Default: the text itself, else its kind. */
  readonly describe?: (value: unknown) => string;
}

const isText = (value: unknown): boolean => typeof value === "string" && value.trim() !== "";

const isFunction = (value: unknown): boolean => typeof value === "function";

const NAMING_KINDS: ReadonlySet<string> = new Set(["primaryKey", "unique", "check", "foreignKey", "index"]);

function isNamingConvention(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).every(([kind, name]) => NAMING_KINDS.has(kind) && typeof name === "function");
}

function isTimeZone(value: unknown): boolean {
  if (typeof value !== "string") return false;
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: value }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

const SECONDS: KeyRule = {
  expected: "a number of seconds, from 0",
  accepts: (value) => typeof value === "number" && Number.isFinite(value) && value >= 0,
};

const WHOLE_NUMBER: KeyRule = {
  expected: "a whole number from 1",
  accepts: (value) => Number.isInteger(value) && Number(value) > 0,
};

/** What each key takes; a key of the type that is missing here does not compile. */
const RULES: { readonly [Key in keyof Required<LimbeckConfig>]: KeyRule } = {
  url: { expected: "a database URL", accepts: isText },
  urlVariable: {
    expected: "the name of a variable of the environment",
    accepts: (value) => typeof value === "string" && /^[A-Za-z_]\w*$/.test(value),
  },
  driver: { expected: "the name of a package", accepts: isText },
  passwordFile: { expected: "the path of a file", accepts: isText },
  passwordCommand: {
    expected: "a program with its arguments, which no shell reads, and no passwordFile beside it",
    accepts: (value) => isText(value) && splitWords(String(value)).ok,
    // It may hold a secret itself.
    describe: () => "something else",
  },
  scratch: { expected: "a database URL", accepts: isText },
  requireProof: { expected: "true or false", accepts: (value) => typeof value === "boolean" },
  keepDowngrades: {
    expected: "a whole number from 0",
    accepts: (value) => Number.isInteger(value) && Number(value) >= 0,
  },
  requireUnedited: { expected: "true or false", accepts: (value) => typeof value === "boolean" },
  connection: { expected: "a function that gives an open database", accepts: isFunction },
  protected: { expected: "true or false", accepts: (value) => typeof value === "boolean" },
  lockTimeout: SECONDS,
  tableLockTimeout: SECONDS,
  tableLockTries: WHOLE_NUMBER,
  statementTimeout: SECONDS,
  maxReplicaLag: {
    expected: "a number of seconds above 0",
    accepts: (value) => typeof value === "number" && Number.isFinite(value) && value > 0,
  },
  replicas: {
    expected: "a list of URLs, or of names on PostgreSQL, one at least",
    accepts: (value) => Array.isArray(value) && value.length > 0 && value.every(isText),
    // They may hold passwords.
    describe: () => "something else",
  },
  models: {
    expected: "a function that imports the models, the models, or the path of an SQL file or folder",
    accepts: (value) => typeof value === "function" || (typeof value === "object" && value !== null) || isText(value),
  },
  tenants: { expected: "a function that lists { name, url }", accepts: isFunction },
  drizzleCasing: {
    expected: '"snake_case" or "camelCase"',
    accepts: (value) => value === "snake_case" || value === "camelCase",
  },
  migrations: { expected: "the path of a folder", accepts: isText },
  schemaFile: { expected: "the path of an SQL file that no models are in", accepts: isText },
  seeds: { expected: "the path of a folder", accepts: isText },
  versionLocations: {
    expected: "a list of folders, one at least",
    accepts: (value) => Array.isArray(value) && value.length > 0 && value.every(isText),
  },
  recursiveVersionLocations: { expected: "true or false", accepts: (value) => typeof value === "boolean" },
  versionTable: { expected: "the name of a table", accepts: isText },
  historyTable: { expected: "the name of a table", accepts: isText },
  transactions: {
    expected: '"revision", "run" or "none"',
    accepts: (value) => value === "revision" || value === "run" || value === "none",
  },
  idStyle: { expected: '"random" or "date-serial"', accepts: (value) => value === "random" || value === "date-serial" },
  fileTemplate: {
    expected: `a name made of ${FILE_TOKENS.map((token) => `{${token}}`).join(" ")} that differs from file to file`,
    accepts: (value) => typeof value === "string" && findTemplateProblem(value) === undefined,
  },
  slugLength: WHOLE_NUMBER,
  timezone: { expected: "the IANA name of a time zone, for example Europe/Berlin", accepts: isTimeZone },
  postWriteHooks: {
    expected: "a list of functions and of { command, cwd, name }",
    accepts: (value) => findHooksProblem(value) === undefined,
    describe: (value) => findHooksProblem(value) ?? "",
  },
  hooks: {
    expected: `an object with functions, of ${HOOK_NAMES.join(", ")}`,
    accepts: (value) => findRunHooksProblem(value) === undefined,
    describe: (value) => findRunHooksProblem(value) ?? "",
  },
  databases: {
    expected: "an object with a config for each database, by its name",
    accepts: (value) =>
      typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 0,
  },
  includeName: { expected: "a function that says true or false", accepts: isFunction },
  includeObject: { expected: "a function that says true or false", accepts: isFunction },
  comparators: {
    expected: "a list of functions that give operations",
    accepts: (value) => Array.isArray(value) && value.every(isFunction),
  },
  processRevision: { expected: "a function that gives a revision", accepts: isFunction },
  namingConvention: {
    expected: `an object with functions for ${[...NAMING_KINDS].join(", ")}`,
    accepts: isNamingConvention,
  },
};

/** The keys that a config may have. */
export const CONFIG_KEYS: readonly string[] = Object.keys(RULES);

/** What Alembic calls a key that has another place here. */
const ALEMBIC_KEYS: Readonly<Record<string, string | undefined>> = {
  onVersionApply: "hooks: { afterRevision }",
  on_version_apply: "hooks: { afterRevision }",
};

const FOLLOWS_KEY: ReadonlySet<string | undefined> = new Set([":", ",", "(", "}"]);

/** The place of a key in the text of the config; the file alone where the text does not have it. */
function locateKey(path: string, text: string, key: string): SourceLocation {
  const scanner = new SourceScanner(text);
  for (let token = scanner.next(); token; token = scanner.next()) {
    const name = token.kind === "string" ? token.text.slice(1, -1) : token.text;
    if (name === key && FOLLOWS_KEY.has(scanner.peek()?.text)) return locateOffset(path, text, token.start);
  }
  return { path };
}

function describeValue(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}

/** A file in a folder that nobody reads would be no revision. */
function requireFolders(config: LimbeckConfig, path: string, text: string): void {
  const { fileTemplate = "", recursiveVersionLocations = false } = config;
  if (!fileTemplate.includes("/") || recursiveVersionLocations) return;
  throw configErrors.invalidValue({
    location: locateKey(path, text, "fileTemplate"),
    key: "fileTemplate",
    expected: "a name without slashes, or recursiveVersionLocations: true beside it",
    found: describeValue(fileTemplate),
  });
}

/** Which of the two would be asked, nobody could tell. */
function refuseTwoPasswords({ passwordFile, passwordCommand }: LimbeckConfig, path: string, text: string): void {
  if (passwordFile === undefined || passwordCommand === undefined) return;
  throw configErrors.invalidValue({
    location: locateKey(path, text, "passwordCommand"),
    key: "passwordCommand",
    expected: RULES.passwordCommand.expected,
    found: "both",
  });
}

/** What models are read from must not be written over. */
function refuseModelsFile({ models, schemaFile }: LimbeckConfig, path: string, text: string): void {
  if (typeof models !== "string" || schemaFile === undefined) return;
  const way = relative(resolve(dirname(path), models), resolve(dirname(path), schemaFile));
  if (way.startsWith("..") || isAbsolute(way)) return;
  throw configErrors.invalidValue({
    location: locateKey(path, text, "schemaFile"),
    key: "schemaFile",
    expected: RULES.schemaFile.expected,
    found: `${JSON.stringify(schemaFile)}, where the models are`,
  });
}

/**
 * Makes sure that a value is a config.
 *
 * @param text what the config file holds, to name the line
 * @throws ConfigError when it is no object, has a key that means nothing, or a value that cannot be used
 */
export function checkConfig(value: unknown, path: string, text: string): LimbeckConfig {
  if (typeof value !== "object" || value === null) {
    throw configErrors.noDefaultExport({ path, found: `Its default export is ${describeValue(value)}.` });
  }
  const rules: Readonly<Record<string, KeyRule | undefined>> = RULES;
  for (const [key, entry] of Object.entries(value)) {
    const rule = Object.hasOwn(RULES, key) ? rules[key] : undefined;
    if (!rule) {
      const similar = ALEMBIC_KEYS[key] ?? findClosestName(key, CONFIG_KEYS);
      throw configErrors.unknownKey({
        location: locateKey(path, text, key),
        key,
        known: CONFIG_KEYS,
        ...(similar !== undefined && { similar }),
      });
    }
    if (entry !== undefined && !rule.accepts(entry)) {
      throw configErrors.invalidValue({
        location: locateKey(path, text, key),
        key,
        expected: rule.expected,
        found: (rule.describe ?? describeValue)(entry),
      });
    }
  }
  requireFolders(value, path, text);
  refuseTwoPasswords(value, path, text);
  refuseModelsFile(value, path, text);
  return value;
}
