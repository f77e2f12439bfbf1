import type { BranchRebase } from "../../graph/branch-plans.ts";
import { historyErrors } from "../../kernel/errors/history-errors.ts";
import type { RowChange } from "../../runtime/rows/compare-rows.ts";
import type { Environment } from "../environment.ts";
import type { Project } from "../project.ts";
import { proveOrders, type OrderProof } from "./prove-orders.ts";
import { proveRoundTrips } from "./prove-round-trips.ts";

/** What comes out differently than it would have in the other order. */
export interface OtherOutcome {
  /** The revisions to blame, as far as that could be found out. */
  readonly revisions: readonly string[];
  /** What would make the schema of the old order of that of the new one, one line a change. */
  readonly schema: readonly string[];
  readonly rows: readonly RowChange[];
}

/** What was found out about a branch in its new place. */
export interface RebaseProof {
  readonly differences: readonly OtherOutcome[];
  readonly notes: readonly string[];
  /** What was not compared with the old order, in words. */
  readonly leftOut: readonly string[];
}

/** What is to be proven. */
export interface RebaseRequest {
  readonly environment: Environment;
  /** The history as it is. */
  readonly before: Project;
  /** The history as it will be. */
  readonly after: Project;
  readonly onto: string;
  readonly plan: BranchRebase;
}

/** What the other order says; one that cannot be run says nothing against the new one, which can. */
function judge({ verdict, revisions, conflict, notes, leftOut }: OrderProof): RebaseProof {
  if (verdict !== "conflict" || !conflict) return { differences: [], notes, leftOut };
  const { failures, schema, rows } = conflict;
  const [failure] = failures;
  if (!failure) return { differences: [{ revisions, schema, rows }], notes, leftOut };
  return {
    differences: [],
    leftOut,
    notes: [...notes, `the old order could not be run to the end, because ${failure.revision} fails in it`],
  };
}

/**
 * Proves that moved revisions work in their new place: they, and what depends on them, run up, down and up there, with rows in the tables. What the new order makes different is told, not
 * refused: that they come in this order is what was asked for.
 *
 * @throws HistoryError when one of them does not work there, or the history below cannot be run
 */
export async function proveRebase({ environment, before, after, onto, plan }: RebaseRequest): Promise<RebaseProof> {
  // What depends on a moved revision without building on it stays, and runs after the new place all the same.
  const dependents = after.graph.descendants(plan.moved).filter((revision) => !plan.moved.includes(revision));
  const revisions = [...plan.moved, ...dependents];
  const [failure] = await proveRoundTrips({ environment, project: after, revisions });
  if (failure) throw historyErrors.rebaseFails({ ...failure, onto });
  const proofs: RebaseProof[] = [];
  for (const top of plan.tops)
    proofs.push(judge(await proveOrders({ environment, project: before, tops: [onto, top] })));
  return {
    differences: proofs.flatMap(({ differences }) => differences),
    notes: [...new Set(proofs.flatMap(({ notes }) => notes))],
    leftOut: [...new Set(proofs.flatMap(({ leftOut }) => leftOut))],
  };
}
