import { buildCommand, type Command } from "@stricli/core";
import { perform, type ActionContext } from "../action.ts";
import { asWritten, GLOBAL_ALIASES, GLOBAL_FLAGS, switchFlag, valueFlag } from "../global-flags.ts";

const SQL = switchFlag("Print a script instead of running it, without asking a database");
const DRY_RUN = switchFlag("Print what would run on the database now, and change nothing");
const CONFIRM = valueFlag("NAME", "The name of a protected database whose data may be destroyed");
const LOCK_TIMEOUT = valueFlag("SECONDS", "How long to wait for another run; 0 tries once; default: 60");
const LIMITS = {
  tableLockTimeout: valueFlag(
    "SECONDS",
    "How long a statement waits for tables that other sessions hold, in one try; default: 2, on SQLite 10",
  ),
  tableLockTries: valueFlag("N", "How often it is tried; default: 10"),
  statementTimeout: valueFlag("SECONDS", "How long a statement may take; default: no limit"),
};
const TARGET_VERSION = valueFlag("VERSION", "With --sql: the version that will run it; default: the oldest supported");

/** `limbeck upgrade`. */
export const upgradeCommand: Command<ActionContext> = buildCommand({
  loader: async () => perform((await import("../run/upgrade.ts")).runUpgrade),
  parameters: {
    flags: {
      ...GLOBAL_FLAGS,
      sql: SQL,
      dryRun: DRY_RUN,
      targetVersion: TARGET_VERSION,
      confirm: CONFIRM,
      lockTimeout: LOCK_TIMEOUT,
      strict: switchFlag("Run nothing if the database was changed by hand"),
      ...LIMITS,
      maxReplicaLag: valueFlag("SECONDS", "How far behind replicas may be before a backfill waits for them"),
      all: switchFlag("Upgrade all tenants that the config lists"),
      concurrency: valueFlag("N", "With --all: how many at the same time; default: 4"),
      canary: valueFlag("N", "With --all: how many alone before the others begin; default: 1"),
      maxFailures: valueFlag("N", "With --all: after how many failures no other is begun; default: 1"),
    },
    aliases: GLOBAL_ALIASES,
    positional: {
      kind: "tuple",
      parameters: [
        {
          brief: "head, heads, +1, an id or its beginning; FROM:TO with --sql",
          parse: asWritten,
          placeholder: "TARGET",
        },
      ],
    },
  },
  docs: { brief: "Run revisions up to a target" },
});

/** `limbeck downgrade`. */
export const downgradeCommand: Command<ActionContext> = buildCommand({
  loader: async () => perform((await import("../run/downgrade.ts")).runDowngrade),
  parameters: {
    flags: {
      ...GLOBAL_FLAGS,
      sql: SQL,
      dryRun: DRY_RUN,
      targetVersion: TARGET_VERSION,
      allowDataLoss: switchFlag("It may destroy rows and values"),
      fromHistory: switchFlag("Take revisions without a file back with what the journal keeps"),
      confirm: CONFIRM,
      lockTimeout: LOCK_TIMEOUT,
      ...LIMITS,
    },
    aliases: GLOBAL_ALIASES,
    positional: {
      kind: "tuple",
      parameters: [
        { brief: "-1, base, an id or its beginning; FROM:TO with --sql", parse: asWritten, placeholder: "TARGET" },
      ],
    },
  },
  docs: { brief: "Take revisions back down to a target" },
});

/** `limbeck stamp`. */
export const stampCommand: Command<ActionContext> = buildCommand({
  loader: async () => perform((await import("../run/stamp.ts")).runStamp),
  parameters: {
    flags: {
      ...GLOBAL_FLAGS,
      purge: switchFlag("Forget first where the database stood"),
      sql: SQL,
      targetVersion: TARGET_VERSION,
      lockTimeout: LOCK_TIMEOUT,
    },
    aliases: GLOBAL_ALIASES,
    positional: {
      kind: "array",
      parameter: {
        brief: "Where the database is to stand: head, base, an id; FROM:TO with --sql",
        parse: asWritten,
        placeholder: "REV",
      },
      minimum: 1,
    },
  },
  docs: { brief: "Say where the database stands, without running anything" },
});

/** `limbeck resolve`. */
export const resolveCommand: Command<ActionContext> = buildCommand({
  loader: async () => perform((await import("../run/resolve.ts")).runResolve),
  parameters: {
    flags: {
      ...GLOBAL_FLAGS,
      applied: switchFlag("It took effect"),
      rolledBack: switchFlag("It did not"),
    },
    aliases: GLOBAL_ALIASES,
    positional: {
      kind: "tuple",
      parameters: [{ brief: "The revision that stopped in the middle", parse: asWritten, placeholder: "REV" }],
    },
  },
  docs: { brief: "Say what became of a statement whose end nobody saw" },
});

/** `limbeck ensure-version`. */
export const ensureVersionCommand: Command<ActionContext> = buildCommand({
  loader: async () => perform((await import("../run/ensure-version.ts")).runEnsureVersion),
  parameters: {
    flags: { ...GLOBAL_FLAGS, sql: SQL, targetVersion: TARGET_VERSION, lockTimeout: LOCK_TIMEOUT },
    aliases: GLOBAL_ALIASES,
  },
  docs: { brief: "Make the version table where there is none" },
});

/** `limbeck reset`. */
export const resetCommand: Command<ActionContext> = buildCommand({
  loader: async () => perform((await import("../run/reset.ts")).runReset),
  parameters: {
    flags: { ...GLOBAL_FLAGS, yes: switchFlag("Do not ask"), confirm: CONFIRM, lockTimeout: LOCK_TIMEOUT, ...LIMITS },
    aliases: { ...GLOBAL_ALIASES, y: "yes" },
  },
  docs: { brief: "Erase the database and run every revision anew" },
});

/** `limbeck seed`. */
export const seedCommand: Command<ActionContext> = buildCommand({
  loader: async () => perform((await import("../run/seed.ts")).runSeeds),
  parameters: {
    flags: {
      ...GLOBAL_FLAGS,
      only: { ...valueFlag("NAME", "A seed, by the name of its file; may be repeated; default: all"), variadic: true },
      confirm: valueFlag("NAME", "The name of a protected database that may be written to"),
      lockTimeout: LOCK_TIMEOUT,
    },
    aliases: GLOBAL_ALIASES,
  },
  docs: { brief: "Put in the rows that seeds/ says there are" },
});
