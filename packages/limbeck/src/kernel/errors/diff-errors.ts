import { EXIT_CODES } from "../exit-code.ts";
import { defineErrors, type CatalogueEntry, type ErrorFamily } from "./define-errors.ts";
import { LimbeckError } from "./limbeck-error.ts";
import type { Retypings } from "./retyping.ts";

/** Two schemas cannot be compared before the user has said something; nothing was written. */
export class DiffError extends LimbeckError {
  override readonly name: string = "DiffError";
}

/** What a question about a rename shows of itself in an error: enough to answer it. */
export interface OpenRenameQuestion {
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  /** The table of a column or an index, by its new name. */
  readonly table?: string;
  /** What --rename is given to say yes, and what an answers file calls it. */
  readonly answer: string;
  /** The flag that says yes. */
  readonly flag: string;
}

type DiffErrorContexts = {
  readonly renameQuestionsOpen: { readonly questions: readonly OpenRenameQuestion[] };
  readonly answersUnreadable: { readonly path: string; readonly problem: string };
  readonly renameMalformed: { readonly answer: string; readonly problem: string };
  readonly renameUnknown: { readonly answer: string; readonly problem: string };
  readonly renameConflict: { readonly answer: string; readonly problem: string };
};

const ownerOf = (question: OpenRenameQuestion | undefined): string =>
  question?.table === undefined ? "" : ` of "${question.table}"`;

const GRAMMAR =
  "An answer has the form `old:new` for a table, `table.old:table.new` or `table.old:new` for a column, an index or a constraint of a table. " +
  'A name that holds a dot, a colon or a quote is put into double quotes: `"odd.name":plain`. Where one name fits several kinds, say which: ' +
  "`index:old:new`. A value of an enum is `value:enum.old:enum.new`.";

const family = defineErrors<DiffErrorContexts>(DiffError, EXIT_CODES.usage, {
  renameQuestionsOpen: {
    code: "LB0901",
    title: ({ questions }) =>
      questions.length === 1
        ? `Was ${questions[0]?.kind} "${questions[0]?.from}"${ownerOf(questions[0])} renamed to "${questions[0]?.to}"?`
        : `${questions.length} things may have been renamed, and nobody says whether they were.`,
    why: () =>
      "A rename keeps the data; dropping the old and adding the new destroys it. Only you know which one is meant.",
    fix: () => ["limbeck explain LB0901"],
    // Each is a command of its own: some answers rule others out, or only make sense after them.
    retype: ({ questions }) => [
      ...questions.map(({ answer }): Retypings => [{ kind: "repeated", name: "--rename", value: answer }]),
      [{ kind: "option", name: "--no-rename", value: true }],
    ],
    explain:
      "The models and the database differ in names: something is gone and something else is new. That is either a rename, which keeps " +
      "the data, or a drop and an addition, which does not, and nothing in the schemas tells the two apart. Answer with `--rename old:new` for each " +
      "rename, and with `--no-rename` for all the rest: it drops what is gone. The first guess is asked first. A table that goes is asked about " +
      "where a new one has a name like it, a column that is recognised, or columns in which half of its values could live on; a column where a " +
      "new one of its table has a name like it or a kindred type (text, numbers, dates); a value of an enum where one comes in its place, or with a name like it. The columns of a renamed table are asked about in the " +
      "same way. With `--json` the error carries the questions, each with the flag that says yes. A file can answer them one by one, `--answers answers.json`: " +
      'it holds `{ "todos.name:todos.title": true, "users:people": false }`, with the `answer` of each question as a key.',
  },
  renameMalformed: {
    code: "LB0902",
    title: ({ answer }) => `--rename does not understand "${answer}".`,
    why: ({ problem }) => problem,
    fix: () => ["limbeck diff --rename old_table:new_table", "limbeck diff --rename table.old_column:table.new_column"],
    explain: GRAMMAR,
  },
  answersUnreadable: {
    code: "LB0905",
    title: ({ path }) => `The answers in ${path} cannot be read.`,
    why: ({ problem }) => problem,
    fix: () => ["limbeck diff --json"],
    explain:
      'A file for `--answers` holds a JSON object such as `{ "todos.name:todos.title": true, "users:people": false }`: for each question about a rename its answer, and ' +
      "whether that is so. `limbeck diff --json` fails with the questions that are open; `answer` of each is the key.",
  },
  renameUnknown: {
    code: "LB0903",
    title: ({ answer }) => `Nothing fits the rename "${answer}".`,
    why: ({ problem }) => problem,
    // It asks what may be a rename, or names the commands that answer; --no-rename would drop what was meant to be kept.
    fix: () => ["limbeck diff"],
    explain:
      "A rename leads from a name that the database has to a name that the models have. One of the two is missing; either may be misspelled, " +
      `or the rename was carried out by an earlier revision. ${GRAMMAR}`,
  },
  renameConflict: {
    code: "LB0904",
    title: ({ answer }) => `The rename "${answer}" is not possible.`,
    why: ({ problem }) => problem,
    // It asks what may be a rename, or names the commands that answer; --no-rename would drop what was meant to be kept.
    fix: () => ["limbeck diff"],
    explain:
      "Each name can be renamed once, and only to a name that is free or that is renamed away itself. To give a name to something else " +
      "while its present owner is dropped, make two revisions: one that drops, one that renames.",
  },
});

/** Builds the errors of comparing schemas. */
export const diffErrors: ErrorFamily<DiffErrorContexts>["create"] = family.create;

/** The comparison's part of the error catalogue. */
export const diffErrorEntries: readonly CatalogueEntry[] = family.entries;
