import { buildCommand, type Command } from "@stricli/core";
import { perform, type ActionContext } from "../action.ts";
import { asWritten, GLOBAL_ALIASES, GLOBAL_FLAGS, switchFlag, valueFlag } from "../global-flags.ts";

const RENAMES = {
  rename: {
    ...valueFlag("OLD:NEW", "This was renamed, as in todos.name:todos.title; may be repeated"),
    variadic: true,
  },
  noRename: switchFlag("Nothing else was renamed: drop and create"),
  dropOk: switchFlag("Tables may go that were there before the first revision"),
  answers: valueFlag("FILE", "JSON that says of each question about a rename whether it is so"),
} as const;

const REQUIRE_PROOF = switchFlag("Fail where no scratch database can be had");
const FORMAT = valueFlag("FORMAT", "ts or sql; default: ts");
const REV_ID = valueFlag("ID", "Its id, instead of a new one");

/** `limbeck init`. */
export const initCommand: Command<ActionContext> = buildCommand({
  loader: async () => perform((await import("../run/init.ts")).runInit),
  parameters: {
    flags: {
      ...GLOBAL_FLAGS,
      template: valueFlag("NAME", "generic, multi-database or package; default: generic"),
      models: valueFlag("FILE", "The file that exports your tables; there already or not yet"),
    },
    aliases: { ...GLOBAL_ALIASES, t: "template" },
    positional: {
      kind: "tuple",
      parameters: [
        {
          brief: "Folder for the migrations, or for the package",
          parse: asWritten,
          placeholder: "DIR",
          optional: true,
        },
      ],
    },
  },
  docs: { brief: "Make the config and the migrations folder" },
});

/** `limbeck list-templates`. */
export const listTemplatesCommand: Command<ActionContext> = buildCommand({
  loader: async () => perform((await import("../run/list-templates.ts")).runListTemplates),
  parameters: { flags: GLOBAL_FLAGS, aliases: GLOBAL_ALIASES },
  docs: { brief: "List the kinds of project that init makes" },
});

/** `limbeck revision`. */
export const revisionCommand: Command<ActionContext> = buildCommand({
  loader: async () => perform((await import("../run/revision.ts")).runRevision),
  parameters: {
    flags: {
      ...GLOBAL_FLAGS,
      message: valueFlag("MESSAGE", "What it does, in one line"),
      autogenerate: switchFlag("Write the difference between models and database, proven both ways"),
      format: FORMAT,
      revId: REV_ID,
      emptyOk: switchFlag("Write a file even if nothing differs"),
      head: valueFlag("REV", "What it builds on; base begins a new root; default: head"),
      splice: switchFlag("It may build on a revision that is no head, and begin a branch"),
      branchLabel: { ...valueFlag("LABEL", "A name for the branch that it begins; may be repeated"), variadic: true },
      dependsOn: { ...valueFlag("REV", "What has to be applied first; may be repeated"), variadic: true },
      versionPath: valueFlag("FOLDER", "Which of the version locations the file goes into"),
      to: valueFlag("SIDE", "What is wanted, instead of the models; as for diff"),
      from: valueFlag("SIDE", "What is there, instead of the database; as for diff"),
      offline: switchFlag("Ask no database: what the revisions make of an empty one is there"),
      fromDatabase: switchFlag("Adopt what was changed by hand in the database, and stamp it"),
      requireProof: REQUIRE_PROOF,
      ...RENAMES,
    },
    aliases: { ...GLOBAL_ALIASES, m: "message" },
  },
  docs: { brief: "Write a new revision file" },
});

/** `limbeck merge`. */
export const mergeCommand: Command<ActionContext> = buildCommand({
  loader: async () => perform((await import("../run/merge.ts")).runMerge),
  parameters: {
    flags: {
      ...GLOBAL_FLAGS,
      message: valueFlag("MESSAGE", "What it does, in one line; default: merge and the ids"),
      branchLabel: valueFlag("LABEL", "A name for the branch that begins here"),
      revId: REV_ID,
      splice: switchFlag("Also merge revisions that others build on"),
      noProof: switchFlag("Write it without proving that the order does not matter"),
      format: FORMAT,
    },
    aliases: { ...GLOBAL_ALIASES, m: "message" },
    positional: {
      kind: "array",
      parameter: {
        brief: "Ids, their beginnings, labels, heads; default: all heads",
        parse: asWritten,
        placeholder: "REV",
      },
    },
  },
  docs: { brief: "Bring branches together, if it does not matter in which order they run" },
});

/** `limbeck rebase`. */
export const rebaseCommand: Command<ActionContext> = buildCommand({
  loader: async () => perform((await import("../run/rebase.ts")).runRebase),
  parameters: {
    flags: {
      ...GLOBAL_FLAGS,
      onto: valueFlag("REV", "What it is to stand on; default: the other head"),
      dryRun: switchFlag("Prove it, show what would change, and change nothing"),
      noProof: switchFlag("Change the files without proving that it works"),
    },
    aliases: GLOBAL_ALIASES,
    positional: {
      kind: "tuple",
      parameters: [
        {
          brief: "The branch that moves; default: the one that the database has nothing of",
          parse: asWritten,
          placeholder: "REV",
          optional: true,
        },
      ],
    },
  },
  docs: { brief: "Put a branch that is applied nowhere on top of another one" },
});

/** `limbeck squash`. */
export const squashCommand: Command<ActionContext> = buildCommand({
  loader: async () => perform((await import("../run/squash.ts")).runSquash),
  parameters: {
    flags: {
      ...GLOBAL_FLAGS,
      message: valueFlag("MESSAGE", "What it does, in one line; default: squash A to B"),
      revId: REV_ID,
      noProof: switchFlag("Write it without proving that it comes to the same"),
    },
    aliases: { ...GLOBAL_ALIASES, m: "message" },
    positional: {
      kind: "tuple",
      parameters: [
        { brief: "A..B or A:B, both included; base..B from the beginning", parse: asWritten, placeholder: "RANGE" },
      ],
    },
  },
  docs: { brief: "Put one revision in the place of several" },
});

/** `limbeck pull`. */
export const pullCommand: Command<ActionContext> = buildCommand({
  loader: async () => perform((await import("../run/pull.ts")).runPull),
  parameters: {
    flags: {
      ...GLOBAL_FLAGS,
      message: valueFlag("MESSAGE", "What the first revision does, in one line; default: initial"),
      dryRun: switchFlag("Print the models, and write nothing"),
      noRevision: switchFlag("Write the models only"),
      noStamp: switchFlag("Write a first revision, and leave the version table alone"),
    },
    aliases: { ...GLOBAL_ALIASES, m: "message" },
    positional: {
      kind: "tuple",
      parameters: [
        {
          brief: "The file for the models; default: app/models.ts beside the config",
          parse: asWritten,
          placeholder: "FILE",
          optional: true,
        },
      ],
    },
  },
  docs: { brief: "Write an existing database down as models and a first revision" },
});

/** `limbeck diff`. */
export const diffCommand: Command<ActionContext> = buildCommand({
  loader: async () => perform((await import("../run/diff.ts")).runDiff),
  parameters: {
    flags: { ...GLOBAL_FLAGS, sql: switchFlag("Print the statements only"), requireProof: REQUIRE_PROOF, ...RENAMES },
    aliases: GLOBAL_ALIASES,
    positional: {
      kind: "tuple",
      parameters: [
        {
          brief: "What is there: database, models, a URL, a path to SQL, a revision; default: database",
          parse: asWritten,
          placeholder: "FROM",
          optional: true,
        },
        { brief: "What is wanted, likewise; default: models", parse: asWritten, placeholder: "TO", optional: true },
      ],
    },
  },
  docs: { brief: "Show what autogenerate would write" },
});

/** `limbeck check`. */
export const checkCommand: Command<ActionContext> = buildCommand({
  loader: async () => perform((await import("../run/check.ts")).runCheck),
  parameters: {
    flags: {
      ...GLOBAL_FLAGS,
      offline: switchFlag("Compare with what the revisions make of an empty database; ask no other"),
      requireProof: REQUIRE_PROOF,
      singleHead: switchFlag("Only whether the files have one head; asks no database"),
    },
    aliases: GLOBAL_ALIASES,
  },
  docs: { brief: "Exit with 5 if models and database differ" },
});

/** `limbeck test`. */
export const testCommand: Command<ActionContext> = buildCommand({
  loader: async () => perform((await import("../run/test.ts")).runTest),
  parameters: {
    flags: {
      ...GLOBAL_FLAGS,
      data: switchFlag("Also on a copy of the database, with its rows"),
      seed: valueFlag("NUMBER", "Make other rows; default: 1"),
    },
    aliases: GLOBAL_ALIASES,
    positional: {
      kind: "tuple",
      parameters: [
        { brief: "Only these: FROM:TO, an id, head", parse: asWritten, placeholder: "RANGE", optional: true },
      ],
    },
  },
  docs: { brief: "Try revisions up, down and up again on scratch databases, with rows" },
});

/** `limbeck explain`. */
export const explainCommand: Command<ActionContext> = buildCommand({
  loader: async () => perform((await import("../run/explain.ts")).runExplain),
  parameters: {
    flags: { ...GLOBAL_FLAGS, list: switchFlag("List all codes") },
    aliases: GLOBAL_ALIASES,
    positional: {
      kind: "tuple",
      parameters: [{ brief: "A code, as an error shows it", parse: asWritten, placeholder: "CODE", optional: true }],
    },
  },
  docs: { brief: "Explain an error code" },
});
