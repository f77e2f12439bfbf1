import type { ErrorEntry } from "./define-errors.ts";
import { retypeTarget } from "./retyping.ts";

/** Data of the errors that a target gives when it cannot be found or reached. */
export type GraphTargetContexts = {
  readonly unknownRevision: {
    readonly identifier: string;
    /** What may have been meant. */
    readonly similar?: string;
  };
  readonly ambiguousPrefix: { readonly identifier: string; readonly candidates: readonly string[] };
  readonly unknownBranch: { readonly branch: string; readonly labels: readonly string[] };
  readonly notOnBranch: { readonly revision: string; readonly branch: string };
  readonly severalHeads: {
    readonly target: string;
    readonly heads: readonly string[];
    /** Targets that can be asked for in its place. */
    readonly instead: readonly string[];
  };
  readonly malformedTarget: { readonly target: string; readonly problem: string };
  readonly unexpectedRange: { readonly target: string };
  readonly unknownRow: { readonly revision: string };
  readonly ambiguousWalk: {
    readonly target: string;
    readonly at: string;
    readonly choices: readonly string[];
    /** The same way by each of the choices. */
    readonly instead: readonly string[];
  };
  readonly walkedTooFar: { readonly target: string; readonly wanted: number; readonly possible: number };
  readonly nothingApplied: { readonly target: string };
  readonly wrongDirection: { readonly target: string; readonly command: "upgrade" | "downgrade" | "history" };
  readonly ambiguousStart: { readonly target: string; readonly starts: readonly string[] };
  readonly notAnAncestor: {
    readonly range: string;
    readonly lower: string;
    readonly uppers: readonly string[];
    /** The range with its ends the other way round, where that makes one. */
    readonly reversed?: string | undefined;
  };
  readonly notADowngrade: { readonly target: string };
  readonly overlappingTargets: {
    readonly upper: string;
    readonly lower: string;
    /** How the older one was asked for; absent where it came along with others. */
    readonly spelled?: string | undefined;
  };
  readonly overlappingRows: {
    readonly upper: string;
    readonly lower: string;
    /** The rows without those that others include. */
    readonly tops: readonly string[];
  };
  readonly relativeStamp: { readonly target: string };
};

const quoteAll = (identifiers: readonly string[]): string => identifiers.map((id) => `"${id}"`).join(", ");

const countSteps = (number: number): string => `${number} revision${number === 1 ? "" : "s"}`;

const WAYS = {
  upgrade: { problem: "An upgrade goes up", fix: "limbeck downgrade" },
  downgrade: { problem: "A downgrade goes down", fix: "limbeck upgrade" },
  history: { problem: "The upper end of a range counts up from the lower one", fix: "limbeck history -r" },
} as const;

/** The catalogue entries of targets, LB0301 to LB0329. */
export const graphTargetErrors: {
  readonly [Reason in keyof GraphTargetContexts]: ErrorEntry<GraphTargetContexts[Reason]>;
} = {
  unknownRevision: {
    code: "LB0301",
    title: ({ identifier }) => `No revision or branch is called "${identifier}".`,
    why: ({ similar }) =>
      [
        "It is no id, no beginning of one and no branch label in the versions folder.",
        ...(similar === undefined ? [] : [`Did you mean "${similar}"?`]),
      ].join(" "),
    fix: () => ["limbeck history"],
    retype: ({ identifier, similar }) => (similar === undefined ? [] : retypeTarget(identifier, [similar])),
    explain:
      "A target names a revision by its full id, by a beginning that fits one id only, by a branch label, or with head, heads, base and +N/-N. " +
      "This one matches nothing in the versions folder. Ids and labels of fewer than four characters have to be written in full.",
  },
  ambiguousPrefix: {
    code: "LB0302",
    title: ({ identifier, candidates }) =>
      `"${identifier}" is the beginning of ${candidates.length} revisions: ${quoteAll(candidates)}.`,
    why: () => "A partial id must fit one revision only.",
    fix: ({ candidates }) => candidates.map((candidate) => `limbeck show ${candidate}`),
    retype: ({ identifier, candidates }) => retypeTarget(identifier, candidates),
    explain: "Give more characters of the id, or the whole of it; `limbeck history` lists all ids.",
  },
  unknownBranch: {
    code: "LB0303",
    title: ({ branch }) => `No branch is called "${branch}".`,
    why: ({ labels }) =>
      labels.length === 0 ? "No revision declares a branch label." : `The branch labels are ${quoteAll(labels)}.`,
    fix: () => ["limbeck history"],
    explain:
      "What stands before the @ of a target is a branch label, or any revision, which then stands for the line that it lies on. " +
      "Labels are declared in branchLabels of a revision file.",
  },
  notOnBranch: {
    code: "LB0304",
    title: ({ revision, branch }) => `Revision ${revision} is not on the branch "${branch}".`,
    why: () => "branch@revision asks for a revision that the branch grew from or that was built on it.",
    fix: ({ revision, branch }) => [`limbeck show ${revision}`, `limbeck history -r ${branch}@base:${branch}@heads`],
    explain:
      "The part before the @ makes sure that you are where you think you are: the revision after it must be an ancestor or a descendant of the one " +
      "that the branch stands for. Dependencies do not count as ancestors here.",
  },
  severalHeads: {
    code: "LB0305",
    title: ({ target, heads }) =>
      `"${target}" would be one revision, and there are ${heads.length}: ${quoteAll(heads)}.`,
    why: () => "The history has branches. Say heads for all of them, name one, or join them with a merge revision.",
    fix: () => ["limbeck heads", "limbeck merge heads"],
    retype: ({ target, instead }) => retypeTarget(target, instead),
    explain:
      "Two revisions that build on the same one make two heads; this is what happens when two people write a revision at the same time. " +
      "To join them, write a merge revision: `limbeck merge heads`. To move along without joining, use heads, or label@head for one branch.",
  },
  malformedTarget: {
    code: "LB0306",
    title: ({ target, problem }) => `"${target}" is not a target. ${problem}`,
    why: () =>
      "Targets are written id, head, heads, base, label, label@head, +2, -1, id+2, label@-1; the whole of it must fit.",
    fix: () => ["limbeck history", "limbeck explain LB0306"],
    explain:
      "A target is [branch@][revision][+N or -N]. The branch is a label or a revision; the revision is an id, a unique beginning of one, a label, " +
      "head, heads, base or current; at least one of revision and +N/-N is there. A range, where one is taken, is two targets with a colon between " +
      "them, and either may be left out. Nothing after that is ignored.",
  },
  unexpectedRange: {
    code: "LB0307",
    title: ({ target }) => `"${target}" is a range, and one position is asked for.`,
    why: () => "Only history, and upgrade, downgrade and stamp with --sql, take a range.",
    fix: ({ target }) => [`limbeck history -r ${target}`, `limbeck upgrade ${target} --sql`],
    explain:
      "A run on a database starts where the database stands, so only the end is asked for. With --sql there is no database to ask, and the range says " +
      "where the script starts and ends.",
  },
  unknownRow: {
    code: "LB0308",
    title: ({ revision }) => `The database stands at ${revision}, and no revision has that id.`,
    why: () =>
      "The file was deleted, or it lives on a branch of your repository that is not checked out, or this is another project's database.",
    fix: ({ revision }) => [`git log --all --oneline -S "${revision}"`, "limbeck history"],
    explain:
      "The version table holds full ids. Without the file nobody knows what else is applied or how to undo it. Only a graph that is asked by a program of yours gives this code; " +
      "commands say the same as LB1002, and `limbeck explain LB1002` tells what to do.",
  },
  ambiguousWalk: {
    code: "LB0320",
    title: ({ target, at, choices }) => `"${target}" comes to a fork at ${at}: ${quoteAll(choices)}.`,
    why: () => "Counting revisions needs one way to go.",
    fix: ({ choices }) => choices.map((choice) => `limbeck show ${choice}`),
    retype: ({ target, instead }) => retypeTarget(target, instead),
    explain:
      "+N and -N count along one line. Where several revisions build on one, going up is ambiguous: name the branch, as in label@+2. " +
      "Where a revision joins several, going down is ambiguous: name the revision to go to. To undo a merge, name either of the revisions that it joins: a downgrade to it " +
      "undoes the merge, and both branches stay applied.",
  },
  walkedTooFar: {
    code: "LB0321",
    title: ({ target, wanted, possible }) =>
      `"${target}" asks for ${countSteps(wanted)}, and there ${possible === 0 ? "is none" : `${possible === 1 ? "is" : "are"} only ${possible}`} that way.`,
    why: () => "The count leads past the end of the history.",
    fix: () => ["limbeck history -i"],
    explain:
      "+N and -N must find exactly N revisions. Going down, base counts as the place after the first revision, for a downgrade only. " +
      "Use head or base to go all the way.",
  },
  nothingApplied: {
    code: "LB0322",
    title: ({ target }) => `"${target}" counts down from where the database stands, and nothing is applied there.`,
    why: () => "The version table is empty, or holds nothing of that branch.",
    fix: () => ["limbeck current -v"],
    explain:
      "-N undoes the last N applied revisions, label@-N those of one branch. With nothing applied there is nothing to count from.",
  },
  wrongDirection: {
    code: "LB0323",
    title: ({ target, command }) => `"${target}" leads the other way. ${WAYS[command].problem}.`,
    why: () => "+N counts up and -N counts down from where the database stands.",
    fix: ({ target, command }) => [`${WAYS[command].fix} ${command === "history" ? `${target}:head` : target}`],
    explain:
      "A bare +N belongs to upgrade and a bare -N to downgrade. With a revision before it, as in ae10+2 or head-1, both commands take either, " +
      "because it then only names a revision.",
  },
  ambiguousStart: {
    code: "LB0324",
    title: ({ target, starts }) =>
      `"${target}" counts from the current revision, and there are ${starts.length}: ${quoteAll(starts)}.`,
    why: () => "The database stands on several branches at once.",
    fix: ({ target, starts }) => {
      const steps = target.slice(target.indexOf("@") + 1);
      return starts.map((start) => `limbeck ${steps.startsWith("-") ? "downgrade" : "upgrade"} ${start}@${steps}`);
    },
    explain: "Say which branch to count on, with its label or with any revision of it before an @: billing@+1.",
  },
  notAnAncestor: {
    code: "LB0325",
    title: ({ range, lower, uppers }) =>
      `In "${range}", ${lower} is not below ${uppers.length === 0 ? "the upper end" : quoteAll(uppers)}.`,
    why: () => "A range goes up from an older revision to one that was built on it.",
    fix: ({ lower }) => [`limbeck history -r ${lower}:`, "limbeck history"],
    retype: ({ range, reversed }) => retypeTarget(range, reversed === undefined ? [] : [reversed]),
    explain:
      "The lower end of a range must be an ancestor of the upper one, dependencies included. Perhaps the ends are the wrong way round.",
  },
  notADowngrade: {
    code: "LB0326",
    title: ({ target }) => `"${target}" does not lie below where the database stands.`,
    why: () => "A downgrade undoes what is applied above its target; here there is nothing of that kind.",
    fix: ({ target }) => ["limbeck current -v", `limbeck upgrade ${target}`],
    explain:
      "The target of a downgrade is the revision to go back to, one that stays applied. This one is not applied, is above the current revisions, or is " +
      "the tip of a branch that stays because another revision depends on it. To undo a branch to its start, use label@base.",
  },
  overlappingTargets: {
    code: "LB0327",
    title: ({ upper, lower }) => `${lower} is asked for besides ${upper}, which already includes it.`,
    why: () => "Targets that are asked for together must be independent of one another.",
    fix: ({ upper }) => [`limbeck show ${upper}`],
    retype: ({ spelled }) => (spelled === undefined ? [] : [[{ kind: "withoutTarget", target: spelled }]]),
    explain:
      "One of the targets is an ancestor of another, through what it builds or depends on. Leave the older one out. " +
      "The target heads never has this problem; label@heads can, where a head of the branch is a dependency of another.",
  },
  overlappingRows: {
    code: "LB0328",
    title: ({ upper, lower }) => `The version table holds ${lower} besides ${upper}, which already includes it.`,
    why: () =>
      "Rows are the tips of what is applied, so none may be an ancestor of another: the table was changed by hand or by another tool.",
    fix: ({ tops }) => ["limbeck current -v", `limbeck stamp --purge ${tops.join(" ")}`],
    explain:
      "With such rows it cannot be known what is applied. If the schema is that of the newer revision, stamp it with --purge, together with the rows of other branches, " +
      "as the message shows. No revision runs.",
  },
  relativeStamp: {
    code: "LB0329",
    title: ({ target }) => `"${target}" is relative, and a stamp needs a named revision.`,
    why: () =>
      "A stamp runs nothing and checks nothing, so it takes no target that depends on where the database happens to stand.",
    fix: () => ["limbeck history", "limbeck stamp heads"],
    explain: "Name the revision by its id, a unique beginning of it, a label, head, heads or base.",
  },
};
