import { EXIT_CODES } from "../exit-code.ts";
import { quoteWord } from "../quote-word.ts";
import { ConnectionError } from "./connection-errors.ts";
import { defineErrors, type CatalogueEntry, type ErrorFamily } from "./define-errors.ts";

type ReachErrorContexts = {
  readonly settingUnusable: { readonly setting: string; readonly problem: string };
  readonly settingFileUnreadable: { readonly setting: string; readonly path: string; readonly message: string };
  readonly passfileOpen: { readonly path: string };
  readonly tlsRefused: { readonly url: string; readonly message: string };
  readonly driverElsewhere: { readonly driver: string; readonly url: string; readonly other: string };
  readonly connectionTransforms: { readonly driver: string };
  readonly passwordUnavailable: { readonly source: string; readonly problem: string; readonly fix: string };
  readonly connectionLost: { readonly message?: string };
  readonly sessionsShared: { readonly url: string };
  readonly versionTableUnreadable: { readonly table: string; readonly url: string; readonly message: string };
  readonly journalUnreadable: { readonly table: string; readonly url: string; readonly message: string };
};

const family = defineErrors<ReachErrorContexts>(ConnectionError, EXIT_CODES.usage, {
  settingUnusable: {
    code: "LB0640",
    title: ({ setting, problem }) => `The connection setting ${setting} cannot be kept: ${problem}.`,
    why: () => "A promise that is silently broken would be worse than none.",
    fix: () => ["limbeck explain LB0640"],
    explain:
      "Settings of a connection stand in the URL behind the question mark, or in a variable of the environment that the vendor's own programs read too, such as " +
      "PGSSLMODE. Correct the setting where it stands, or take a driver that can keep it.",
  },
  settingFileUnreadable: {
    code: "LB0641",
    title: ({ setting, path }) => `The file ${path}, which ${setting} names, cannot be read.`,
    why: ({ message }) => `The system says: ${message}`,
    fix: ({ path }) => [`ls -l ${quoteWord(path)}`],
    explain:
      "A certificate or a key is read from a file that the URL or a variable of the environment names. Relative paths count from the folder that the command " +
      "runs in.",
  },
  passfileOpen: {
    code: "LB0642",
    title: ({ path }) => `The password file ${path} may be read by others.`,
    why: () => "The vendor's own programs pass over such a file, so its password is not used here either.",
    fix: ({ path }) => [`chmod 600 ${quoteWord(path)}`],
    explain: "A file with passwords must be readable by its owner only. Take the rights of group and others away.",
  },
  tlsRefused: {
    code: "LB0643",
    title: ({ url }) => `The connection to ${url} cannot be encrypted as its settings want it.`,
    why: ({ message }) => message,
    fix: () => ["limbeck explain LB0643"],
    explain:
      "`sslmode` says what is wanted: `require` wants encryption, `verify-ca` also a certificate from the authority in `sslrootcert`, `verify-full` also that the " +
      "certificate is made out to the host of the URL. Without `sslrootcert` the authorities count that Node trusts. Give the right authority, correct the host, or, where " +
      "nobody can sit in between, ask for less: `?sslmode=disable`.",
  },
  driverElsewhere: {
    code: "LB0644",
    title: ({ driver, url }) => `The driver ${driver} does not lead to ${url}.`,
    why: () => "One kind of URL leads to a server, another one to a database inside this process.",
    fix: ({ other }) => [`set driver to "${other}" in the config, or leave it out`],
    explain: "`driver` and the URL contradict each other. Leave `driver` out, or correct the URL.",
  },
  connectionTransforms: {
    code: "LB0645",
    title: () => "The connection that was handed over changes names or values on their way.",
    why: ({ driver }) =>
      `The instance of ${driver} has the option transform, and what the catalogue says would come changed.`,
    fix: () => ["hand over an instance without transform, or give a URL and a driver"],
    explain:
      "Limbeck has to read names and values as they are. Make an instance without `transform` for it; both may use the same database.",
  },
  passwordUnavailable: {
    code: "LB0646",
    title: ({ source }) => `The password could not be had from ${source}.`,
    why: ({ problem }) => problem,
    fix: ({ fix }) => [fix],
    explain:
      "`passwordFile` in the config names a file that holds the password and nothing else, relative to the config; `passwordCommand` a program that prints it. Both are asked only " +
      "when the URL holds no password and the server wants one. What the program prints is never shown.",
  },
  connectionLost: {
    code: "LB0648",
    title: () => "The connection to the server was lost.",
    why: ({ message }) =>
      `${message === undefined ? "" : `The last that was heard: ${message}\n`}The session, with its lock and its settings, is gone, and a new one would know nothing of it.`,
    fix: () => ["limbeck current"],
    explain:
      "The server, or something in between, ended the connection. What was not committed is rolled back. See where the database stands, then run the command again.",
  },
  versionTableUnreadable: {
    code: "LB0650",
    title: ({ table, url }) => `The version table ${table} of ${url} cannot be read.`,
    why: ({ message }) => `The database says: ${message}`,
    fix: () => ["limbeck explain LB0650"],
    explain:
      "The version table says where a database stands, so that nothing can be said without it. Most often the user of the URL has no right to read it: grant SELECT on it, or take another user. If a table of that " +
      "name is something else, name another one with `versionTable` in the config.",
  },
  journalUnreadable: {
    code: "LB0651",
    title: ({ table, url }) => `The journal ${table} of ${url} cannot be read.`,
    why: ({ message }) => `The database says: ${message}`,
    fix: () => ["limbeck explain LB0651"],
    explain:
      "The journal says what ran, and whether a run stopped in the middle. Most often the user of the URL has no right to read it: grant SELECT on it, or take another user.",
  },
  sessionsShared: {
    code: "LB0649",
    title: ({ url }) => `The pooler at ${url} gives every transaction another session.`,
    why: () =>
      "What is set in a session, and the lock of a run, would stay with whoever gets it next: your application could no longer write, for example.",
    fix: () => ["limbeck explain LB0649"],
    retype: () => [[{ kind: "option", name: "--url", value: "URL" }]],
    explain:
      "Give the URL of the server itself, or of a pool of sessions: in PgBouncer one with `pool_mode = session`, at Supabase port 5432 instead of 6543, at Neon the host without `-pooler`. The " +
      "application may keep its URL; put the other one into another variable and name that with `urlVariable` in the config.",
  },
});

/** Builds the errors of the way to a server: what is set for it, and what it takes to get in. */
export const reachErrors: ErrorFamily<ReachErrorContexts>["create"] = family.create;

/** This part of the error catalogue. */
export const reachErrorEntries: readonly CatalogueEntry[] = family.entries;
