import { EXIT_CODES } from "../exit-code.ts";
import { quoteWord } from "../quote-word.ts";
import { defineErrors, type CatalogueEntry, type ErrorFamily } from "./define-errors.ts";
import { hookErrors, type HookContexts } from "./hook-errors.ts";
import { LimbeckError } from "./limbeck-error.ts";
import { formatLocation, offerEdit, withFrame, type SourceLocation } from "./source-location.ts";

/** A revision file, or the folder of them, cannot be used; `reason` says why. */
export class ScriptError extends LimbeckError {
  override readonly name: string = "ScriptError";
}

/** A place in a file, and what is wrong there. */
interface Finding {
  readonly location: SourceLocation;
  readonly message: string;
  /** What repairs it, when that is known. */
  readonly fix?: string;
}

type ScriptErrorContexts = HookContexts & {
  readonly folderMissing: {
    readonly path: string;
    readonly location: string;
    /** The folder beside it that may have been meant. */
    readonly similar?: string;
    /** The path of the config that names it. */
    readonly config?: string;
  };
  readonly fileUnreadable: { readonly path: string; readonly message: string };
  readonly fileNotText: { readonly path: string; readonly line: number };
  readonly headerIncomplete: { readonly path: string; readonly name: string };
  readonly headerNotLiteral: { readonly location: SourceLocation; readonly name: string; readonly expected: string };
  readonly duplicateRevision: { readonly revision: string; readonly paths: readonly string[] };
  readonly fileExists: { readonly path: string };
  readonly folderNotWritable: { readonly path: string; readonly message: string };
  readonly syntaxError: Finding;
  readonly unsupportedSyntax: Finding;
  readonly importFailed: Finding;
  readonly moduleThrows: Finding;
  readonly upgradeMissing: { readonly path: string; readonly exports: readonly string[] };
  readonly notAFunction: { readonly path: string; readonly name: string; readonly found: string };
  readonly notTrueOrFalse: { readonly path: string; readonly name: string };
  readonly invalidRevisionId: { readonly revision: string; readonly problem: string };
  readonly revisionIdTaken: { readonly revision: string; readonly path: string };
  readonly squashedMeanwhile: { readonly squash: string; readonly path: string };
  readonly templateBroken: { readonly path: string; readonly problem: string };
  readonly sqlHeaderInvalid: { readonly location: SourceLocation; readonly name: string; readonly expected: string };
  readonly sqlOutsideSection: { readonly location: SourceLocation };
  readonly sqlSectionUnknown: { readonly location: SourceLocation; readonly marker: string };
  readonly sqlSectionRepeated: { readonly location: SourceLocation; readonly section: string };
  readonly sqlUpgradeMissing: { readonly path: string; readonly foreignMarker: string | undefined };
  readonly sqlTransaction: { readonly location: SourceLocation };
  readonly sqlBroken: { readonly location: SourceLocation; readonly message: string };
};

const nameOf = (path: string): string => path.split(/[/\\]/).at(-1) ?? path;

/** How a first revision says that it builds on nothing. */
const declare = (path: string, name: string): string =>
  path.endsWith(".sql") ? `-- ${name}: none` : `export const ${name} = null;`;

const family = defineErrors<ScriptErrorContexts>(ScriptError, EXIT_CODES.usage, {
  folderMissing: {
    code: "LB0201",
    title: ({ path }) => `There is no folder ${path}.`,
    why: ({ location, similar }) =>
      `The revision files should be in ${location}.${similar === undefined ? "" : ` Did you mean ${similar}?`}`,
    fix: ({ path, location, similar, config }) =>
      similar === undefined || config === undefined
        ? [`mkdir -p ${quoteWord(location)}`]
        : [offerEdit(config, `${nameOf(similar)} instead of ${nameOf(path)}`)],
    explain:
      "Revision files live in the folder `versions` of the migrations folder, or in those that versionLocations of the config lists; relative paths " +
      "count from the config's folder. The folder itself may be missing, as after a clone of a project without revisions, but not the one around " +
      "it: that is rather a typing error. `limbeck init` makes both.",
  },
  fileUnreadable: {
    code: "LB0202",
    title: ({ path }) => `${path} cannot be read.`,
    why: ({ message }) => message,
    fix: ({ path }) => [`ls -l ${path}`],
    explain:
      "The file is listed in its folder but the system refused to open it: a missing permission, a link that leads nowhere, or a folder where a " +
      "file is expected. No revision is skipped silently, because a history with a gap would be run in the wrong order.",
  },
  fileNotText: {
    code: "LB0224",
    title: ({ path, line }) => `${path}:${line} is not UTF-8.`,
    why: () =>
      "In another encoding letters beyond ASCII would be read as something else, and written into the database so.",
    fix: ({ path }) => [
      `save ${path} as UTF-8`,
      `iconv -f WINDOWS-1252 -t UTF-8 ${path}   # from Western Windows, for example`,
    ],
    explain:
      "Revision files are UTF-8, as Node reads TypeScript and JavaScript. A file in another encoding, such as UTF-16 or Windows-1252, is refused instead of being read " +
      "with question marks in place of its letters.",
  },
  headerIncomplete: {
    code: "LB0203",
    title: ({ path, name }) => `${path} has no ${name}.`,
    why: () => "Every file in the versions folder is a revision and says which one it is and what it builds on.",
    fix: ({ path, name }) => [
      name === "revision"
        ? `move ${path} out of the versions folder, or rename it to begin with "_", if it is not a revision`
        : `add \`${declare(path, name)}\` (a first revision) or the id of the one it builds on to ${path}`,
    ],
    explain:
      'A revision file declares `export const revision = "..."` and `export const downRevision = "..."` (null for the first one, a list for a merge). ' +
      "They are read as text, without running the file, so they must stand at the top level of the file. " +
      "A .sql file says the same in comments: `-- revision: ...` and `-- down_revision: ...` (none for the first one, a list for a merge). " +
      "Files whose name begins with a dot or an underscore, tests and .d.ts files are not taken for revisions.",
  },
  headerNotLiteral: {
    code: "LB0204",
    title: ({ location, name }) => `${formatLocation(location)}: ${name} must be written out.`,
    why: ({ location, expected }) => withFrame(`Expected ${expected}; the file is not run to find out.`, location),
    fix: ({ location, name }) => [`write the value of ${name} as a literal in ${formatLocation(location)}`],
    explain:
      "revision, downRevision, branchLabels and dependsOn are read as text, because reading ten thousand files must not mean running them. " +
      "So each must be a literal: a string, a list of strings, or null. Type annotations, `as const` and `satisfies` are fine; " +
      "concatenation, variables and calls are not.",
  },
  duplicateRevision: {
    code: "LB0205",
    title: ({ revision, paths }) => `${paths.length} files say they are revision ${revision}.`,
    why: ({ paths }) => paths.map((path) => `  ${path}`).join("\n"),
    fix: ({ paths }) => [offerEdit(paths.at(-1) ?? "", "another id, there and where it is named as downRevision")],
    explain:
      "An id names one revision only. Usually a file was copied, two branches chose the same date-serial id, or a .ts file lies beside the .js file " +
      "compiled from it. Change one id, or remove the copy.",
  },
  fileExists: {
    code: "LB0206",
    title: ({ path }) => `${path} already exists.`,
    why: () => "A revision file is never overwritten.",
    fix: () => ['limbeck revision -m "another message"'],
    retype: () => [[{ kind: "option", name: "--message", value: "another message" }]],
    explain:
      "The name of a new file is made from `fileTemplate` in the config. Another file has this name already: choose another message, " +
      "or a template with {serial} or {rev} in it.",
  },
  folderNotWritable: {
    code: "LB0207",
    title: ({ path }) => `${path} cannot be written.`,
    why: ({ message }) => message,
    fix: ({ path }) => [`ls -ld ${path.replace(/[^/\\]*$/, "")}`],
    explain:
      "The file system refused to create the file: a read-only folder, a missing permission, a full disk. Nothing was left behind.",
  },
  syntaxError: {
    code: "LB0208",
    title: ({ location, message }) => `${formatLocation(location)}: ${message}`,
    why: ({ location }) =>
      withFrame("This is no valid TypeScript or JavaScript; nothing of the file has run.", location),
    fix: ({ location }) => [offerEdit(location)],
    explain:
      "The file could not be parsed, so nothing of it has run. Your editor or `npx tsc --noEmit` shows the same error.",
  },
  unsupportedSyntax: {
    code: "LB0209",
    title: ({ location, message }) => `${formatLocation(location)}: ${message}`,
    why: ({ location }) =>
      withFrame("Node runs TypeScript by removing the types, which is not enough for this syntax.", location),
    fix: () => ["npm i -D oxc-transform"],
    explain:
      "Enums, namespaces with code and parameter properties have to be translated, not only removed. Limbeck does so where the package " +
      "oxc-transform is installed. Or write it without: `erasableSyntaxOnly` in tsconfig.json finds every such place. " +
      "See https://nodejs.org/api/typescript.html.",
  },
  importFailed: {
    code: "LB0210",
    title: ({ location, message }) => `${formatLocation(location)}: ${message}`,
    why: ({ location }) => withFrame("Something the file imports is not there.", location),
    fix: ({ location, fix }) => [fix ?? offerEdit(location)],
    explain:
      "A file or package that is imported does not exist, or does not export that name. A type has to be imported with `import type`, " +
      "because at run time there is nothing behind it. Packages are looked up from the folder of the file.",
  },
  moduleThrows: {
    code: "LB0211",
    title: ({ location, message }) => `${formatLocation(location)}: ${message}`,
    why: ({ location }) =>
      withFrame("The file failed while it was being loaded, before any function of it was called.", location),
    fix: ({ location }) => [offerEdit(location)],
    explain:
      "Code at the top level of the file, or of a file it imports, threw. Nothing has been done to the database.",
  },
  upgradeMissing: {
    code: "LB0212",
    title: ({ path }) => `${path} has no upgrade function.`,
    why: ({ exports }) => (exports.length > 0 ? `It exports ${exports.join(", ")}.` : "It exports nothing."),
    fix: ({ path }) => [`add \`export async function upgrade(op: Operations) { ... }\` to ${path}`],
    explain:
      "Every revision exports a function called upgrade; downgrade may be left out where there is no way back. " +
      "For a revision that changes nothing, such as a merge, leave the body empty.",
  },
  notAFunction: {
    code: "LB0213",
    title: ({ path, name }) => `${name} in ${path} is not a function.`,
    why: ({ found }) => `It is ${found}.`,
    fix: ({ path, name }) => [`write \`export async function ${name}(op: Operations) { ... }\` in ${path}`],
    explain:
      "upgrade and downgrade are functions that take the operations object. Remove the export where there is no way back.",
  },
  notTrueOrFalse: {
    code: "LB0226",
    title: ({ path, name }) => `${name} in ${path} is neither true nor false.`,
    why: () => "It says whether the revision runs in a transaction.",
    fix: ({ path, name }) => [`write \`export const ${name} = false;\` in ${path}`],
    explain:
      "A revision runs in a transaction together with its version row. `export const transactional = false;` has each of its calls committed for itself instead; leave it out everywhere else.",
  },
  invalidRevisionId: {
    code: "LB0214",
    title: ({ revision }) => `"${revision}" cannot be the id of a revision.`,
    why: ({ problem }) => problem,
    fix: () => ["limbeck explain LB0214"],
    retype: () => [
      [{ kind: "option", name: "--rev-id", value: undefined }],
      [{ kind: "option", name: "--rev-id", value: "2026_02_21_001" }],
    ],
    explain:
      "An id has at most 32 letters, digits, underscores and dots. @, -, + and : have a meaning in targets (`branch@head`, `head-1`, `a:b`), " +
      "head, heads, base and current name places in the history, and none and null mean nothing. Leave --rev-id out to get a random id.",
  },
  revisionIdTaken: {
    code: "LB0215",
    title: ({ revision }) => `There is a revision or a branch label ${revision} already.`,
    why: ({ path }) => `It is named in ${path}.`,
    fix: ({ revision }) => [`limbeck show ${revision}`],
    retype: () => [[{ kind: "option", name: "--rev-id", value: undefined }]],
    explain: "An id names one revision only. Leave --rev-id out to get one that is free.",
  },
  squashedMeanwhile: {
    code: "LB0225",
    title: ({ squash }) => `${squash} was written meanwhile, and stands for some of the same revisions.`,
    why: ({ path }) => `It is in ${path}. The file of this squash was taken away again.`,
    fix: ({ squash }) => [`limbeck show ${squash}`, "limbeck history"],
    explain:
      "Somebody else has squashed at the same time. Two revisions that stand for the same one would make the history unusable (LB0350), so the one that is written last gives way.",
  },
  templateBroken: {
    code: "LB0216",
    title: ({ path }) => `The template ${path} cannot be used.`,
    why: ({ problem }) => problem,
    fix: ({ path }) => [offerEdit(path, "or delete it, to use the built-in one")],
    explain:
      "template.ts in the migrations folder exports a function `render(context)` that returns the text of a new revision file. " +
      "What it returns is read back before it is written: the declarations must say what the context said.",
  },
  sqlHeaderInvalid: {
    code: "LB0217",
    title: ({ location, name }) => `${formatLocation(location)}: ${name} cannot be read.`,
    why: ({ location, expected }) => withFrame(`Expected ${expected}.`, location),
    fix: ({ location }) => [offerEdit(location)],
    explain:
      "A .sql revision begins with comments that say which one it is: `-- revision: 3f1c9a2b7d10`, `-- down_revision: 9d2e11aa0c54` (none for " +
      "the first one, several with commas for a merge) and, where needed, `-- branch_labels: ...` and `-- depends_on: ...`. Ids stand without quotes, " +
      "each word stands once. A comment that is no part of the header must not begin with one of these words and a colon.",
  },
  sqlOutsideSection: {
    code: "LB0218",
    title: ({ location }) => `${formatLocation(location)}: SQL stands before the first section.`,
    why: ({ location }) => withFrame("It belongs to no direction, so it would never run.", location),
    fix: ({ location }) => [`write \`-- limbeck: upgrade\` above ${formatLocation(location)}`],
    explain:
      "A .sql revision is comments, then a line `-- limbeck: upgrade` with the statements of the upgrade below it, then a line " +
      "`-- limbeck: downgrade` with those of the way back. Statements above the first marker would be run by nobody.",
  },
  sqlSectionUnknown: {
    code: "LB0219",
    title: ({ location, marker }) => `${formatLocation(location)}: there is no section "${marker}".`,
    why: ({ location }) => withFrame("The sections are upgrade and downgrade.", location),
    fix: () => ["write `-- limbeck: upgrade` or `-- limbeck: downgrade`"],
    explain:
      "A line that begins with `-- limbeck:` divides a .sql revision. What follows the colon is upgrade or downgrade, and nothing else.",
  },
  sqlSectionRepeated: {
    code: "LB0220",
    title: ({ location, section }) => `${formatLocation(location)}: the section ${section} begins a second time.`,
    why: ({ location }) => withFrame("Each direction has one section.", location),
    fix: ({ section }) => [`put all statements of the ${section} into one section`],
    explain: "A .sql revision has one section for each direction, in which the statements run in their order.",
  },
  sqlUpgradeMissing: {
    code: "LB0221",
    title: ({ path }) => `${path} has no upgrade section.`,
    why: ({ foreignMarker }) =>
      foreignMarker === undefined ? "" : `"${foreignMarker}" is another tool's marker for it.`,
    fix: ({ path }) => [`write \`-- limbeck: upgrade\` above the statements of ${path}`],
    explain:
      "Every revision says what its upgrade does; the section may be empty where nothing changes. The downgrade section may be left " +
      "out where there is no way back.",
  },
  sqlTransaction: {
    code: "LB0222",
    title: ({ location }) => `${formatLocation(location)}: a revision must not begin or end a transaction.`,
    why: ({ location }) =>
      withFrame("It runs in one already, together with the note of where the database stands.", location),
    fix: ({ location }) => [`remove the statement at ${formatLocation(location)}`],
    explain:
      "A revision commits whole or not at all. A COMMIT in the middle would keep one half of it although the other half fails, and nobody would know " +
      "where the database stands. Savepoints are fine.",
  },
  sqlBroken: {
    code: "LB0223",
    title: ({ location, message }) => `${formatLocation(location)}: ${message}`,
    why: ({ location }) =>
      withFrame("The statement cannot be run as it is written, and nothing was changed.", location),
    fix: ({ location }) => [offerEdit(location)],
    explain:
      "A .sql revision holds whole statements without placeholders: quotation marks, comments and trigger bodies are closed, values are " +
      "written out. What depends on values or on rows is better written as a TypeScript revision.",
  },
  ...hookErrors,
});

/** Builds the errors of revision files. */
export const scriptErrors: ErrorFamily<ScriptErrorContexts>["create"] = family.create;

/** The part of the error catalogue about revision files. */
export const scriptErrorEntries: readonly CatalogueEntry[] = family.entries;
