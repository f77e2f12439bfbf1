import { EXIT_CODES } from "../exit-code.ts";
import { defineErrors, type CatalogueEntry, type ErrorFamily } from "./define-errors.ts";
import { LimbeckError } from "./limbeck-error.ts";

/** The journal of a database does not let a run go on, or disagrees with the files. */
export class JournalError extends LimbeckError {
  override readonly name: string = "JournalError";
}

/** A revision that an earlier run left in the middle. */
interface Halfway {
  readonly revision: string;
  readonly direction: "upgrade" | "downgrade";
}

type JournalErrorContexts = {
  readonly leftHalfway: Halfway & {
    /** Whether there is a file for it. */
    readonly isKnown: boolean;
  };
  readonly otherBeginning: Halfway & {
    /** The call that differs. */
    readonly call: number;
    /** How many calls have ended. */
    readonly doneUpTo: number;
    /** How many statements of the call itself have run; absent where it has ended. */
    readonly parts?: number | undefined;
  };
  readonly inDoubt: Halfway & {
    readonly sql: string;
    /** The error that the database answered it with; undefined where no answer came. */
    readonly refusal: string | undefined;
  };
  readonly editedAfterApply: {
    /** Revisions that are applied, and the paths of their files. */
    readonly edited: readonly { readonly revision: string; readonly path: string }[];
    /** What would make the database what the files say now; absent where that was not looked at. */
    readonly drift?: readonly string[];
  };
  readonly deletedAfterApply: { readonly deleted: readonly string[] };
  readonly unknownHere: { readonly unknown: readonly string[]; readonly database: string };
  readonly aheadOfCode: {
    /** Revisions that ran there, the newest last, of which there are no files here. */
    readonly ahead: readonly string[];
    /** The command that takes them back with what the journal keeps; undefined where it does not keep all of it. */
    readonly wayBack: string | undefined;
  };
  readonly notKept: {
    readonly revision: string;
    /** Why; undefined where the journal says nothing of it. */
    readonly reason: string | undefined;
  };
  readonly temporaryRowsGone: Halfway & {
    /** The temporary table. */
    readonly table: string;
  };
  readonly otherBackfill: Halfway & { readonly ran: BackfillOrder; readonly found: BackfillOrder };
  readonly notApplied: {
    readonly revision: string;
    readonly direction: "upgrade" | "downgrade";
    readonly sql: string;
  };
  readonly nothingInDoubt: {
    readonly revision: string;
    /** The revision that is in the middle; undefined where none is. */
    readonly open: string | undefined;
  };
};

/** Which table a backfill goes through, and in which order. */
interface BackfillOrder {
  readonly table: string;
  readonly key: readonly string[];
}

const describeOrder = ({ table, key }: BackfillOrder): string => `${table} by ${key.join(", ")}`;

function describeDone({ call, doneUpTo, direction, parts }: JournalErrorContexts["otherBeginning"]): string {
  if (parts === undefined)
    return `The first ${doneUpTo} calls of its ${direction} have run and are committed; a run goes on behind them, so they have to be in the file as they ran.`;
  const statements = parts === 1 ? "the first statement has" : `the first ${parts} statements have`;
  return `Its ${direction} had come to call ${call}, of which ${statements} run; a run goes on behind that, so that it has to be in the file as it ran.`;
}

/** The command that goes on with a revision. */
const GO_ON = {
  upgrade: (revision: string): string => `limbeck upgrade ${revision}`,
  downgrade: (revision: string): string => `limbeck downgrade ${revision}-1`,
} as const;

/** The command that brings a revision to its end. */
export const writeContinuation = ({ revision, direction }: Pick<Halfway, "revision" | "direction">): string =>
  GO_ON[direction](revision);

const family = defineErrors<JournalErrorContexts>(JournalError, EXIT_CODES.usage, {
  leftHalfway: {
    code: "LB1301",
    title: ({ revision, direction }) => `An earlier run stopped in the middle of the ${direction} of ${revision}.`,
    why: ({ revision, isKnown }) =>
      isKnown
        ? "Some of it is committed, so that the database stands between two revisions. It has to come to its end first. Nothing was changed."
        : `Some of it is committed, and there is no file for ${revision} here. Nothing was changed.`,
    fix: ({ revision, direction, isKnown }) =>
      isKnown ? [GO_ON[direction](revision)] : [`git log --all --oneline -S "${revision}"`],
    explain:
      "On an engine that commits every change of the schema by itself, and after a part of a revision that ran outside of its transaction, a failure or a crash leaves the first statements of " +
      "a revision in place. The journal knows which ones. The next run of the same revision in the same direction goes on behind them. If you have brought the schema into order by hand, `limbeck stamp " +
      "REVISION` says where it stands, and closes what was left open.",
  },
  otherBeginning: {
    code: "LB1302",
    title: ({ revision, call }) =>
      `The file of ${revision} was changed before the place where the last run stopped: call ${call} is another one.`,
    why: (context) => `${describeDone(context)} Nothing was changed.`,
    fix: ({ revision }) => [`limbeck show ${revision}`, "git diff"],
    explain:
      "A revision that failed half-way may be corrected from the statement that failed on. What stands before it has run already, and stays. Put that part of the file back as it was, and run the command again. " +
      "If you have taken those statements back by hand instead, `limbeck stamp` with the revision that the database stands at begins anew.",
  },
  otherBackfill: {
    code: "LB1310",
    title: ({ revision }) => `The backfill in ${revision} was changed after some of it had run.`,
    why: ({ ran, found }) =>
      `It went through ${describeOrder(ran)}; in the file it now goes through ${describeOrder(found)}, where the place that it came to says nothing. Nothing was changed.`,
    fix: ({ revision }) => [`limbeck show ${revision}`, "git diff"],
    explain:
      "A backfill that was stopped goes on behind its last batch. What it sets, which rows it chooses and how large its batches are may be corrected before that, and hold from the next batch on; the table and the key may not. " +
      "Put them back, and run the command again. If you have taken back by hand what it did, `limbeck stamp` with the revision that the database stands at begins anew.",
  },
  inDoubt: {
    code: "LB1303",
    exitCode: EXIT_CODES.migrationFailed,
    title: ({ revision, direction }) =>
      `Nobody can tell whether a statement of the ${direction} of ${revision} took effect.`,
    why: ({ sql, refusal }) =>
      refusal === undefined
        ? `The run that sent it ended before the answer came, and the statement leaves nothing behind by which the database could tell. Nothing was changed.\nStatement: ${sql}`
        : `The database answered it with an error, and it may have done a part of its work before that. Nothing was changed since.\nAnswer: ${refusal}\nStatement: ${sql}`,
    fix: ({ revision }) => [`limbeck resolve ${revision} --applied`, `limbeck resolve ${revision} --rolled-back`],
    explain:
      "A run was killed, or lost its connection, while a statement was under way that no transaction can take back; or the database answered such a statement with an error that need not mean that nothing of it was done. For most statements Limbeck looks into the catalogue of the database to find out what became of them; " +
      "for this one that is not possible. Look for yourself, and say what you found: `limbeck resolve REVISION --applied` when it took effect, `--rolled-back` when it did not. The next run goes on from there.",
  },
  editedAfterApply: {
    code: "LB1305",
    exitCode: EXIT_CODES.drift,
    title: ({ edited }) =>
      edited.length === 1
        ? `The file of ${edited[0]?.revision ?? ""} is another one than when it was applied.`
        : `The files of ${edited.map(({ revision }) => revision).join(", ")} are others than when they were applied.`,
    why: ({ edited, drift = [] }) =>
      [
        `What was changed in ${edited.length === 1 ? "it" : "them"} is not in the database, and will be in the next one that is made from them:`,
        ...edited.map(({ path }) => `  ${path}`),
        ...(drift.length === 0
          ? []
          : [
              "The database differs from what the files say now, because of that or of a change by hand before the last run; what would make it that:",
            ]),
        ...drift.map((line) => `  ${line}`),
      ].join("\n"),
    fix: ({ edited }) => edited.flatMap(({ path }) => [`git diff HEAD -- ${path}`, `git log -p -- ${path}`]),
    explain:
      "The journal keeps a checksum of every file that ran or was stamped, spaces and line ends aside. A file that is edited afterwards makes databases that differ: those it ran on before, and those it runs on from now on. " +
      "Put the file back as it was, and write a new revision for the change. Where the edit changes nothing in a database, a comment for example, `limbeck stamp` with the revision that the database stands at takes the files of all that is applied as they are; what is edited after that is seen again.",
  },
  deletedAfterApply: {
    code: "LB1306",
    exitCode: EXIT_CODES.drift,
    title: ({ deleted }) =>
      `The ${deleted.length === 1 ? "file" : "files"} of ${deleted.join(", ")} ${deleted.length === 1 ? "is" : "are"} gone.`,
    why: ({ deleted }) => {
      const [they, them] = deleted.length === 1 ? ["It is", "it"] : ["They are", "them"];
      return `${they} applied on this database, and revisions that are here came after ${them}. Without ${them} no other database can be made like this one, and there is no way back.`;
    },
    fix: ({ deleted }) => deleted.map((revision) => `git log --all --oneline -S "${revision}"`),
    explain:
      "A revision file was deleted that had been applied. Bring it back from the history of the repository. To have fewer files, `limbeck squash` makes one revision of several, and knows which databases have passed them.",
  },
  unknownHere: {
    code: "LB1307",
    exitCode: EXIT_CODES.drift,
    title: ({ unknown, database }) =>
      `${database} stands at ${unknown.join(", ")}, of which neither the files nor its journal know.`,
    why: () =>
      "Another tool or another project wrote the version row, or somebody did by hand. It may be the wrong database.",
    fix: ({ unknown }) => [
      "limbeck current -v",
      ...unknown.map((revision) => `git log --all --oneline -S "${revision}"`),
    ],
    explain:
      "The version table names a revision that no file describes, and that no run or stamp of Limbeck has recorded. Make sure that the URL is right. If it is, and the schema is what a revision of yours leaves, `limbeck stamp --purge REVISION` says so.",
  },
  aheadOfCode: {
    code: "LB1308",
    exitCode: EXIT_CODES.drift,
    title: ({ ahead }) =>
      `The database is ahead of the code: it has ${ahead.join(", ")}, and there ${ahead.length === 1 ? "is no file for it" : "are no files for them"} here.`,
    why: ({ wayBack }) =>
      `A newer version of the project was deployed to it, or one from another branch; or the file was deleted here.${wayBack === undefined ? "" : " The journal keeps how to take them back."}`,
    fix: ({ ahead, wayBack }) => [
      "git pull",
      ...(wayBack === undefined ? [] : [wayBack]),
      ...ahead.map((revision) => `git log --all --oneline -S "${revision}"`),
    ],
    explain:
      "The journal says that Limbeck ran revisions on this database, or stamped them, that are not in this checkout. Check out the version of the project that has them, and run the command again; with that version `limbeck downgrade` also takes them back. " +
      "Where that version cannot be had, `limbeck downgrade TARGET --from-history` takes them back with what the journal kept when they ran.",
  },
  notKept: {
    code: "LB1311",
    title: ({ revision }) => `The journal does not keep how ${revision} is taken back.`,
    why: ({ reason }) =>
      reason === undefined
        ? "It was not run by this version of Limbeck or a later one, it was run by a script or stamped, or the config did not say `keepDowngrades`. Nothing was changed."
        : `When it ran that was not possible: ${reason}. Nothing was changed.`,
    fix: ({ revision }) => [`git log --all --oneline -S "${revision}"`],
    explain:
      "`limbeck downgrade TARGET --from-history` takes back revisions that have no file here, with the operations that the journal kept when they ran. What reads rows, changes rows in batches, holds a password, is another one each time or has no downgrade is not kept. " +
      "Check out the version of the project that has the file, and downgrade with that.",
  },
  temporaryRowsGone: {
    code: "LB1309",
    exitCode: EXIT_CODES.migrationFailed,
    title: ({ revision, direction, table }) =>
      `The ${direction} of ${revision} cannot go on: the rows of the temporary table ${table} are gone.`,
    why: () =>
      "The run that filled it stopped half-way, and a temporary table ends with the session that made it. To go on without its rows could lose them for good.",
    fix: ({ revision }) => [`limbeck show ${revision}`, "limbeck stamp REVISION"],
    explain:
      "A run stopped after it had filled a temporary table, and after something of the revision was committed. The next run makes the table again, but what was in it is gone, and what was read from may have changed since. " +
      "Bring the database into order by hand, from a backup where rows are missing, and say with `limbeck stamp REVISION` where it stands. To keep rows while a revision leaves its transaction, use a table that is not temporary, and drop it at the end.",
  },
  notApplied: {
    code: "LB1312",
    title: ({ revision }) => `The statement of ${revision} is not applied: the database shows nothing of it.`,
    why: ({ sql }) => `Nothing was written down, and the next run sends it again. Statement: ${sql}`,
    fix: ({ direction, revision }) => [`limbeck ${direction} ${direction === "upgrade" ? revision : "-1"}`],
    explain:
      "`limbeck resolve --applied` is for statements of which the database does not show whether they took effect. This one it shows: what it was to make is not there, or only as an invalid index, " +
      "which was cleared away. Mend what stopped it, and run the command again.",
  },
  nothingInDoubt: {
    code: "LB1304",
    title: ({ revision }) => `No statement of ${revision} is in doubt.`,
    why: ({ open }) =>
      open === undefined
        ? "The last run came to its end, or took back what it had begun."
        : `It is ${open} that the last run left in the middle.`,
    fix: ({ open }) =>
      open === undefined
        ? ["limbeck status"]
        : [`limbeck resolve ${open} --applied`, `limbeck resolve ${open} --rolled-back`],
    explain:
      "`limbeck resolve` says what became of a statement whose end nobody saw. There is none, or it belongs to another revision.",
  },
});

/** Builds the errors of the journal. */
export const journalErrors: ErrorFamily<JournalErrorContexts>["create"] = family.create;

/** The journal's part of the error catalogue. */
export const journalErrorEntries: readonly CatalogueEntry[] = family.entries;
