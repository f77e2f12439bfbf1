/** One change to the version table: a row is added, taken away, or gets another revision. */
export type VersionRowAction =
  | readonly ["insert", revision: string]
  | readonly ["delete", revision: string]
  | readonly ["update", from: string, to: string];

/** One revision to run, and what it changes in the version table when it has. */
export interface PlanStep {
  readonly direction: "up" | "down";
  readonly revision: string;
  readonly versionRows: readonly VersionRowAction[];
}

/** One move of the version table that runs no revision. */
export interface StampStep {
  readonly direction: "up" | "down";
  /** Always null: nothing runs. */
  readonly revision: null;
  /** The rows that it replaces. */
  readonly from: readonly string[];
  /** The row that it puts there; none when a branch goes back to base. */
  readonly to: readonly string[];
  readonly versionRows: readonly VersionRowAction[];
}

/** Something a person should be told about a plan that is carried out all the same. */
export type PlanNotice =
  | {
      /** `-1` was asked of several current revisions: the first one was taken. */
      readonly kind: "ambiguousDowngrade";
      /** The revision that was taken. */
      readonly from: string;
      /** The other current revisions. */
      readonly others: readonly string[];
    }
  | {
      /** A branch was to be undone to its start, which it shares with others. */
      readonly kind: "undoesOthers";
      /** The branch, as it was asked for. */
      readonly branch: string;
      /** The revisions of other branches that are undone as well, in the order in which that happens. */
      readonly others: readonly string[];
    };

interface Plan<Step> {
  /** In the order in which they run. */
  readonly steps: readonly Step[];
  /** What the version table holds afterwards, in order of id. */
  readonly heads: readonly string[];
  /** The actions of all steps, in order. */
  readonly versionRows: readonly VersionRowAction[];
  readonly notices: readonly PlanNotice[];
}

/** The way of an upgrade or a downgrade. */
export type RevisionPlan = Plan<PlanStep>;

/** The way of a stamp. */
export type StampPlan = Plan<StampStep>;
