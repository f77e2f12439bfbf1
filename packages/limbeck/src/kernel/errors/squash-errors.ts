import { EXIT_CODES } from "../exit-code.ts";
import { joinNames } from "../join-names.ts";
import type { ErrorEntry } from "./define-errors.ts";
import { describeRunFailure, type RunFailure } from "./run-failure.ts";

/** Data of the errors that `squash` gives. */
export type SquashErrorContexts = {
  readonly squashRangeMalformed: { readonly text: string };
  readonly insideSquash: { readonly revision: string; readonly squash: string };
  readonly squashNoRange: { readonly first: string; readonly last: string };
  readonly squashOne: { readonly revision: string };
  readonly squashOverlaps: {
    readonly squash: string;
    readonly path: string;
    /** The revisions of the range that it stands for. */
    readonly revisions: readonly string[];
  };
  readonly squashSeveralBases: { readonly bases: readonly string[] };
  readonly squashEntered: {
    readonly member: string;
    readonly outside: string;
    readonly first: string;
    /** What of the range the revision builds on. */
    readonly before: readonly string[];
  };
  readonly squashLeft: {
    readonly member: string;
    readonly outside: string;
    readonly isChild: boolean;
    readonly ends: { readonly first: string; readonly last: string };
    /** What of the range builds on the revision. */
    readonly after: readonly string[];
  };
  readonly squashEndsSquashed: { readonly last: string; readonly replaces: readonly string[] };
  readonly squashReads: {
    readonly revision: string;
    readonly direction: "upgrade" | "downgrade";
    readonly before: readonly string[];
    readonly after: readonly string[];
  };
  readonly squashUnsteady: { readonly revision: string; readonly direction: "upgrade" | "downgrade" };
  readonly squashNoWayBack: { readonly range: string; readonly differences: readonly string[] };
  readonly squashDiffers: { readonly where: string; readonly differences: readonly string[] };
  readonly squashFails: { readonly direction: "upgrade" | "downgrade"; readonly error: RunFailure };
};

const NOTHING_WRITTEN = "This was tried on scratch databases; nothing was written.";

const indent = (lines: readonly string[]): string => lines.map((line) => `  ${line}`).join("\n");

const writeRange = (ends: readonly string[]): readonly string[] => {
  const [first, last] = ends;
  return first !== undefined && last !== undefined && first !== last ? [`limbeck squash ${first}..${last}`] : [];
};

/** The catalogue entries of squashes, LB1241 and up. */
export const squashErrors: { readonly [Reason in keyof SquashErrorContexts]: ErrorEntry<SquashErrorContexts[Reason]> } =
  {
    squashNoRange: {
      code: "LB1241",
      title: ({ first, last }) => `${last} does not build on ${first}, so there is no range between them.`,
      why: () => "A range goes from an older revision to a newer one on the same line.",
      fix: ({ first, last }) => [`limbeck squash ${last}..${first}`, "limbeck history"],
      explain:
        "`limbeck squash A..B` takes all revisions from A to B, both included; B must build on A. `base..B` begins with the first revision of all.",
    },
    squashOne: {
      code: "LB1242",
      title: ({ revision }) => `There is only ${revision} in that range, and it is one revision already.`,
      why: () => "A squash puts one revision in the place of several.",
      fix: () => ["limbeck history"],
      explain: "Both ends of a range belong to it. Name an older first revision, or a newer last one.",
    },
    squashOverlaps: {
      code: "LB1254",
      title: ({ squash, revisions }) => `${squash} stands for ${joinNames(revisions)} already.`,
      why: ({ path }) =>
        `It is in ${path}, and not used, because a revision needs one from the middle of what it replaces. Nothing was written.`,
      fix: ({ path, squash }) => [`If no database has run ${squash}, delete ${path}`, "limbeck history"],
      explain:
        "A revision can be replaced by one squashed revision only: with two, nobody could tell which one a database has run. The one that is there is not used as long as a revision builds or depends on the " +
        "middle of its range. Delete its file if no database has run it, and squash again.",
    },
    squashSeveralBases: {
      code: "LB1243",
      title: ({ bases }) => `That history has ${bases.length} beginnings: ${joinNames(bases)}.`,
      why: () => "A squashed revision has one place to begin at.",
      fix: ({ bases }) => bases.map((base) => `limbeck squash ${base}..head`),
      explain:
        "Branches that begin on their own cannot be squashed together, even where a merge has brought them together. Squash each up to the merge.",
    },
    squashEntered: {
      code: "LB1244",
      title: ({ member, outside }) => `${member} brings ${outside} into the range, which is outside it.`,
      why: ({ member, outside, first }) =>
        `${outside} does not build on ${first}, and ${member} builds on both. Nothing was written.`,
      fix: ({ first, before }) => [...before.flatMap((end) => writeRange([first, end])), "limbeck history"],
      explain:
        "What is squashed must have one way in: its first revision. Here a merge brings in another branch that began earlier. Begin the range where the branches part, so that both " +
        "are inside, or end it before the merge.",
    },
    squashLeft: {
      code: "LB1245",
      title: ({ member, outside, isChild }) =>
        `${outside} ${isChild ? "builds" : "depends"} on ${member}, which is in the middle of the range.`,
      why: () =>
        "Only the last revision of a range may be needed by others: the others are not there any more. Nothing was written.",
      fix: ({ member, ends: { first, last }, after }) => [
        ...writeRange([first, member]),
        ...after.flatMap((start) => writeRange([start, last])),
        `limbeck history -r ${member}:heads`,
      ],
      explain:
        "What is squashed must have one way out: its last revision. Here a branch leaves from the middle, or a revision outside depends on one inside. End the range with that " +
        "revision, or begin it after it.",
    },
    squashEndsSquashed: {
      code: "LB1246",
      title: ({ last }) => `${last} is a squashed revision, and a range cannot end with one.`,
      why: ({ replaces }) =>
        `It is also known as ${replaces.at(-1) ?? ""}, and a database that says so would not be recognized later. Nothing was written.`,
      fix: ({ last }) => [`limbeck show ${last}`, "limbeck history"],
      explain:
        "A squashed revision may be the first of a range, or in the middle of one. As the last one it would leave databases behind that stand at it under the name of a revision which only its own " +
        "file knows. Squash up to the revision before it, or wait until another one builds on it and end with that.",
    },
    squashReads: {
      code: "LB1247",
      title: ({ revision, direction }) => `The ${direction} of ${revision} reads rows, so it cannot be squashed.`,
      why: () =>
        "What it does next may depend on the rows of each database, and cannot be written down once and for all. Nothing was written.",
      fix: ({ revision, before, after }) => [...writeRange(before), ...writeRange(after), `limbeck show ${revision}`],
      explain:
        "A squashed revision repeats the operations of those that it replaces. They are found out by running them, on tables without any rows that are yours; a revision that reads rows, with " +
        "op.query or with Kysely, may do something else on a real database. Squash up to before it, and after it.",
    },
    squashUnsteady: {
      code: "LB1248",
      title: ({ revision, direction }) => `The ${direction} of ${revision} does not do the same at every run.`,
      why: () =>
        "It was run twice from the same start, and its operations differ: a date, a random value, the environment. Nothing was written.",
      fix: ({ revision }) => [`limbeck show ${revision}`],
      explain:
        "A squashed revision repeats the operations of those that it replaces. Where these come from the clock or from chance, one of them would be kept for ever. Let the database " +
        "compute the value in SQL, or squash up to before that revision, and after it.",
    },
    squashNoWayBack: {
      code: "LB1249",
      title: () => "The downgrades of that range do not give back the schema from before it.",
      why: ({ differences }) => `Afterwards there is still to do:\n${indent(differences)}\n${NOTHING_WRITTEN}`,
      fix: ({ range }) => [`limbeck test ${range}`],
      explain:
        "The way back of a squashed revision is that of the revisions that it replaces, one after the other, and it must lead to where the way up began. `limbeck test` says which " +
        "downgrade does not. A revision without any downgrade is no obstacle: the squashed one has none then.",
      exitCode: EXIT_CODES.proofFailed,
    },
    squashDiffers: {
      code: "LB1250",
      title: ({ where }) => `The squashed revision does not come to the same as what it replaces: ${where}.`,
      why: ({ differences }) => `${indent(differences)}\n${NOTHING_WRITTEN}`,
      fix: () => ["limbeck test", "limbeck history"],
      explain:
        "Before a squashed revision is written, it runs up, down and up on scratch databases beside the revisions that it replaces, with rows in the tables, and schema and rows are compared. They differ. " +
        "If one of the revisions does something that depends on more than its operations, squash up to before it, and after it; otherwise report the case.",
      exitCode: EXIT_CODES.proofFailed,
    },
    squashFails: {
      code: "LB1251",
      title: ({ direction }) => `The ${direction} of the squashed revision fails where what it replaces does not.`,
      why: ({ error }) => `${describeRunFailure(error)}\n${NOTHING_WRITTEN}`,
      fix: () => ["limbeck test", "limbeck history"],
      explain:
        "Before a squashed revision is written, it runs up, down and up on scratch databases. It failed there. If one of the replaced revisions does something that depends on more than its " +
        "operations, squash up to before it, and after it; otherwise report the case.",
      exitCode: EXIT_CODES.proofFailed,
    },
    squashRangeMalformed: {
      code: "LB1252",
      title: ({ text }) => `"${text}" is no range.`,
      why: () => "A range has two ends, with two dots or a colon between them: A..B or A:B.",
      fix: () => ["limbeck squash base..head", "limbeck history"],
      explain:
        "Both ends of a range belong to it. `base..B` and `..B` begin with the first revision of all, `A..` ends with the head.",
    },
    insideSquash: {
      code: "LB1253",
      title: ({ revision, squash }) => `${revision} is in the middle of what ${squash} replaces.`,
      why: ({ squash }) => `In the history ${squash} stands for all of that, so it is taken as a whole.`,
      fix: ({ squash }) => [`limbeck show ${squash}`, "limbeck history"],
      explain:
        "What a squashed revision replaces is not in the history any more, one by one. Name the squashed revision, or one before or after it.",
    },
  };
