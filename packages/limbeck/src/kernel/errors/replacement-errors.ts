import { joinNames } from "../join-names.ts";
import type { ErrorEntry } from "./define-errors.ts";

/** Data of the errors that revisions give which replace others. */
export type ReplacementContexts = {
  readonly replacedTwice: { readonly revision: string; readonly squashes: readonly string[] };
  readonly replacementCircle: { readonly revisions: readonly string[] };
  readonly replacementMoved: {
    readonly squash: string;
    readonly parents: readonly string[];
    readonly originals: readonly string[];
  };
  readonly replacementDisordered: {
    readonly squash: string;
    /** The last one of its list. */
    readonly end: string;
    /** What builds on that, and stands before it in the list. */
    readonly above: readonly string[];
  };
  readonly originalsMissing: {
    readonly revision: string;
    readonly squash: string;
    readonly missing: readonly string[];
  };
  readonly replacedNeeded: {
    readonly revision: string;
    readonly needed: string;
    readonly squash: string;
    readonly missing: readonly string[];
  };
};

/** How a file that was deleted is found, whatever it was called. */
const findFiles = (missing: readonly string[]): readonly string[] =>
  missing.map((revision) => `git log --all --diff-filter=D --oneline -S "${revision}"`);

const listFiles = (missing: readonly string[]): string =>
  `${missing.length === 1 ? "There is no file" : "There are no files"} of ${joinNames(missing)} any more.`;

/** The catalogue entries of squashed revisions, LB0350 and up. */
export const replacementErrors: {
  readonly [Reason in keyof ReplacementContexts]: ErrorEntry<ReplacementContexts[Reason]>;
} = {
  replacedTwice: {
    code: "LB0350",
    title: ({ revision, squashes }) => `${joinNames(squashes)} both replace ${revision}.`,
    why: () => "Nobody could tell which one a database has that has run it.",
    fix: ({ squashes }) => [`Delete the file of one of ${joinNames(squashes)}, the one that no database has run`],
    explain:
      "A squashed revision stands for others, which its header names in `replaces`. Two that stand for the same one come about when two people squash at the same time. " +
      "Keep one of them.",
  },
  replacementCircle: {
    code: "LB0351",
    title: ({ revisions }) =>
      `Revisions replace one another in a circle: ${[...revisions, ...revisions.slice(0, 1)].join(" -> ")}.`,
    why: () => "None of them could ever be the one that is there.",
    fix: ({ revisions }) => [`In the file of one of ${joinNames(revisions)}, correct replaces`],
    explain:
      "`replaces` names the revisions that a squashed one stands for. A revision cannot stand for itself, be it by way of others.",
  },
  replacementMoved: {
    code: "LB0352",
    title: ({ squash }) => `${squash} stands elsewhere than what it replaces.`,
    why: ({ parents, originals }) =>
      `It builds on ${joinNames(parents) || "nothing"}; what it replaces builds on ${joinNames(originals) || "nothing"}.`,
    fix: ({ squash, originals }) => [
      `In the file of ${squash}, set downRevision to ${joinNames(originals) || "null"}`,
      `Delete the files of what ${squash} replaces, if every database is past them`,
    ],
    explain:
      "A database that has run the replaced revisions counts as having the squashed one, so both must build on the same. One of the two downRevision lines was changed alone.",
  },
  originalsMissing: {
    code: "LB0353",
    title: ({ revision, squash }) =>
      `${revision} is in the middle of what ${squash} replaces, and that cannot be run any more.`,
    why: ({ missing }) => listFiles(missing),
    fix: ({ missing }) => [...findFiles(missing), "git checkout COMMIT~1 -- PATH"],
    explain:
      "A squashed revision leads from before the range that it replaces to behind it. A database that stands in the middle, or is to go there, needs the files of the replaced " +
      "revisions, all of them. The first command finds the commits that deleted them, the second one brings a file back from before such a commit. Once the database is " +
      "past the range, they can go again.",
  },
  replacementDisordered: {
    code: "LB0355",
    title: ({ squash, end }) => `The list of what ${squash} replaces ends with ${end}, which is not the last of it.`,
    why: ({ end, above }) => `${joinNames(above)} ${above.length === 1 ? "builds" : "build"} on ${end}.`,
    fix: ({ squash }) => [`In the file of ${squash}, put replaces into the order in which the revisions run`],
    explain:
      "`replaces` lists what a squashed revision stands for in the order in which that runs. A database that stands at the last one has all of it; with another one there, " +
      "revisions would be passed over. The list was changed after `limbeck squash` had written it.",
  },
  replacedNeeded: {
    code: "LB0354",
    title: ({ revision, needed, squash }) =>
      `${revision} needs ${needed}, which is in the middle of what ${squash} replaces.`,
    why: ({ missing }) => listFiles(missing),
    fix: ({ revision, squash, missing }) => [
      ...findFiles(missing),
      `If no database has ${revision}, set its downRevision to ${squash} in its file`,
    ],
    explain:
      "A revision from another branch builds or depends on one that was squashed away. As long as the files of the replaced revisions are there, they are used " +
      "instead of the squashed one. Bring them back, or let the revision build on the squashed one.",
  },
};
