import { collectAncestors } from "./lineage.ts";
import { orderNewestFirst } from "./order-newest-first.ts";
import { checkRowsApart } from "./resolve-target.ts";
import type { GraphNode } from "./revision-node.ts";
import type { RevisionPlan } from "./revision-plan.ts";
import { planSteps } from "./version-rows.ts";

/**
 * Plans to run revisions upwards in the order in which they are given, each as soon as what it needs has run. What is
 * applied already is passed over.
 *
 * @param rows the rows of the version table
 * @throws GraphError when one row is below another one
 */
export function planInOrder(rows: readonly GraphNode[], wanted: readonly GraphNode[]): RevisionPlan {
  checkRowsApart(rows);
  const applied = collectAncestors(rows, "all");
  const order: GraphNode[] = [];
  for (const node of wanted) {
    const missing = collectAncestors([node], "all").difference(applied);
    for (const next of orderNewestFirst(missing, [node]).toReversed()) {
      applied.add(next);
      order.push(next);
    }
  }
  return planSteps("up", order, rows);
}
