import { graphErrors } from "../kernel/errors/graph-errors.ts";
import { keepTops } from "./lineage.ts";
import { resolveRows } from "./resolve-target.ts";
import type { GraphCore } from "./revision-node.ts";
import type { RevisionPlan, StampPlan, VersionRowAction } from "./revision-plan.ts";

/**
 * The rows of a version table by the revision that they mean; only those that say it under another name.
 *
 * @throws GraphError when two rows mean the same revision
 */
function readAliases(core: GraphCore, rows: readonly string[]): Map<string, string> {
  const { aliases } = core;
  const written = new Map<string, string>();
  for (const row of rows) {
    const node = aliases.get(row);
    if (!node) continue;
    const other = written.get(node.id) ?? rows.find((one) => one === node.id);
    if (other !== undefined && other !== row) {
      const tops = keepTops(resolveRows(core, rows)).map(({ id }) => id);
      throw graphErrors.overlappingRows({ upper: node.id, lower: row, tops });
    }
    written.set(node.id, row);
  }
  return written;
}

/**
 * A plan that moves the rows that are really there: a database that stands at the end of what a squashed revision replaces may say so under either name.
 *
 * @throws GraphError when two rows mean the same revision
 */
export function keepRows<Plan extends RevisionPlan | StampPlan>(
  plan: Plan,
  core: GraphCore,
  rows: readonly string[],
): Plan {
  if (core.aliases.size === 0) return plan;
  const written = readAliases(core, rows);
  if (written.size === 0) return plan;
  const take = (revision: string): string => {
    const row = written.get(revision) ?? revision;
    // Whatever is put there from now on is put there under its own name.
    written.delete(revision);
    return row;
  };
  const rewrite = (action: VersionRowAction): VersionRowAction => {
    if (action[0] === "insert") return action;
    return action[0] === "delete" ? ["delete", take(action[1])] : ["update", take(action[1]), action[2]];
  };
  const steps = plan.steps.map((step) => ({ ...step, versionRows: step.versionRows.map(rewrite) }));
  return {
    ...plan,
    steps,
    versionRows: steps.flatMap(({ versionRows }) => versionRows),
    heads: plan.heads.map((head) => written.get(head) ?? head).toSorted(),
  };
}
