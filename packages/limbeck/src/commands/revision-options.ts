import type { RevisionFormat } from "../scripts/plan-file.ts";
import type { ComparisonRequest } from "./compare.ts";

/** What `revision` is asked for. */
export interface RevisionOptions extends ComparisonRequest {
  /** One line about the change; it becomes part of the file's name. */
  readonly message: string;
  /** Fill both functions with the difference between what is there and what is wanted. Default false: they are left to you. */
  readonly autogenerate?: boolean;
  /** The id, instead of a new one. */
  readonly revisionId?: string;
  /** What the file is written in. Default `ts`. */
  readonly format?: RevisionFormat;
  /** Write a file also when autogenerate finds no difference. Default false. */
  readonly emptyOk?: boolean;
  /** The revision that it builds on, by any identifier; `base` begins a new root. Default `head`. */
  readonly head?: string;
  /** It may build on a revision that others build on already, and so begin a branch. Default false. */
  readonly splice?: boolean;
  /** Names for the branch that it begins. Default none. */
  readonly branchLabels?: readonly string[];
  /** Revisions of other branches that have to be applied first, by any identifier. Default none. */
  readonly dependsOn?: readonly string[];
  /** Absolute path of the version location that the file goes into. Default: the only one, or the one of the revision it builds on. */
  readonly versionPath?: string;
}
