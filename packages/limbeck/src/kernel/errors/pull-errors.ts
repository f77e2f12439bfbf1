import { quoteWord } from "../quote-word.ts";
import type { ErrorEntry } from "./define-errors.ts";
import { describeRunFailure, type RunFailure } from "./run-failure.ts";

/** Data of the errors of a database that could not be shown or written down as models. */
export type PullContexts = {
  readonly modelsFileExists: {
    /** As it was named, or seen from the config. */
    readonly path: string;
    /** Another name for it, that is free. */
    readonly free: string;
  };
  readonly modelsFileNoModule: { readonly path: string };
  readonly modelsAmongRevisions: { readonly path: string };
  readonly nothingToPull: { readonly unmanaged: readonly string[] };
  readonly neverManaged: {
    /** What would be dropped. */
    readonly tables: readonly string[];
    /** The command that adopts the database. */
    readonly adopt: string;
  };
  readonly pulledNotStamped: { readonly revision: string; readonly failure: RunFailure };
  readonly referenceOutside: { readonly table: string; readonly columns: readonly string[]; readonly missing: string };
  readonly noSuchTable: { readonly name: string; readonly similar: string | undefined };
};

/** The catalogue entries of databases that could not be shown or written down as models, LB1060 and up. */
export const pullErrors: { readonly [Reason in keyof PullContexts]: ErrorEntry<PullContexts[Reason]> } = {
  modelsFileExists: {
    code: "LB1060",
    title: ({ path }) => `${path} exists already, and is not overwritten.`,
    why: () => "The database was only read; nothing was written.",
    fix: ({ free }) => [`limbeck pull ${free}`, "limbeck pull --dry-run"],
    explain:
      "`limbeck pull` writes models from a database into a new file. Give it the name of another file, or print the models with --dry-run and take " +
      "from them what you want.",
  },
  modelsFileNoModule: {
    code: "LB1061",
    title: ({ path }) => `${path} is no name for a TypeScript or JavaScript file.`,
    why: () => "Models are exported by a module: .ts, .mts, .js or .mjs.",
    fix: () => ["limbeck pull app/models.ts", "limbeck inspect --sql"],
    explain:
      "`limbeck pull` writes a module that exports the tables of a database. To have them as SQL, `limbeck inspect --sql` prints the statements; " +
      "a file of those can be the models of a project too.",
  },
  modelsAmongRevisions: {
    code: "LB1066",
    title: ({ path }) => `${path} lies in a folder of revisions.`,
    why: () => "Every file there is taken for a revision.",
    fix: () => ["limbeck pull app/models.ts"],
    explain: "`limbeck pull` writes models. Give it a file outside of the folders that hold revisions.",
  },
  nothingToPull: {
    code: "LB1062",
    title: () => "The database holds nothing that models could say.",
    why: ({ unmanaged }) =>
      unmanaged.length === 0 ? "It has no table, view or trigger." : `It has only: ${unmanaged.join(", ")}.`,
    fix: () => ["limbeck status", 'limbeck revision -m "initial" --autogenerate'],
    explain:
      "`limbeck pull` is for a database that was there before Limbeck. A new project begins the other way round: write the models, and let " +
      "`limbeck revision --autogenerate` make the first revision from them. If the tables should be there, look whether the URL is the right one.",
  },
  neverManaged: {
    code: "LB1068",
    title: ({ tables }) =>
      `This database was never under Limbeck, and the models know nothing of ${tables.length} of its tables.`,
    why: ({ tables }) =>
      `It has no version row, and the project no revision. To make the database what the models say would drop, with all rows: ${tables.join(", ")}. Where these may go, say so with --drop-ok.`,
    fix: ({ adopt }) => [adopt],
    explain:
      "A database that holds tables, without a version row and without a revision file, is most often one that was there before Limbeck. `limbeck pull` adopts it: it writes the models " +
      "and a first revision from what is there, and changes nothing but the version table. If the models are those of another part of the project, let `includeName` in the config " +
      "leave the other tables out of comparisons. If it is the wrong database, look at the URL with `limbeck status`. If the tables may really go, say so with --drop-ok.",
  },
  pulledNotStamped: {
    code: "LB1064",
    title: ({ revision }) => `The files are written, and the database could not be told that it stands at ${revision}.`,
    why: ({ failure }) => describeRunFailure(failure),
    fix: ({ revision }) => [`limbeck stamp ${revision}`],
    explain:
      "The models and the first revision are proven and stay. What is missing is the version table, which needs a user who may create it: run the stamp as one. Until then the database counts as empty; do not " +
      "upgrade it.",
  },
  referenceOutside: {
    code: "LB1065",
    title: ({ table, columns, missing }) =>
      `${table} (${columns.join(", ")}) points to ${missing}, which the database does not have among its tables.`,
    why: () => "A foreign key of models leads to a table that they have too. No file was written.",
    fix: ({ table }) => [`limbeck inspect ${quoteWord(table)}`],
    explain:
      "Some engines keep a foreign key whose table is gone, or is of a kind that models cannot say, and refuse the first row of it. Take the key out of the table, or bring the other table back; then pull " +
      "again.",
  },
  noSuchTable: {
    code: "LB1063",
    title: ({ name }) => `The database has no table or view "${name}".`,
    why: ({ similar }) => (similar === undefined ? "" : `It has ${similar}.`),
    fix: ({ similar }) => [
      ...(similar === undefined ? [] : [`limbeck inspect ${quoteWord(similar)}`]),
      "limbeck inspect",
    ],
    explain: "`limbeck inspect` takes names of tables and views, and shows all of them when it is given none.",
  },
};
