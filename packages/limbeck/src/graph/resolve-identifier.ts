import { collectLineage } from "./lineage.ts";
import type { ParsedTarget } from "./parse-target.ts";
import { failSeveral, readTarget, resolveBranch, resolveSingle, resolveSymbol } from "./resolve-target.ts";
import type { GraphCore, GraphNode } from "./revision-node.ts";
import { walkExactly, type Place } from "./walk.ts";

/** A bare `+N` counts up from base; a bare `-N` down from each head, or from the heads of its branch. */
function listStarts(core: GraphCore, target: ParsedTarget, rows: readonly GraphNode[] | undefined): readonly Place[] {
  if (target.symbol !== undefined) return [resolveSingle(core, target, rows) ?? "base"];
  return (target.offset ?? 0) > 0 ? ["base"] : resolveSymbol(core, { ...target, symbol: "heads" }, rows);
}

/**
 * Finds the revisions that an identifier names on its own, without a command that gives it a direction.
 *
 * @param rows what `current` stands for; undefined where no database is known
 * @throws GraphError when it is unknown, ambiguous or malformed, or walks out of the graph
 */
export function resolveIdentifier(core: GraphCore, text: string, rows?: readonly GraphNode[]): readonly GraphNode[] {
  const target = readTarget(core, text);
  const { offset: steps, branch } = target;
  if (steps === undefined) return resolveSymbol(core, target, rows);
  const within = branch === undefined ? undefined : collectLineage(resolveBranch(core, branch), "versioned");
  const places = listStarts(core, target, rows).map((start) => walkExactly(core, start, { text, steps, within }));
  return [...new Set(places.filter((place) => place !== "base"))];
}

/**
 * Finds the one revision that an identifier names on its own.
 *
 * @returns undefined for `base`
 * @throws GraphError as {@link resolveIdentifier}, and when it names several
 */
export function resolveOne(core: GraphCore, text: string, rows?: readonly GraphNode[]): GraphNode | undefined {
  const target = readTarget(core, text);
  if (target.offset === undefined) return resolveSingle(core, target, rows);
  const nodes = resolveIdentifier(core, text, rows);
  if (nodes.length > 1) failSeveral({ ...target, branch: undefined, offset: undefined }, nodes, false);
  return nodes[0];
}
