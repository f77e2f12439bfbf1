import { graphErrors } from "../kernel/errors/graph-errors.ts";
import { collectAncestors, collectDescendants, collectLineage, keepTops } from "./lineage.ts";
import { readTarget, resolveBranch, resolveRows, resolveSymbol } from "./resolve-target.ts";
import type { GraphCore, GraphNode } from "./revision-node.ts";
import type { StampPlan, StampStep } from "./revision-plan.ts";
import { checkTargetsApart } from "./upgrade-path.ts";
import { listRows, mergeRows } from "./version-rows.ts";

/** Options of a stamp. */
export interface StampOptions {
  /** Empty the version table first, unknown rows included. Default false. */
  readonly purge?: boolean;
}

/** What one target of a stamp asks for: revisions to put there, or rows to take away. */
interface Request {
  readonly destinations: readonly GraphNode[];
  readonly removed: readonly GraphNode[];
}

function readRequest(core: GraphCore, text: string, rows: readonly GraphNode[]): Request {
  const target = readTarget(core, text);
  if (target.offset !== undefined || target.symbol === "current") throw graphErrors.relativeStamp({ target: text });
  const destinations = keepTops(resolveSymbol(core, target, rows));
  if (target.symbol !== "base") return { destinations, removed: [] };
  const lineage = target.branch === undefined ? undefined : collectLineage(resolveBranch(core, target.branch), "all");
  return { destinations, removed: lineage ? rows.filter((row) => lineage.has(row)) : rows };
}

/** A row that another destination wants to keep must not be merged away. */
function findReplacedRows(destinations: readonly GraphNode[], rows: readonly GraphNode[]): readonly GraphNode[] {
  const lineage = collectAncestors(destinations, "all").union(collectDescendants(destinations, "all"));
  return rows.filter((row) => lineage.has(row) && !destinations.includes(row));
}

/** Rows that destinations replace, with all that lies below and above them. */
interface Replaced {
  readonly nodes: readonly GraphNode[];
  readonly below: ReadonlySet<GraphNode>;
  readonly above: ReadonlySet<GraphNode>;
}

function stampDestination(destination: GraphNode, replaced: Replaced, rows: Set<GraphNode>): StampStep {
  const isDown = replaced.below.has(destination);
  const from = isDown || replaced.above.has(destination) ? replaced.nodes : [];
  return {
    direction: isDown ? "down" : "up",
    revision: null,
    from: from.map(({ id }) => id),
    to: [destination.id],
    // An earlier destination may have taken the rows over already.
    versionRows: mergeRows(
      rows,
      from.filter((row) => rows.has(row)),
      destination,
    ),
  };
}

function removeRow(revision: string): StampStep {
  return { direction: "down", revision: null, from: [revision], to: [], versionRows: [["delete", revision]] };
}

/**
 * Plans to say where a database stands without running anything: rows on the line of a destination become it, other
 * rows stay.
 *
 * @param currentHeads the rows of the version table
 * @param targets one target or several, none of them relative
 * @throws GraphError when a row or target is unknown, ambiguous, relative, or a target overlaps with another
 */
export function planStamp(
  core: GraphCore,
  currentHeads: readonly string[],
  targets: string | readonly string[],
  options: StampOptions = {},
): StampPlan {
  const purged = options.purge ? [...new Set(currentHeads)] : [];
  const current = options.purge ? [] : resolveRows(core, currentHeads);
  const texts = typeof targets === "string" ? [targets] : targets;
  const requests = texts.map((text) => readRequest(core, text, current));
  const destinations = [...new Set(requests.flatMap((request) => request.destinations))];
  checkTargetsApart(requests.map((request, index) => ({ text: texts[index] ?? "", nodes: request.destinations })));

  const rows = new Set(current);
  const removed = new Set(requests.flatMap((request) => request.removed)).difference(new Set(destinations));
  const nodes = findReplacedRows(destinations, current).filter((row) => !removed.has(row));
  const replaced = { nodes, below: collectAncestors(nodes, "all"), above: collectDescendants(nodes, "all") };
  for (const row of removed) rows.delete(row);
  const steps = [
    ...purged.map(removeRow),
    ...[...removed].map(({ id }) => removeRow(id)),
    ...destinations.filter((node) => !rows.has(node)).map((node) => stampDestination(node, replaced, rows)),
    // Where their destination was there already, nothing has become of them: a table that was changed by hand.
    ...nodes.filter((node) => rows.delete(node)).map(({ id }) => removeRow(id)),
  ];
  return { steps, heads: listRows(rows), versionRows: steps.flatMap((step) => step.versionRows), notices: [] };
}
