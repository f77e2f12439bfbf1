import { buildCommand, type Command } from "@stricli/core";
import { perform, type ActionContext } from "../action.ts";
import { asWritten, GLOBAL_ALIASES, GLOBAL_FLAGS, switchFlag, valueFlag } from "../global-flags.ts";

const VERBOSE = switchFlag("Show all that is known of each revision");

const REVISIONS = {
  kind: "array",
  parameter: { brief: "An id or its beginning, a label, head, heads, current", parse: asWritten, placeholder: "REV" },
  minimum: 1,
} as const;

/** `limbeck status`. */
export const statusCommand: Command<ActionContext> = buildCommand({
  loader: async () => perform((await import("../run/status.ts")).runStatus),
  parameters: {
    flags: { ...GLOBAL_FLAGS, check: switchFlag("Exit with 4 unless every revision is applied") },
    aliases: GLOBAL_ALIASES,
  },
  docs: { brief: "Show where the database stands, what is pending, and what to do next" },
});

/** `limbeck verify`. */
export const verifyCommand: Command<ActionContext> = buildCommand({
  loader: async () => perform((await import("../run/verify.ts")).runVerify),
  parameters: { flags: GLOBAL_FLAGS, aliases: GLOBAL_ALIASES },
  docs: { brief: "Compare the revision files with those that ran on the database" },
});

/** `limbeck current`. */
export const currentCommand: Command<ActionContext> = buildCommand({
  loader: async () => perform((await import("../run/current.ts")).runCurrent),
  parameters: {
    flags: {
      ...GLOBAL_FLAGS,
      verbose: VERBOSE,
      checkHeads: switchFlag("Exit with 4 unless every revision is applied"),
    },
    aliases: { ...GLOBAL_ALIASES, v: "verbose" },
  },
  docs: { brief: "Show the revision that the database stands at" },
});

/** `limbeck history`. */
export const historyCommand: Command<ActionContext> = buildCommand({
  loader: async () => perform((await import("../run/history.ts")).runHistory),
  parameters: {
    flags: {
      ...GLOBAL_FLAGS,
      graph: switchFlag("Draw the branches, merges and dependencies"),
      format: valueFlag("FORMAT", "Write it for another program: mermaid, dot or json"),
      verbose: VERBOSE,
      indicateCurrent: switchFlag("Mark where the database stands"),
      revRange: valueFlag("FROM:TO", "Only these; either end may be left out"),
    },
    aliases: { ...GLOBAL_ALIASES, v: "verbose", i: "indicateCurrent", r: "revRange" },
  },
  docs: { brief: "List the revisions, newest first" },
});

/** `limbeck heads`. */
export const headsCommand: Command<ActionContext> = buildCommand({
  loader: async () => perform((await import("../run/heads.ts")).runHeads),
  parameters: {
    flags: {
      ...GLOBAL_FLAGS,
      verbose: VERBOSE,
      resolveDependencies: switchFlag("Leave out those that another revision depends on"),
    },
    aliases: { ...GLOBAL_ALIASES, v: "verbose" },
  },
  docs: { brief: "List the newest revision of each branch" },
});

/** `limbeck branches`. */
export const branchesCommand: Command<ActionContext> = buildCommand({
  loader: async () => perform((await import("../run/branches.ts")).runBranches),
  parameters: {
    flags: { ...GLOBAL_FLAGS, verbose: VERBOSE },
    aliases: { ...GLOBAL_ALIASES, v: "verbose" },
  },
  docs: { brief: "List the revisions that several others build on" },
});

/** `limbeck show`. */
export const showCommand: Command<ActionContext> = buildCommand({
  loader: async () => perform((await import("../run/show.ts")).runShow),
  parameters: {
    flags: GLOBAL_FLAGS,
    aliases: GLOBAL_ALIASES,
    positional: REVISIONS,
  },
  docs: { brief: "Show revisions and their files" },
});

/** `limbeck edit`. */
export const editCommand: Command<ActionContext> = buildCommand({
  loader: async () => perform((await import("../run/edit.ts")).runEdit),
  parameters: {
    flags: GLOBAL_FLAGS,
    aliases: GLOBAL_ALIASES,
    positional: REVISIONS,
  },
  docs: { brief: "Open revision files, or others, in your editor: $VISUAL, $EDITOR" },
});

/** `limbeck inspect`. */
export const inspectCommand: Command<ActionContext> = buildCommand({
  loader: async () => perform((await import("../run/inspect.ts")).runInspect),
  parameters: {
    flags: {
      ...GLOBAL_FLAGS,
      sql: switchFlag("The statements that create it"),
      mermaid: switchFlag("An entity relationship diagram for Mermaid"),
      dbml: switchFlag("DBML, for dbdiagram.io and others"),
    },
    aliases: GLOBAL_ALIASES,
    positional: {
      kind: "array",
      parameter: { brief: "Tables and views; default: all", parse: asWritten, placeholder: "NAME" },
    },
  },
  docs: { brief: "Show what the database holds" },
});
