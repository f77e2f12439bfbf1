import { EXIT_CODES } from "../exit-code.ts";
import { joinNames } from "../join-names.ts";
import type { ErrorEntry } from "./define-errors.ts";
import { describeRowDifference, type RowDifference } from "./row-difference.ts";
import { describeRunFailure, type RunFailure } from "./run-failure.ts";

/** A revision that fails in one order. */
interface OrderFailure {
  readonly revision: string;
  readonly error: RunFailure;
}

/** Data of the errors that `merge` gives, and that the proofs of `rebase` share. */
export type MergeErrorContexts = {
  readonly nothingToMerge: { readonly given: readonly string[]; readonly heads: readonly string[] };
  readonly alreadyBelow: { readonly lower: string; readonly upper: string };
  readonly orderFails: {
    readonly revisions: readonly string[];
    readonly failures: readonly OrderFailure[];
    /** The branches in the order that can be run, of which the second one is not applied; empty where there is none. */
    readonly runnable: readonly string[];
  };
  readonly orderMatters: {
    readonly revisions: readonly string[];
    readonly schema: readonly string[];
    readonly rows: readonly RowDifference[];
    /** The two branches, of which the second one is not applied; empty where there are more, or both are. */
    readonly heads: readonly string[];
  };
  readonly startUnreachable: { readonly revision: string; readonly error: RunFailure };
  readonly revisionFails: { readonly revision: string; readonly error: RunFailure };
  readonly mergeFails: { readonly revision: string; readonly message: string };
};

const NOTHING_WRITTEN = "This was tried on scratch databases; nothing was written.";

const indent = (lines: readonly string[]): string => lines.map((line) => `  ${line}`).join("\n");

/** The other revisions of a conflict. */
const others = (revisions: readonly string[], revision: string): string =>
  joinNames(revisions.filter((one) => one !== revision));

function titleFailures({ revisions, failures }: MergeErrorContexts["orderFails"]): string {
  const [first, second] = failures;
  if (first && second) return `${joinNames(revisions)} do not go together: whichever runs last fails.`;
  return first ? `${first.revision} fails when ${others(revisions, first.revision)} has run before it.` : "";
}

/** The catalogue entries of merges, LB1201 and up. */
export const mergeErrors: { readonly [Reason in keyof MergeErrorContexts]: ErrorEntry<MergeErrorContexts[Reason]> } = {
  nothingToMerge: {
    code: "LB1201",
    title: ({ given, heads }) => {
      if (heads.length < 2) return "There is nothing to merge: the history has one end only.";
      return given.length === 1 ? `${given[0]} alone cannot be merged.` : "There is nothing to merge.";
    },
    why: ({ heads }) => {
      if (heads.length === 0) return "There are no revisions.";
      return heads.length === 1 ? `The only head is ${heads[0]}.` : `The heads are ${joinNames(heads)}.`;
    },
    fix: ({ heads }) => [heads.length > 1 ? "limbeck merge heads" : "limbeck heads"],
    explain:
      "A merge revision brings branches together, so that there is one newest revision again. It needs two revisions or more; without any, all heads are taken.",
  },
  alreadyBelow: {
    code: "LB1203",
    title: ({ lower, upper }) => `${upper} builds on ${lower} already, so there is nothing to bring together.`,
    why: () => "Whoever stands at the one has the other.",
    fix: () => ["limbeck heads", "limbeck history"],
    explain: "The revisions of a merge must lie on different branches. `limbeck heads` lists the ends of all branches.",
  },
  orderFails: {
    code: "LB1204",
    title: titleFailures,
    why: ({ failures }) => `${failures.map(({ error }) => describeRunFailure(error)).join("\n")}\n${NOTHING_WRITTEN}`,
    fix: ({ revisions, runnable }) => {
      const [bottom, top] = runnable;
      const rebase = bottom !== undefined && top !== undefined ? [`limbeck rebase ${top} --onto ${bottom}`] : [];
      return [...rebase, ...revisions.map((revision) => `limbeck show ${revision}`)];
    },
    explain:
      "A merge leaves open in which order its branches run: one database may have the one first, another database the other. So both orders are run on scratch " +
      "databases, from where the branches part, and here a revision fails when one of the other branch has run before it. Change one of the two; or, as long as " +
      "one branch is applied nowhere, put it on top of the other with `limbeck rebase`, which leaves one order only. `limbeck merge --no-proof` writes the merge " +
      "all the same.",
    exitCode: EXIT_CODES.proofFailed,
  },
  orderMatters: {
    code: "LB1205",
    title: ({ revisions, schema }) =>
      `${joinNames(revisions)} lead to ${schema.length > 0 ? "another schema" : "other rows"} when they run in another order.`,
    why: ({ schema, rows }) =>
      schema.length > 0
        ? `What makes the one of the other:\n${indent(schema)}\n${NOTHING_WRITTEN}`
        : `Different:\n${indent(rows.map(describeRowDifference))}\n${NOTHING_WRITTEN}`,
    fix: ({ revisions, heads }) => {
      const [first, second, ...more] = heads;
      const rebase =
        first !== undefined && second !== undefined && more.length === 0
          ? [`limbeck rebase ${second} --onto ${first}`]
          : [];
      return [...rebase, ...revisions.map((revision) => `limbeck show ${revision}`)];
    },
    explain:
      "A merge leaves open in which order its branches run: one database may have the one first, another database the other. So both orders are run on scratch " +
      "databases, from where the branches part, with rows in the tables. Here they do not lead to the same, so databases would differ from now on. Change one " +
      "of the two; or, as long as one branch is applied nowhere, put it on top of the other with `limbeck rebase`, which leaves one order only. " +
      "`limbeck merge --no-proof` writes the merge all the same.",
    exitCode: EXIT_CODES.proofFailed,
  },
  startUnreachable: {
    code: "LB1206",
    title: ({ revision }) => `${revision} fails on an empty scratch database, so nothing above it can be proven.`,
    why: ({ error }) => `${describeRunFailure(error)}\n${NOTHING_WRITTEN}`,
    fix: ({ revision }) => [`limbeck test ${revision}`],
    explain:
      "To prove something of revisions, the history below them is run on a scratch database first, and that failed. `limbeck test` says more. Mend the revision, " +
      "or pass --no-proof.",
    exitCode: EXIT_CODES.proofFailed,
  },
  revisionFails: {
    code: "LB1207",
    title: ({ revision }) => `${revision} fails even without any rows and with nothing of another branch before it.`,
    why: ({ error }) =>
      `${describeRunFailure(error)}\nIf it needs what another branch makes, its dependsOn has to say so.\n${NOTHING_WRITTEN}`,
    fix: ({ revision }) => [`limbeck test ${revision}`, `limbeck edit ${revision}`],
    explain:
      "The revisions of each branch are run on scratch databases, and one of them fails there by itself. `limbeck test` says more. If it needs something that a revision of another branch makes, " +
      "name that one in its dependsOn (in a .sql file `-- depends_on: ID`), so that it runs first. Otherwise mend the revision, or pass " +
      "--no-proof.",
    exitCode: EXIT_CODES.proofFailed,
  },
  mergeFails: {
    code: "LB1208",
    title: ({ revision }) => `The merge revision ${revision} does not work.`,
    why: ({ message }) => `${message}\n${NOTHING_WRITTEN}`,
    fix: () => ["limbeck heads"],
    explain:
      "Before a merge revision is written, its text is run up, down and up again on a scratch database. It has nothing to do there, so it fails only when the " +
      "project's template puts something into it, or when a revision below it is broken.",
    exitCode: EXIT_CODES.proofFailed,
  },
};
