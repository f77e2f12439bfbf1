/** What is left of a revision that failed, on an engine where some statements commit by themselves. */
export interface Stays {
  /** The statements of this run that stay applied, in their order; none where only an earlier run, or part of a statement, has left something. */
  readonly kept: readonly string[];
  /** Where the version table says the database stands; empty for base, undefined where it cannot be read. */
  readonly standsAt: readonly string[] | undefined;
  /** Whether calls of the revision had ended before the one that failed, in this run or an earlier one. Default: nobody knows of any. */
  readonly isUnderWay?: boolean;
  /** Whether the call that failed has done a part, so that it has to stay in the file as it is. Default: it may be corrected. */
  readonly isFixed?: boolean;
}

/** Why a revision did not come to its end: it failed, it was asked to stop, or something outside of it was in its way. */
export type Ending = "failed" | "stopped" | "hindered";

const NEXT: Readonly<Record<Ending, string>> = {
  failed:
    "Correct the revision file from the statement that failed on, and run the command again: it goes on from there.",
  stopped: "Run the command again: it goes on from there.",
  hindered: "Run the command again: it goes on from there.",
};

const NEXT_OF_PART =
  "A part of the call that failed has run. Leave that call as it is in the file, clear away in the database what the statement failed on, and run the command again: it goes on from there.";

function introduceStays({ kept, isUnderWay = false }: Stays, ending: Ending): string {
  if (kept.length === 0)
    return "What an earlier run, or part of the statement, committed of the revision stays applied.";
  if (kept.every((sql) => sql.startsWith("-- failed")))
    return isUnderWay
      ? "What the revision had committed before stays applied, and so may what this statement has left:"
      : "Nothing of the revision was committed, but for what this statement may have left:";
  return `These statements of the revision were committed before it ${ending === "stopped" ? "was stopped" : "failed"}, and stay applied:`;
}

/** What an engine that commits by itself leaves behind. */
export function describeStays(stays: Stays, ending: Ending): string {
  const { kept, standsAt, isFixed = false } = stays;
  const place = standsAt && (standsAt.length === 0 ? "base" : standsAt.join(", "));
  return [
    introduceStays(stays, ending),
    ...kept.map((sql) => `  ${sql.replaceAll("\n", "\n  ")};`),
    `What came after ${kept.length === 0 ? "that" : "them"} was rolled back, and the revision does not count as applied` +
      (place === undefined ? "." : `: the database is recorded at ${place}.`),
    ending === "failed" && isFixed ? NEXT_OF_PART : NEXT[ending],
  ].join("\n");
}
