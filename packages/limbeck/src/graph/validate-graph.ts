import { graphErrors } from "../kernel/errors/graph-errors.ts";
import type { GraphNode } from "./revision-node.ts";
import { TARGET_SYMBOLS } from "./target-symbols.ts";

const listIllegal = (name: string, illegal: RegExp): readonly string[] => [...new Set(name.match(illegal) ?? [])];

/** @throws GraphError when the id is empty, reserved or has a character that the target grammar uses */
export function checkRevisionId(revision: string): void {
  if (revision === "" || /[@\-+:\s]/u.test(revision)) {
    throw graphErrors.illegalRevisionId({ revision, characters: listIllegal(revision, /[@\-+:\s]/gu) });
  }
  if (TARGET_SYMBOLS.includes(revision)) throw graphErrors.reservedName({ name: revision, revision });
}

/**
 * A label may have a hyphen, unlike an id: Alembic has always taken `my-branch`.
 *
 * @throws GraphError when the label is empty, reserved or has a character that the target grammar uses
 */
export function checkLabel(label: string, revision: string): void {
  const characters = listIllegal(label, /[@+:\s]/gu);
  if (label === "" || characters.length > 0) throw graphErrors.illegalLabel({ label, revision, characters });
  if (TARGET_SYMBOLS.includes(label)) throw graphErrors.reservedName({ name: label, revision });
}

type Edges = (node: GraphNode) => readonly GraphNode[];

/** Takes away revisions whose prerequisites are gone, again and again; what stays lies on or above a cycle. */
function findUnreachable(nodes: readonly GraphNode[], down: Edges, up: Edges): readonly GraphNode[] {
  const open = Int32Array.from(nodes, (node) => down(node).length);
  const ready = nodes.filter((node) => down(node).length === 0);
  for (let node = ready.pop(); node; node = ready.pop()) {
    for (const next of up(node)) {
      const rest = (open[next.index] ?? 0) - 1;
      open[next.index] = rest;
      if (rest === 0) ready.push(next);
    }
  }
  return nodes.filter((node) => (open[node.index] ?? 0) > 0);
}

/** Walks down among nodes that all have a prerequisite among them until one comes back: that is the cycle. */
function findCycle(among: ReadonlySet<GraphNode>, down: Edges): readonly string[] {
  const path: GraphNode[] = [];
  const seen = new Set<GraphNode>();
  let [node] = among;
  while (node && !seen.has(node)) {
    seen.add(node);
    path.push(node);
    node = down(node).find((next) => among.has(next));
  }
  return path.slice(node ? path.indexOf(node) : 0).map(({ id }) => id);
}

/** @throws GraphError when revisions build, or build and depend, on one another in a circle */
export function checkAcyclic(nodes: readonly GraphNode[]): void {
  const all = findUnreachable(
    nodes,
    (node) => node.allDown,
    (node) => node.followers,
  );
  if (all.length === 0) return;
  // Only now, because a sound graph is the common case: is it the parents alone, or do dependencies close the circle?
  const versioned = findUnreachable(
    nodes,
    (node) => node.parents,
    (node) => node.children,
  );
  if (versioned.length > 0)
    throw graphErrors.cycle({ revisions: findCycle(new Set(versioned), (node) => node.parents) });
  throw graphErrors.dependencyCycle({ revisions: findCycle(new Set(all), (node) => node.allDown) });
}
