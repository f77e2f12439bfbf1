import { EXIT_CODES } from "../exit-code.ts";
import { joinNames } from "../join-names.ts";
import type { ErrorEntry } from "./define-errors.ts";

/** Data of the errors that `rebase` gives. */
export type RebaseErrorContexts = {
  readonly rebaseUnnamed: {
    readonly heads: readonly string[];
    /** The heads of branches of which nothing is applied. */
    readonly movable: readonly string[];
  };
  readonly rebaseUndecided: { readonly heads: readonly string[]; readonly database: string };
  readonly rebaseApplied: {
    readonly applied: readonly string[];
    readonly database: string;
    readonly branch: string;
    readonly onto: string;
    /** Whether the other way round would do. */
    readonly canSwap: boolean;
    /** The target of a downgrade that undoes what is applied of the branch and nothing else; absent where there is none. */
    readonly wayBack?: string;
  };
  readonly rebaseCircle: {
    readonly onto: string;
    readonly dependent: string;
    readonly needed: string;
    /** Whether something of the branch of the new place is applied, so that it cannot move either. */
    readonly isOntoApplied?: boolean;
  };
  readonly rebaseDone: { readonly upper: string; readonly lower: string };
  readonly rebaseFails: { readonly revision: string; readonly onto: string; readonly message: string };
  readonly headerNotEditable: { readonly path: string; readonly parents: readonly string[] };
  readonly fileChanged: { readonly path: string };
  readonly filesNotReplaced: { readonly path: string; readonly message: string };
  readonly filesHalfReplaced: { readonly path: string; readonly message: string; readonly changed: readonly string[] };
};

const NOTHING_CHANGED = "No file was changed.";

const listPairs = (heads: readonly string[], movable: readonly string[]): readonly string[] =>
  movable.flatMap((branch) =>
    heads.filter((onto) => onto !== branch).map((onto) => `limbeck rebase ${branch} --onto ${onto}`),
  );

/** The catalogue entries of rebases, LB1221 and up. */
export const rebaseErrors: { readonly [Reason in keyof RebaseErrorContexts]: ErrorEntry<RebaseErrorContexts[Reason]> } =
  {
    rebaseUnnamed: {
      code: "LB1221",
      title: ({ heads }) =>
        heads.length < 2
          ? "There is nothing to rebase: the history has one end only."
          : `It has to be said which of the ${heads.length} branches is to move, and where.`,
      why: ({ heads }) => {
        if (heads.length === 0) return "There are no revisions.";
        return `${heads.length === 1 ? "The only head is" : "The heads are"} ${joinNames(heads)}.`;
      },
      fix: ({ heads, movable }) => {
        const pairs = heads.length < 2 ? [] : listPairs(heads.slice(0, 3), movable.slice(0, 3));
        if (pairs.length > 0) return pairs;
        return heads.length < 2 ? ["limbeck history"] : ["limbeck merge heads"];
      },
      explain:
        "With exactly two heads, `limbeck rebase` alone moves the branch that the database does not have. Otherwise name a revision of the branch that is to move, " +
        "and with --onto the revision that it is to stand on.",
    },
    rebaseUndecided: {
      code: "LB1222",
      title: ({ heads }) => `The database has nothing of ${joinNames(heads)}, so it does not say which one is to move.`,
      why: ({ database }) => `Asked: ${database}.`,
      fix: ({ heads }) => listPairs(heads, heads),
      explain:
        "Without names, the branch that the configured database does not have goes on top of the one that it has. Here it has neither. Say which one moves: usually " +
        "your own, onto the one that others have merged before you.",
    },
    rebaseApplied: {
      code: "LB1223",
      title: ({ applied }) =>
        `${joinNames(applied)} ${applied.length === 1 ? "is" : "are"} applied, and what is applied is not moved.`,
      why: ({ database, wayBack }) =>
        [
          `Asked: ${database}. Its schema was made in the order of today; the files would tell another story. ${NOTHING_CHANGED}`,
          ...(wayBack === undefined ? [] : ["A downgrade loses the rows of the tables and columns that it drops."]),
        ].join(" "),
      fix: ({ branch, onto, canSwap, wayBack }) => [
        ...(canSwap ? [`limbeck rebase ${onto} --onto ${branch}`] : []),
        `limbeck merge ${onto} ${branch}`,
        ...(wayBack === undefined ? [] : [`limbeck downgrade ${wayBack}`]),
      ],
      explain:
        "A rebase changes what revisions build on, so it is for revisions that no database has. The configured one has some. Move the other branch, or bring both " +
        "together with `limbeck merge`, which changes no file; or take the revisions back first, which loses the rows of what they made.",
    },
    rebaseCircle: {
      code: "LB1224",
      title: ({ onto, needed }) => `${needed} cannot move on top of ${onto}, which needs it.`,
      why: ({ dependent, needed }) =>
        `${dependent} depends on ${needed}, so ${needed} would have to run before itself. ${NOTHING_CHANGED}`,
      fix: ({ onto, needed, dependent, isOntoApplied = false }) => [
        ...(isOntoApplied ? [`limbeck merge ${onto} ${needed}`] : [`limbeck rebase ${onto} --onto ${needed}`]),
        `limbeck show ${dependent}`,
      ],
      explain:
        "dependsOn makes a revision wait for another one. What a branch waits for cannot be put on top of that branch. Put the branch on top of what it waits for.",
    },
    rebaseDone: {
      code: "LB1225",
      title: ({ upper, lower }) =>
        upper === lower ? `${upper} cannot stand on itself.` : `${upper} builds on ${lower} already.`,
      why: () => `There is nothing to move. ${NOTHING_CHANGED}`,
      fix: () => ["limbeck heads", "limbeck history"],
      explain: "A rebase puts a branch on top of a revision of another branch. These two lie on one line already.",
    },
    rebaseFails: {
      code: "LB1226",
      title: ({ revision, onto }) => `On top of ${onto}, ${revision} does not work.`,
      why: ({ message }) => `${message}\nThis was tried on scratch databases. ${NOTHING_CHANGED}`,
      fix: ({ revision, onto }) => [`limbeck edit ${revision}`, `limbeck show ${onto}`],
      explain:
        "Before the files are changed, the moved revisions, and those that depend on them, run up, down and up on scratch databases, with rows in the tables. One of them fails " +
        "there, because of what now comes before it. Change that revision, its upgrade or its downgrade, so that it leads from what is there now and back to it; nothing has it yet. `--no-proof` changes the files all the same.",
      exitCode: EXIT_CODES.proofFailed,
    },
    headerNotEditable: {
      code: "LB1227",
      title: ({ path }) => `The downRevision of ${path} cannot be changed where it stands.`,
      why: () => `It is not written in a way that can be replaced without touching anything else. ${NOTHING_CHANGED}`,
      fix: ({ path, parents }) => [`In ${path}, set downRevision to ${joinNames(parents)}`],
      explain:
        "A rebase replaces the value of downRevision in the text of a file and leaves the rest as it is. Here the value could not be found, or the file would not have " +
        'said what it should afterwards. Write `export const downRevision = "...";`, or change it by hand.',
    },
    fileChanged: {
      code: "LB1228",
      title: ({ path }) => `${path} was changed by somebody else meanwhile.`,
      why: () => `What was proven is not what stands there any more. ${NOTHING_CHANGED}`,
      fix: () => ["limbeck rebase --dry-run"],
      explain: "Between reading a file and writing it, somebody saved it. Run the command again.",
    },
    filesNotReplaced: {
      code: "LB1229",
      title: ({ path }) => `${path} cannot be written.`,
      why: ({ message }) => `${message} ${NOTHING_CHANGED}`,
      fix: ({ path }) => [`ls -ld ${path}`],
      explain:
        "The file system refused to replace a revision file. Those that were replaced before have their old text again.",
    },
    filesHalfReplaced: {
      code: "LB1230",
      title: ({ path }) => `${path} cannot be written, and others could not be given back their old text.`,
      why: ({ message, changed }) =>
        `${message} What has its new downRevision and keeps it for now: ${joinNames(changed)}.`,
      fix: ({ path }) => [`ls -ld ${path}`, "limbeck history --graph"],
      explain:
        "The file system refused to replace a revision file, and then to take back what was replaced before. The history is sound all the same: a part of the branch has moved. " +
        "Run the same rebase again once files can be written, and the rest moves too.",
    },
  };
