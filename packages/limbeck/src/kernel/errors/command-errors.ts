import { EXIT_CODES } from "../exit-code.ts";
import { comparisonErrors, type ComparisonContexts } from "./comparison-errors.ts";
import { consentErrors, type ConsentContexts } from "./consent-errors.ts";
import { defineErrors, type CatalogueEntry, type ErrorFamily } from "./define-errors.ts";
import { editorErrors, type EditorContexts } from "./editor-errors.ts";
import { LimbeckError } from "./limbeck-error.ts";
import { placementErrors, type PlacementContexts } from "./placement-errors.ts";
import type { Retypings } from "./retyping.ts";
import { quoteWord } from "../quote-word.ts";
import { pullErrors, type PullContexts } from "./pull-errors.ts";
import { schemaFileErrors, type SchemaFileContexts } from "./schema-file-errors.ts";

/** A command cannot do what it was asked to, for a reason of its own. */
export class CommandError extends LimbeckError {
  override readonly name: string = "CommandError";
}

type CommandErrorContexts = ConsentContexts &
  EditorContexts &
  PlacementContexts &
  PullContexts &
  SchemaFileContexts &
  ComparisonContexts & {
    readonly databaseNotUpToDate: { readonly current: readonly string[]; readonly heads: readonly string[] };
    readonly databaseAhead: { readonly unknown: readonly string[] };
    readonly rangeNeedsSql: { readonly target: string; readonly command: "upgrade" | "downgrade" | "stamp" };
    readonly rangeUpsideDown: {
      readonly target: string;
      readonly command: "upgrade" | "downgrade";
      /** The range with its ends the other way round. */
      readonly reversed: string;
    };
    readonly downgradeNeedsRange: { readonly target: string };
    readonly folderNotEmpty: {
      readonly path: string;
      readonly file: string;
      readonly template: string;
      /** Whether it is the folder of the migrations, so that another one would do. */
      readonly isFolder: boolean;
    };
    readonly irreversibleRevision: { readonly revision: string; readonly path: string };
    readonly unknownErrorCode: { readonly code: string; readonly similar: readonly string[] };
    readonly cannotWrite: { readonly path: string; readonly message: string };
    readonly malformedVersion: { readonly version: string; readonly oldest: string };
    readonly severalStarts: { readonly starts: readonly string[]; readonly ends: readonly string[] };
    readonly notOneHead: {
      readonly heads: readonly string[];
      /** The heads, with what they are about. */
      readonly lines: readonly string[];
    };
    readonly unknownTemplate: {
      readonly template: string;
      readonly names: readonly string[];
      readonly similar: string | undefined;
    };
    readonly unsupportedVersion: { readonly version: string; readonly oldest: string };
    readonly stopped: Readonly<Record<string, never>>;
    readonly nothingToTest: { readonly folder: string; readonly range: string | undefined };
  };

/** The same script for the oldest version. */
const retypeVersion = (oldest: string): readonly Retypings[] => [
  [{ kind: "option", name: "--target-version", value: oldest }],
];

/** What the open end of a range means. */
const ENDS = { upgrade: "heads", downgrade: "base", stamp: "heads" } as const;

const family = defineErrors<CommandErrorContexts>(CommandError, EXIT_CODES.usage, {
  databaseNotUpToDate: {
    code: "LB1001",
    title: () => "The database does not stand at the newest revision, so the models cannot be compared with it.",
    why: ({ current, heads }) => `It stands at ${current.join(", ") || "base"}; the newest is ${heads.join(", ")}.`,
    fix: () => ["limbeck upgrade heads"],
    explain:
      "Autogenerate compares the models with the live database. Were revisions still pending, it would write their changes a second time. " +
      "Bring the database up to date first, or correct its position with `limbeck stamp`.",
  },
  databaseAhead: {
    code: "LB1002",
    title: ({ unknown }) => `The database stands at ${unknown.join(", ")}, and there is no such revision file.`,
    why: () =>
      "The file was deleted, or it lives on a branch of your repository that is not checked out, or this is another project's database.",
    fix: ({ unknown }) => [...unknown.map((revision) => `git log --all --oneline -S "${revision}"`), "limbeck history"],
    explain:
      "The version table names a revision that the versions folder does not hold. Check out the branch that has the file, then run the command again. " +
      "Where the journal keeps the way back (`keepDowngrades`), `limbeck downgrade REVISION --from-history` goes down without the file. " +
      "If the revision is truly gone and the schema is right, `limbeck stamp --purge REVISION` sets the position without running anything.",
  },
  rangeNeedsSql: {
    code: "LB1004",
    title: ({ target }) => `"${target}" is a range, and a range only makes sense with --sql.`,
    why: () => "On a database, the start is where the database stands.",
    fix: ({ target, command }) => {
      const end = target.slice(target.indexOf(":") + 1);
      return [`limbeck ${command} ${end === "" ? ENDS[command] : end}`, `limbeck ${command} ${target} --sql`];
    },
    explain:
      "FROM:TO says where a script begins. Without --sql the revisions run on the database, which knows itself where it stands.",
  },
  downgradeNeedsRange: {
    code: "LB1005",
    title: () => "downgrade --sql has to know where to begin.",
    why: ({ target }) => `"${target}" only says where to end, and a script is written without asking a database.`,
    fix: ({ target }) => [`limbeck downgrade heads:${target} --sql`],
    explain: "Give a range, FROM:TO: the revision the script starts from and the one it leads back to.",
  },
  rangeUpsideDown: {
    code: "LB1043",
    title: ({ target, command }) =>
      `"${target}" leads ${command === "upgrade" ? "down, and an upgrade goes up" : "up, and a downgrade goes down"}.`,
    why: () => "FROM:TO begins where the database stands before the script, and ends where it stands after it.",
    fix: () => ["limbeck history"],
    retype: ({ target, command, reversed }) => [
      [{ kind: "command", name: command === "upgrade" ? "downgrade" : "upgrade" }],
      [{ kind: "target", from: target, to: reversed }],
    ],
    explain:
      "The range of a script is written in the direction in which it runs: base:head for an upgrade, head:base for a downgrade. Either the ends or the command are the wrong way round.",
  },
  folderNotEmpty: {
    code: "LB1006",
    title: ({ path }) => `${path} already exists, and init overwrites nothing.`,
    why: ({ file }) => `Found ${file}.`,
    fix: ({ file, template, isFolder }) =>
      isFolder
        ? [`limbeck init ${template === "generic" ? "" : `--template ${template} `}another-folder`, "limbeck status"]
        : ["limbeck status", `mv ${quoteWord(file)} ${quoteWord(`${file}.old`)}`],
    explain:
      "init makes a new migration environment. Where one exists there is nothing to do; a second one has a folder of its own for its config. Where only the folder for " +
      "revisions is taken, name another one; where only a file is left of an earlier attempt, put it aside.",
  },
  irreversibleRevision: {
    code: "LB1008",
    title: ({ revision }) => `${revision} has no downgrade, so nothing below it can be reached.`,
    why: ({ path }) => `${path} has no ${path.endsWith(".sql") ? "section" : "function"} "downgrade".`,
    fix: ({ revision }) => [`limbeck show ${revision}`],
    explain:
      "Going down needs the downgrade function, or section of a .sql file, of every revision on the way. This one has none. Write it in the file; if there truly is no way back, restore a backup.",
  },
  unknownErrorCode: {
    code: "LB1009",
    title: ({ code }) => `There is no error code "${code}".`,
    why: () => "Codes are LB and four digits.",
    fix: ({ similar }) =>
      similar.length > 0 ? similar.map((one) => `limbeck explain ${one}`) : ["limbeck explain --list"],
    explain:
      "`limbeck explain CODE` takes a code as an error message shows it; `limbeck explain --list` shows all of them.",
  },
  cannotWrite: {
    code: "LB1011",
    title: ({ path }) => `${path} cannot be written.`,
    why: ({ message }) => message,
    fix: ({ path }) => [`ls -ld ${path}`],
    explain: "The file system refused to create a file or a folder. Nothing was left half-done.",
  },
  malformedVersion: {
    code: "LB1012",
    title: ({ version }) => `"${version}" is not a version of a database engine.`,
    why: ({ oldest }) => `A version is numbers with dots between them, for example ${oldest}.`,
    fix: () => ["limbeck explain LB1012"],
    retype: ({ oldest }) => retypeVersion(oldest),
    explain:
      "--target-version names the version of the engine that will run the script. A script for a newer version may alter a table where " +
      "one for an older version has to rebuild it.",
  },
  unsupportedVersion: {
    code: "LB1013",
    title: ({ version }) => `Scripts cannot be written for version ${version} of this engine.`,
    why: ({ oldest }) => `The oldest version that they are tested with is ${oldest}.`,
    fix: () => ["limbeck explain LB1013"],
    retype: ({ oldest }) => retypeVersion(oldest),
    explain:
      "A script uses statements that old versions of the engine do not know, and the tests do not go further back than the version in the " +
      "message. Leave --target-version out: the script is then written for the oldest supported version, and runs on newer ones too.",
  },
  severalStarts: {
    code: "LB1040",
    title: ({ starts }) => `A script begins at one place, and these targets begin at ${starts.length}.`,
    why: ({ starts }) => `They begin at ${starts.join(", ")}.`,
    fix: ({ starts, ends }) => [`limbeck stamp ${ends.map((end) => `${starts[0] ?? "base"}:${end}`).join(" ")} --sql`],
    explain:
      "FROM:TO of stamp --sql says where the database stands before the script and where it is to stand after it. With several targets the first part " +
      "is the same for all of them; where the database stands at several revisions, begin at heads, or write one script after the other.",
  },
  notOneHead: {
    code: "LB1041",
    title: ({ heads }) => `The history has ${heads.length} heads: ${heads.join(", ")}.`,
    why: ({ lines }) => lines.map((line) => `  ${line}`).join("\n"),
    fix: () => ["limbeck merge heads"],
    explain:
      "`check --single-head` fails when the history has several heads, so that a pipeline stops there: most often two people wrote a revision at the same " +
      "time. `limbeck merge heads` writes a revision that joins them. A head that another one depends on counts as well: as long as it is there, the target " +
      "`head` means nothing.",
  },
  unknownTemplate: {
    code: "LB1042",
    title: ({ template }) => `There is no template "${template}".`,
    why: ({ names, similar }) =>
      similar === undefined ? `There are ${names.join(", ")}.` : `Did you mean "${similar}"?`,
    fix: ({ names, similar }) => ["limbeck list-templates", `limbeck init --template ${similar ?? names[0] ?? ""}`],
    explain:
      "`limbeck init --template NAME` makes a project of one of a few kinds; `limbeck list-templates` lists them.",
  },
  ...consentErrors,
  ...editorErrors,
  ...placementErrors,
  ...pullErrors,
  ...schemaFileErrors,
  ...comparisonErrors,
  stopped: {
    code: "LB1044",
    title: () => "Stopped. Nothing was written.",
    why: () => "It was asked to stop while revisions were tried on scratch databases; these are gone.",
    fix: () => ["limbeck status"],
    // The same again.
    retype: () => [[]],
    explain:
      "Ctrl-C, or a signal that a system sends before it ends a process, stops test, merge, rebase and squash between two statements. They only read the configured database, and write files " +
      "when everything is proven. A second Ctrl-C ends the process at once; scratch databases that it leaves on a server are dropped by the next run.",
    exitCode: EXIT_CODES.interrupted,
  },
  nothingToTest: {
    code: "LB1014",
    title: () => "There is no revision to try.",
    why: ({ folder, range }) =>
      range === undefined ? `There are no revision files in ${folder}.` : `"${range}" names no revision.`,
    fix: () => ["limbeck history", "limbeck test"],
    explain:
      "`test` succeeds when revisions were tried and none is broken. Where it finds none, a pipeline that looks into the wrong folder would be green for ever.",
  },
});

/** Builds the errors of commands. */
export const commandErrors: ErrorFamily<CommandErrorContexts>["create"] = family.create;

/** The part of the error catalogue about commands. */
export const commandErrorEntries: readonly CatalogueEntry[] = family.entries;
