import type { Environment } from "../environment.ts";
import type { Project } from "../project.ts";
import { findCulprits } from "./find-culprits.ts";
import { describeUnfilled, withProvingGround } from "./proving-ground.ts";
import { tryOrders, type OrderConflict } from "./try-orders.ts";
import { tryPoorerRows, type RowAttempt } from "./try-poorer-rows.ts";

/** What became of the attempt to prove that it does not matter in which order branches run. */
export interface OrderProof {
  /** `oneOrder`: what they depend on leaves no choice. */
  readonly verdict: "same" | "oneOrder" | "conflict";
  /** The revisions that do not go together: one of each side, or the ends of the branches where that could not be found out. */
  readonly revisions: readonly string[];
  /** The ends of the branches that do not go together. */
  readonly tops: readonly string[];
  readonly conflict?: OrderConflict;
  /** What a person should know about how far the proof reaches. */
  readonly notes: readonly string[];
  /** What was not compared, so that nothing is known of it, in words. */
  readonly leftOut: readonly string[];
}

/** What is to be proven. */
export interface OrderRequest {
  readonly environment: Environment;
  readonly project: Project;
  /** The ends of the branches. */
  readonly tops: readonly string[];
}

/** Proves it of branches all at once; with two of them a conflict is traced to its revisions. */
async function proveTogether({ environment, project, tops }: OrderRequest): Promise<OrderProof> {
  const { fork, sides } = project.graph.takeApart(tops);
  const { steps: before, heads: rows } = project.graph.planUpgrade([], fork);
  const { result, notes } = await tryPoorerRows((choice) =>
    withProvingGround<RowAttempt<OrderProof>>({ environment, project, before, rows: choice }, async (ground) => {
      const trial = { environment, project, ground, rows };
      const attempt = await tryOrders(trial, sides);
      const unfilled = describeUnfilled(ground);
      if (attempt.kind === "refusal") return { refusal: attempt.failure };
      if (attempt.kind === "oneOrder")
        return { result: { verdict: "oneOrder", revisions: [], tops, notes: [], leftOut: [] } };
      if (attempt.kind === "same") {
        const leftOut = [...unfilled, ...attempt.leftOut];
        return { result: { verdict: "same", revisions: [], tops, notes: attempt.notes, leftOut } };
      }
      const [one, other, ...more] = sides;
      const culprits = one && other && more.length === 0 ? await findCulprits(trial, [one, other]) : undefined;
      const found = culprits ?? { revisions: tops, conflict: attempt.conflict };
      return { result: { verdict: "conflict", tops, notes: [], leftOut: unfilled, ...found } };
    }),
  );
  return { ...result, notes: [...notes, ...result.notes] };
}

const pairUp = (tops: readonly string[]): readonly (readonly string[])[] =>
  tops.flatMap((top, index) => tops.slice(index + 1).map((other) => [top, other]));

/**
 * Proves that branches may run in either order: from where they part, with rows in the tables, both orders are run on scratch databases and must
 * give the same schema and the same rows. Of more than two, each two are tried, and then all of them forth and back.
 *
 * @throws HistoryError when a revision fails whatever the order, so that nothing can be proven
 */
export async function proveOrders(request: OrderRequest): Promise<OrderProof> {
  const { tops } = request;
  const proofs: OrderProof[] = [];
  for (const some of [...pairUp(tops), ...(tops.length > 2 ? [tops] : [])]) {
    const proof = await proveTogether({ ...request, tops: some });
    if (proof.verdict === "conflict") return proof;
    proofs.push(proof);
  }
  return {
    verdict: proofs.some(({ verdict }) => verdict === "same") ? "same" : "oneOrder",
    revisions: [],
    tops,
    notes: [...new Set(proofs.flatMap(({ notes }) => notes))],
    leftOut: [...new Set(proofs.flatMap(({ leftOut }) => leftOut))],
  };
}
