import type { RebasePlan } from "./plan-rebase.ts";
import type { SquashPlan } from "./plan-squash.ts";
import type { GraphNode } from "./revision-node.ts";
import type { Parting } from "./take-apart.ts";

/** Branches, and where they part. */
export interface BranchParting {
  /** The newest revisions of what all branches build on, with all that it depends on; none where they have nothing in common. */
  readonly fork: readonly string[];
  /** For each branch the revisions that not all build on, in the order in which they run. */
  readonly sides: readonly (readonly string[])[];
}

/** A branch that is put on top of another revision. */
export interface BranchRebase {
  /** What moves: the revisions of the branch, and what builds on them; in the order in which they run. */
  readonly moved: readonly string[];
  /** The new parents of those whose parents change. */
  readonly parents: ReadonlyMap<string, readonly string[]>;
  /** The ends of what had nothing to do with the new place before. */
  readonly tops: readonly string[];
}

/** Revisions that one revision can stand for, and the header of that one. */
export interface RangeSquash {
  /** In the order in which they run. */
  readonly members: readonly string[];
  /** The same, with what these replace in their turn. */
  readonly replaces: readonly string[];
  readonly downRevision: readonly string[];
  readonly dependsOn: readonly string[];
  readonly branchLabels: readonly string[];
}

const listIds = (nodes: readonly GraphNode[]): readonly string[] => nodes.map(({ id }) => id);

/** A parting as plain data. */
export function describeParting({ fork, sides }: Parting): BranchParting {
  return { fork: listIds(fork), sides: sides.map(listIds) };
}

/** A rebase as plain data. */
export function describeRebase({ moved, parents, tops }: RebasePlan): BranchRebase {
  const changes = Array.from(parents, ([node, chosen]) => [node.id, listIds(chosen)] as const);
  return { moved: listIds(moved), parents: new Map(changes), tops: listIds(tops) };
}

/** A squash as plain data. */
export function describeSquash({ members, parents, dependencies, labels }: SquashPlan): RangeSquash {
  return {
    members: listIds(members),
    // Also what is replaced already, for the time when the file that says so is gone.
    replaces: members.flatMap((member) => [...member.replaces, member.id]),
    downRevision: listIds(parents),
    dependsOn: listIds(dependencies),
    branchLabels: labels,
  };
}
