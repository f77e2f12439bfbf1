import { beginSentence } from "../begin-sentence.ts";
import { EXIT_CODES } from "../exit-code.ts";
import type { ErrorEntry } from "./define-errors.ts";

/** What was compared. */
interface Compared {
  /** `the database` */
  readonly from: string;
  /** `the models` */
  readonly to: string;
  /** The command that writes the difference down. */
  readonly generate: string;
}

/** What does not agree, and what is known of it. */
interface NotInSync extends Compared {
  /** Between both, a line each. */
  readonly differences: readonly string[];
  /** What is in no revision. */
  readonly unwritten: readonly string[];
  /** What would bring the database back to what its revisions make. */
  readonly drift: readonly string[];
  /** What would take back what the database has already of what pending revisions do: they may fail. */
  readonly done: readonly string[];
  /** Where the database could be stamped for that, as it is what the revisions make of it there; undefined where it is at none. */
  readonly reached: string | undefined;
  /** Where the version table says that it stands, where there is such a change; empty for base. */
  readonly standsAt: readonly string[] | undefined;
  /** Files of applied revisions that are others than when they were applied. */
  readonly edited: readonly string[];
  /** What has changed in the database since the last run, an object each; empty where that is not known. */
  readonly changedSince: readonly string[];
  /** The heads to go to first. */
  readonly pending: readonly string[];
  /** Why the revisions were not compared; undefined where they were. */
  readonly notCompared: string | undefined;
  /** The commands that begin what autogenerate cannot write. */
  readonly byHand: readonly string[];
  /** The command that adopts a database which has tables and no history; otherwise undefined. */
  readonly adopt: string | undefined;
}

/** What the errors of comparisons say. */
export type ComparisonContexts = {
  readonly nothingToGenerate: Compared & {
    readonly tables: number;
    /** What somebody has to write, and the commands that begin it. */
    readonly missing: readonly string[];
    readonly byHand: readonly string[];
  };
  readonly notInSync: NotInSync;
};

/** What can be done where a database has what pending revisions would do. */
function offerWays({ reached, standsAt }: Pick<NotInSync, "reached" | "standsAt">): readonly string[] {
  const stamp =
    reached === undefined ? [] : [`limbeck stamp ${reached}   # it stays, without what revisions do to rows`];
  const [row = "base", ...others] = standsAt ?? [];
  // A side of a comparison is one revision with what is below it.
  return others.length > 0
    ? [...stamp, "limbeck status"]
    : [...stamp, `limbeck diff database rev:${row} --sql   # what takes it back`];
}

/** What can be done where files were edited, and perhaps the database by hand as well. */
function offerVerify({ changedSince, pending }: Pick<NotInSync, "changedSince" | "pending">): readonly string[] {
  const isLeftAlone = changedSince.length === 0 || pending.length > 0;
  return [
    "limbeck verify",
    ...(isLeftAlone ? [] : ["limbeck diff database rev:heads --sql   # what takes back the rest"]),
  ];
}

type ListLines = (heading: string, lines: readonly string[]) => readonly string[];

/** Why a database is not what its revisions make: somebody changed it, or else the files. */
function describeDrift(
  { byHand, edited, changedSince }: Record<"byHand" | "edited" | "changedSince", readonly string[]>,
  list: ListLines,
): readonly string[] {
  if (edited.length === 0)
    return [
      ...list("The database was changed by hand; what would bring it back to its revisions:", byHand),
      ...list("Of that, since the last run:", changedSince),
    ];
  return [
    ...list("The database is not what its revisions make; what would bring it there:", byHand),
    ...list("Files that were edited after they ran, which may be the reason:", edited),
    ...list("Changed by hand since the last run:", changedSince),
  ];
}

/** Which of models, revisions and database is wrong, as far as that is known. */
function describeSides({
  differences,
  unwritten,
  drift,
  done,
  edited,
  changedSince,
  pending,
  notCompared,
}: NotInSync): string {
  // A change that several sides lack is listed once.
  const others = (lines: readonly string[]): readonly string[] => lines.filter((line) => !done.includes(line));
  const byHand = others(drift);
  const list: ListLines = (heading, lines) =>
    lines.length === 0 ? [] : [heading, ...lines.map((line) => `  ${line}`)];
  const isJudged = unwritten.length + drift.length + pending.length > 0;
  const waiting = list(
    "Not applied yet, as revisions are pending:",
    pending.length > 0 ? [`upgrade to ${pending.join(", ")}`] : [],
  );
  if (!isJudged || notCompared !== undefined) {
    const lines = differences.map((difference) => `  ${difference}`);
    const since = list("Changed by hand since the last run:", changedSince);
    return [
      ...lines,
      ...since,
      ...(notCompared === undefined ? [] : [`The revisions were not compared. ${notCompared}`]),
      ...waiting,
    ].join("\n");
  }
  return [
    ...list("What pending revisions would do is there already, so that they may fail; what takes it back:", done),
    ...list("In the models and in no revision (a revision is missing):", others(unwritten)),
    ...describeDrift({ byHand, edited, changedSince: byHand.length > 0 ? changedSince : [] }, list),
    ...waiting,
  ].join("\n");
}

/** The catalogue entries of comparisons of models, revisions and databases. */
export const comparisonErrors: {
  readonly [Reason in keyof ComparisonContexts]: ErrorEntry<ComparisonContexts[Reason]>;
} = {
  nothingToGenerate: {
    code: "LB1003",
    title: ({ missing, from, to }) =>
      missing.length === 0
        ? `${beginSentence(to)} and ${from} agree: there is nothing to generate.`
        : "What differs is not for autogenerate to write.",
    why: ({ tables, missing }) =>
      missing.length === 0
        ? `${tables} ${tables === 1 ? "table was" : "tables were"} compared.`
        : `Write it with op.execute:\n${missing.map((difference) => `  ${difference}`).join("\n")}`,
    fix: ({ byHand }) => (byHand.length > 0 ? byHand : ["limbeck status"]),
    retype: ({ byHand }) => (byHand.length > 0 ? [] : [[{ kind: "option", name: "--empty-ok", value: true }]]),
    explain:
      "Autogenerate found no difference, so it wrote no file. Pass --empty-ok to get an empty revision all the same.",
  },
  notInSync: {
    code: "LB1010",
    title: ({ differences, from, to }) =>
      differences.length === 0
        ? `${beginSentence(to)} and ${from} agree, and the revisions say something else.`
        : `${beginSentence(to)} and ${from} differ in ${differences.length} ${differences.length === 1 ? "place" : "places"}.`,
    why: describeSides,
    fix: ({
      differences,
      unwritten,
      drift,
      done,
      edited,
      changedSince,
      reached,
      standsAt,
      pending,
      byHand,
      generate,
      adopt,
    }) => {
      if (adopt !== undefined) return [adopt];
      if (done.length > 0) return offerWays({ reached, standsAt });
      if (edited.length > 0) return offerVerify({ changedSince, pending });
      if (pending.length > 0) return [`limbeck upgrade ${pending.length > 1 ? "heads" : "head"}`];
      // The database has it already: the revision is written from what the others make, and only stamped here.
      if (differences.length === 0 && unwritten.length > 0)
        return ['limbeck revision -m "..." --autogenerate --offline', "limbeck stamp head"];
      // What was changed by hand first: a revision would else be written from it, and fail where nobody did that.
      const adoption =
        drift.length > 0 ? ["limbeck diff database rev:heads --sql", 'limbeck revision -m "..." --from-database'] : [];
      if (unwritten.length === 0 && drift.length > 0) return [...adoption, ...byHand];
      const isGenerated = differences.length > byHand.length;
      return [...adoption, ...(isGenerated ? [generate] : []), ...byHand];
    },
    explain:
      "`check` compares the models, the revisions and the database, and fails when they do not say the same, so that a pipeline can stop there. It runs the revisions on " +
      "scratch databases: what the models say and no revision does is a missing revision; what the database has otherwise than its revisions make it was changed by hand, " +
      "and `limbeck diff database rev:heads --sql` prints what would bring it back. Where revisions wait to be run, they come first. What autogenerate cannot write, such as a " +
      "virtual table, is written by hand with op.execute. Where a downgrade was empty, the database still has what pending revisions make, and they would fail on it: `limbeck stamp` says that it is to stay. With --json the context has `unwritten`, `drift`, `done` (what of it pending revisions do as well), `changedSince` (objects that are not as at the end of the last run) and `pending`.",
    exitCode: EXIT_CODES.drift,
  },
};
